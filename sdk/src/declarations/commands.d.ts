// -- commands ---------------------------------------------------------------------------------------------------------

interface PrefixContext extends EventContext<Message> {
  /** The words after the command's name; what is in quotation marks is one. */
  args: string[];
  /** All that stands after the command's name. */
  rest: string;
  prefix: string;
  commandName: string;
}

type Cooldown = number | { seconds: number; per?: "user" | "channel" | "guild" };

interface PrefixCommand {
  name: string;
  description?: string;
  aliases?: string[];
  /** What help shows after the name: `"<member> [reason]"`. */
  usage?: string;
  /** Seconds for each member. */
  cooldown?: Cooldown;
  /** Not in the list that help shows. */
  hidden?: boolean;
  run(ctx: PrefixContext): unknown;
}

interface SlashContext<Options = Record<string, any>> extends InteractionContext {
  /** What the member filled in. Users, roles, channels and attachments are ids: `getUser` and its kin have them whole. */
  options: Options;
  subcommand?: string;
  subcommandGroup?: string;
  getUser(option: string): User | null;
  getMember(option: string): Omit<Member, "user"> | null;
  getRole(option: string): Role | null;
  getChannel(option: string): Channel | null;
  getAttachment(option: string): Attachment | null;
}

interface AutocompleteContext extends SlashContext {
  /** The option that is being typed, and what it says so far. */
  focused: { name: string; value: any; type: number };
  value: any;
}

type SlashChoice = string | number | { name: string; value: string | number; nameLocalizations?: Localizations };
type ChannelTypeName =
  | "text" | "voice" | "category" | "announcement" | "announcement_thread" | "thread" | "private_thread" | "stage" | "forum" | "media";

interface SlashOption {
  name: string;
  /** The option's name, unless given. */
  description?: string;
  /** A text unless told. */
  type?: OptionTypeName | OptionType;
  required?: boolean;
  choices?: readonly SlashChoice[] | Readonly<Record<string, string | number>>;
  autocomplete?: boolean | ((ctx: AutocompleteContext) => Iterable<any> | Promise<Iterable<any>>);
  /** Of numbers the least and the most, of texts their lengths. */
  min?: number;
  max?: number;
  minValue?: number;
  maxValue?: number;
  minLength?: number;
  maxLength?: number;
  channelTypes?: readonly (ChannelTypeName | ChannelType)[];
  nameLocalizations?: Localizations;
  descriptionLocalizations?: Localizations;
  options?: readonly SlashOption[];
  /** Of an option that is a subcommand. */
  run?(ctx: SlashContext): unknown;
}

type OptionValue<Type> = Type extends "integer" | "number" | 4 | 10 ? number : Type extends "boolean" | 5 ? boolean : string;
type ValueOf<Option> = Option extends { type: infer Type } ? OptionValue<Type> : string;
type SlashOptionValues<Options extends readonly SlashOption[]> = {
  [Option in Options[number] as Option["name"]]: Option extends { required: true } ? ValueOf<Option> : ValueOf<Option> | undefined;
};

/** Options of any kind: the values are of any kind. */
type SlashValues<Options extends readonly SlashOption[]> = readonly SlashOption[] extends Options
  ? Record<string, any>
  : SlashOptionValues<Options>;

interface SlashSubcommand<Options extends readonly SlashOption[] = readonly SlashOption[]> {
  name: string;
  description: string;
  options?: Options;
  nameLocalizations?: Localizations;
  descriptionLocalizations?: Localizations;
  run(ctx: SlashContext<SlashValues<Options>>): unknown;
}

interface SlashGroup {
  name: string;
  description: string;
  subcommands: readonly SlashSubcommand<any>[];
  nameLocalizations?: Localizations;
  descriptionLocalizations?: Localizations;
}

/** When an answer is deferred for a handler: in time, in time and for the member alone, after milliseconds, or never. */
type AutoDefer = boolean | "ephemeral" | number;

interface SlashCommand<Options extends readonly SlashOption[] = readonly SlashOption[]> {
  name: string;
  description: string;
  options?: Options;
  subcommands?: readonly (SlashSubcommand<any> | SlashGroup)[];
  nameLocalizations?: Localizations;
  descriptionLocalizations?: Localizations;
  /** Who sees it at first; the guild's admins may change that. */
  defaultMemberPermissions?: PermissionResolvable | null;
  nsfw?: boolean;
  cooldown?: Cooldown;
  autoDefer?: AutoDefer;
  run?(ctx: SlashContext<SlashValues<Options>>): unknown;
}

interface MenuCommand<Context> {
  name: string;
  nameLocalizations?: Localizations;
  defaultMemberPermissions?: PermissionResolvable | null;
  nsfw?: boolean;
  cooldown?: Cooldown;
  autoDefer?: AutoDefer;
  run(ctx: Context): unknown;
}

interface UserMenuContext extends InteractionContext {
  targetId: Snowflake;
  target: User;
  targetMember?: Omit<Member, "user">;
}

interface MessageMenuContext extends InteractionContext {
  targetId: Snowflake;
  target: Message;
}

declare function prefix<Command extends PrefixCommand>(command: Command): Command;
declare function slash<const Options extends readonly SlashOption[]>(command: SlashCommand<Options>): SlashCommand<Options>;
/** A subcommand that is written apart from its command. */
declare function subcommand<const Options extends readonly SlashOption[]>(command: SlashSubcommand<Options>): SlashSubcommand<Options>;
/** An entry in the menu of a member. */
declare function userCommand(command: MenuCommand<UserMenuContext>): MenuCommand<UserMenuContext>;
/** An entry in the menu of a message. */
declare function messageCommand(command: MenuCommand<MessageMenuContext>): MenuCommand<MessageMenuContext>;

interface BotOptions {
  /** `"!"` unless given. */
  prefix?: string | readonly string[];
  commands?: readonly PrefixCommand[];
  prefixCommands?: readonly PrefixCommand[];
  slashCommands?: readonly (SlashCommand<any> | MenuCommand<any>)[];
  contextMenus?: readonly (MenuCommand<UserMenuContext> | MenuCommand<MessageMenuContext>)[];
  /** A command that lists the others: true, or its name. */
  help?: boolean | string;
  onCooldown?(ctx: PrefixContext, seconds: number): unknown;
  autoDefer?: AutoDefer;
  /** Handlers by their patterns of custom ids. */
  components?: Record<string, (ctx: ComponentContext) => unknown>;
  buttons?: Record<string, (ctx: ComponentContext) => unknown>;
  selects?: Record<string, (ctx: ComponentContext) => unknown>;
  modals?: Record<string, (ctx: ComponentContext) => unknown>;
}

/** Registers everything, once. A script that defines commands and never calls it has all of them registered. */
declare function createBot(options: BotOptions): void;
declare function registerSlashCommands(commands: readonly SlashCommand<any>[]): Promise<void>;

declare function hasRole(ctx: EventContext, roleId: Snowflake): boolean;
declare function getSubcommand(ctx: EventContext): string | undefined;
declare function getSubcommandGroup(ctx: EventContext): string | undefined;
declare function flattenInteractionOptions(options?: readonly any[]): Record<string, any>;
declare function handleSubcommand(ctx: any, handlers: Record<string, (ctx: any) => unknown> | readonly any[]): Promise<boolean>;

/** Everything of flora's by one name, as the original has it: `flora.embed()`. */
declare const flora: typeof globalThis;
