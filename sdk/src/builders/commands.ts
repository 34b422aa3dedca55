// From commands as authors define them to those that Discord registers.

import type { Choice, CommandDefinition, WireChoice, WireCommand, WireOption } from "./command-types";
import { ChannelType, CommandType, OptionType } from "./constants";
import { permissionBits, type PermissionResolvable } from "./permissions";
import { shown } from "./problems";
import { type Buildable, built, present } from "./wire";

export type Given = Record<string, unknown>;

const COMMAND_TYPES: Readonly<Record<string, number>> = {
  chat: CommandType.ChatInput,
  chat_input: CommandType.ChatInput,
  slash: CommandType.ChatInput,
  user: CommandType.User,
  message: CommandType.Message,
};

export const OPTION_TYPES: Readonly<Record<string, number>> = {
  string: OptionType.String,
  integer: OptionType.Integer,
  number: OptionType.Number,
  boolean: OptionType.Boolean,
  user: OptionType.User,
  channel: OptionType.Channel,
  role: OptionType.Role,
  mentionable: OptionType.Mentionable,
  attachment: OptionType.Attachment,
  subcommand: OptionType.Subcommand,
  sub_command: OptionType.Subcommand,
  subcommand_group: OptionType.SubcommandGroup,
  sub_command_group: OptionType.SubcommandGroup,
};

const CHANNEL_TYPES: Readonly<Record<string, number>> = {
  text: ChannelType.GuildText,
  voice: ChannelType.GuildVoice,
  category: ChannelType.GuildCategory,
  announcement: ChannelType.GuildAnnouncement,
  announcement_thread: ChannelType.AnnouncementThread,
  thread: ChannelType.PublicThread,
  private_thread: ChannelType.PrivateThread,
  stage: ChannelType.GuildStageVoice,
  forum: ChannelType.GuildForum,
  media: ChannelType.GuildMedia,
};

/** The commands in Discord's words: `subcommands` have become options. What is flat already stays as it is. */
export function flattenCommands(commands: readonly CommandDefinition[]): WireCommand[] {
  return commands.map(flattenCommand);
}

export function flattenCommand(command: CommandDefinition): WireCommand {
  const given = command as unknown as Given;
  const type = commandType(command.type);
  const options = innerOf(given).map(flattenOption);
  return present<WireCommand>({
    type,
    name: command.name,
    description: command.description ?? "",
    options: type === CommandType.ChatInput && options.length > 0 ? options : undefined,
    ...localizations(given),
    default_member_permissions: memberPermissions(given),
    nsfw: command.nsfw,
  } as WireCommand);
}

// -- what is inside a command -------------------------------------------------------------------------------------

/** An option, subcommand or group, and where in the command its author wrote it. */
export interface Inner {
  key: string;
  index: number | string;
  type: number;
  given: Given;
}

/** The lists in which a command, group or subcommand may hold others, in the order in which Discord gets them. */
export const LISTS = ["subcommands", "groups", "options"] as const;

export function innerOf(outer: Given): Inner[] {
  return LISTS.flatMap((key) =>
    entriesOf(outer[key]).map(([index, given]) => {
      const type = given["type"] === undefined && key !== "options" ? nestType(given) : optionType(given["type"]);
      return { key, index, type, given };
    }),
  );
}

export const isNest = (type: number): boolean =>
  type === OptionType.Subcommand || type === OptionType.SubcommandGroup;

const nestType = (given: Given): number =>
  given["subcommands"] === undefined ? OptionType.Subcommand : OptionType.SubcommandGroup;

/** `{ amount: { type: "integer" } }` is a list too. */
function entriesOf(list: unknown): [number | string, Given][] {
  if (list === undefined || list === null) return [];
  if (Array.isArray(list)) return list.map((one: Buildable<Given>, index) => [index, built(one)]);
  return Object.entries(list as Record<string, Given>).map(([name, given]) => [name, { name, ...given }]);
}

function flattenOption({ given, type }: Inner): WireOption {
  const inner = innerOf(given).map(flattenOption);
  const least = type === OptionType.String ? "length" : "value";
  return present({
    type,
    name: given["name"],
    description: given["description"] ?? (isNest(type) ? undefined : given["name"]),
    required: given["required"],
    choices: flattenChoices(given["choices"]),
    autocomplete: given["autocomplete"] === undefined ? undefined : Boolean(given["autocomplete"]),
    min_value: bound(given, "min", "value", least),
    max_value: bound(given, "max", "value", least),
    min_length: bound(given, "min", "length", least),
    max_length: bound(given, "max", "length", least),
    channel_types: channelTypes(either(given, "channelTypes", "channel_types")),
    options: inner.length > 0 ? inner : undefined,
    ...localizations(given),
  }) as unknown as WireOption;
}

/** `minValue`, `min_value`, or `min`, which is of texts a length. */
function bound(given: Given, end: "min" | "max", of: "value" | "length", meant: "value" | "length"): unknown {
  const camel = of === "value" ? `${end}Value` : `${end}Length`;
  return either(given, camel, `${end}_${of}`) ?? (of === meant ? given[end] : undefined);
}

const channelTypes = (types: unknown): unknown =>
  Array.isArray(types) ? types.map((type: unknown) => CHANNEL_TYPES[String(type)] ?? type) : types;

function flattenChoices(choices: unknown): WireChoice[] | undefined {
  if (choices === undefined || choices === null) return undefined;
  if (Array.isArray(choices)) return choices.map(flattenChoice);
  return Object.entries(choices as Record<string, string | number>).map(([name, value]) => ({ name, value }));
}

function flattenChoice(choice: Choice | string | number): WireChoice {
  if (typeof choice !== "object" || choice === null) return { name: String(choice), value: choice };
  const names = localizations(choice as unknown as Given).name_localizations;
  const { name, value = name } = choice;
  return names === undefined ? { name, value } : { name, value, name_localizations: names };
}

// -- what all of them have ----------------------------------------------------------------------------------------

function commandType(type: unknown): number {
  if (type === undefined || type === null) return CommandType.ChatInput;
  return typeof type === "number"
    ? type
    : ((typeof type === "string" ? COMMAND_TYPES[type.toLowerCase()] : undefined) ?? Number.NaN);
}

/** `subcommandGroup` and `sub-command group` are names too. */
function optionType(type: unknown): number {
  if (typeof type === "number") return type;
  if (type === undefined || type === null) return OptionType.String;
  if (typeof type !== "string") return Number.NaN;
  const name = type.toLowerCase().replace(/[-\s]/g, "_").replace(/([a-z])group$/, "$1_group");
  return OPTION_TYPES[name] ?? Number.NaN;
}

/** `default_member_permissions` as the decimal text that Discord takes; what is no permission stays to be told. */
function memberPermissions(given: Given): string | null | undefined {
  const wanted = either(given, "defaultMemberPermissions", "default_member_permissions") ?? given["permissions"];
  if (wanted === undefined || wanted === null) return wanted;
  try {
    return permissionBits(wanted as PermissionResolvable).toString();
  } catch {
    return shown(wanted).replace(/^"|"$/g, "");
  }
}

function either(given: Given, camel: string, snake: string): unknown {
  return given[camel] ?? given[snake];
}

function localizations(given: Given): Partial<WireCommand> {
  return present({
    name_localizations: either(given, "nameLocalizations", "name_localizations"),
    description_localizations: either(given, "descriptionLocalizations", "description_localizations"),
  }) as Partial<WireCommand>;
}
