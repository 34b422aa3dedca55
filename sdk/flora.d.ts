// Types of flora: everything that a guild's script finds as globals, without imports.
// Made by `python -m sdk.build` from sdk/src.

// -- builders: made from sdk/src/builders ------------------------------------------------------------------------

declare const COMMAND_LIMITS: {
  readonly chatCommands: 100;
  readonly userCommands: 15;
  readonly messageCommands: 15;
  readonly name: 32;
  readonly description: 100;
  readonly options: 25;
  readonly choices: 25;
  readonly choiceName: 100;
  /** What Discord's pages say; its table of operations says 6,000, and the smaller of the two is taken everywhere. */
  readonly choiceValue: 100;
  readonly textLength: 6000;
  readonly characters: 8000;
};
/** Everything that Discord would refuse about these commands; empty when it would take them. */
declare function commandProblems(commands: readonly CommandDefinition[], root?: string): Problem[];
/** The commands in Discord's words. Throws DefinitionError with everything that is wrong. */
declare function checkedCommands(commands: readonly CommandDefinition[], root?: string): WireCommand[];
declare const COMPONENT_LIMITS: {
  readonly inMessage: 40;
  readonly rows: 5;
  readonly inRow: 5;
  readonly customId: 100;
  readonly buttonLabel: 80;
  readonly url: 512;
  readonly placeholder: 150;
  readonly options: 25;
  readonly optionText: 100;
  readonly sectionTexts: 3;
  readonly galleryItems: 10;
  readonly text: 4000;
  readonly mediaDescription: 1024;
  readonly modalTitle: 45;
  readonly label: 45;
  readonly inputText: 4000;
  readonly inputPlaceholder: 100;
};
type Localizations = Partial<Record<Locale, string>>;
type CommandTypeName = "chat" | "user" | "message";
type OptionTypeName = "string" | "integer" | "number" | "boolean" | "user" | "channel" | "role" | "mentionable" | "attachment" | "subcommand" | "subcommand_group";
interface Choice<Value extends string | number = string | number> {
  name: string;
  value: Value;
  nameLocalizations?: Localizations;
}
interface CommandOption {
  name: string;
  /** Of what is no subcommand the name, unless told. */
  description?: string;
  /** A text unless told. */
  type?: OptionTypeName | OptionType;
  required?: boolean;
  /** A value alone is its own name. */
  choices?: readonly (Choice | string | number)[] | Readonly<Record<string, string | number>>;
  /** Whether, or by which function, the script proposes values while somebody types. */
  autocomplete?: unknown;
  /** Of numbers the least and the most, of texts their lengths. */
  min?: number;
  max?: number;
  minValue?: number;
  maxValue?: number;
  minLength?: number;
  maxLength?: number;
  channelTypes?: readonly (ChannelType | string)[];
  options?: CommandOptions;
  nameLocalizations?: Localizations;
  descriptionLocalizations?: Localizations;
}
/** A list, or a record of them by their names. */
type CommandOptions = readonly CommandOption[] | Readonly<Record<string, Omit<CommandOption, "name">>>;
interface SubcommandDefinition {
  name: string;
  description: string;
  options?: CommandOptions;
  nameLocalizations?: Localizations;
  descriptionLocalizations?: Localizations;
  run?: unknown;
}
interface SubcommandGroupDefinition {
  name: string;
  description: string;
  subcommands: readonly SubcommandDefinition[];
  nameLocalizations?: Localizations;
  descriptionLocalizations?: Localizations;
}
interface CommandDefinition {
  name: string;
  /** Commands of a menu have none. */
  description?: string;
  type?: CommandTypeName | CommandType;
  options?: CommandOptions;
  subcommands?: readonly (SubcommandDefinition | SubcommandGroupDefinition)[];
  nameLocalizations?: Localizations;
  descriptionLocalizations?: Localizations;
  /** Who sees it at first; admins of the guild may change that. */
  defaultMemberPermissions?: PermissionResolvable | null;
  nsfw?: boolean;
  run?: unknown;
}
interface WireChoice {
  name: string;
  value: string | number;
  name_localizations?: Record<string, string>;
}
interface WireOption {
  type: number;
  name: string;
  description: string;
  required?: boolean;
  choices?: WireChoice[];
  autocomplete?: boolean;
  min_value?: number;
  max_value?: number;
  min_length?: number;
  max_length?: number;
  channel_types?: number[];
  options?: WireOption[];
  name_localizations?: Record<string, string>;
  description_localizations?: Record<string, string>;
}
/** What `flattenCommands` gives, and what is registered. */
interface WireCommand {
  type: number;
  name: string;
  description: string;
  options?: WireOption[];
  name_localizations?: Record<string, string>;
  description_localizations?: Record<string, string>;
  default_member_permissions?: string | null;
  nsfw?: boolean;
}
type FlattenedSlashCommand = WireCommand;
type Given = Record<string, unknown>;
/** The commands in Discord's words: `subcommands` have become options. What is flat already stays as it is. */
declare function flattenCommands(commands: readonly CommandDefinition[]): WireCommand[];
/** An option, subcommand or group, and where in the command its author wrote it. */
interface Inner {
  key: string;
  index: number | string;
  type: number;
  given: Given;
}
interface FloraComponentTypesNumbered {
  /** Discord numbers the components of a message, unless told. */
  id?: number;
}
interface Emoji {
  id?: Snowflake;
  name?: string;
  animated?: boolean;
}
interface Button extends FloraComponentTypesNumbered {
  type: 2;
  style: ButtonStyle;
  custom_id?: string;
  label?: string;
  emoji?: Emoji;
  url?: string;
  sku_id?: Snowflake;
  disabled?: boolean;
}
interface SelectOption {
  label: string;
  value: string;
  description?: string;
  emoji?: Emoji | string;
  default?: boolean;
}
interface SelectDefault {
  id: Snowflake;
  type: "user" | "role" | "channel";
}
interface FloraComponentTypesSelectBase extends FloraComponentTypesNumbered {
  custom_id: string;
  placeholder?: string;
  min_values?: number;
  max_values?: number;
  required?: boolean;
  disabled?: boolean;
}
interface StringSelect extends FloraComponentTypesSelectBase {
  type: 3;
  options: SelectOption[];
}
interface UserSelect extends FloraComponentTypesSelectBase {
  type: 5;
  default_values?: SelectDefault[];
}
interface RoleSelect extends FloraComponentTypesSelectBase {
  type: 6;
  default_values?: SelectDefault[];
}
interface MentionableSelect extends FloraComponentTypesSelectBase {
  type: 7;
  default_values?: SelectDefault[];
}
interface ChannelSelect extends FloraComponentTypesSelectBase {
  type: 8;
  channel_types?: ChannelType[];
  default_values?: SelectDefault[];
}
type Select = StringSelect | UserSelect | RoleSelect | MentionableSelect | ChannelSelect;
interface InputText extends FloraComponentTypesNumbered {
  type: 4;
  custom_id: string;
  style: InputTextStyle;
  label?: string;
  min_length?: number;
  max_length?: number;
  required?: boolean;
  value?: string;
  placeholder?: string;
}
interface ActionRow extends FloraComponentTypesNumbered {
  type: 1;
  components: (Button | Select | InputText)[];
}
interface TextDisplay extends FloraComponentTypesNumbered {
  type: 10;
  content: string;
}
interface Media {
  url: string;
}
interface Thumbnail extends FloraComponentTypesNumbered {
  type: 11;
  media: Media;
  description?: string;
  spoiler?: boolean;
}
interface Section extends FloraComponentTypesNumbered {
  type: 9;
  components: TextDisplay[];
  accessory: Button | Thumbnail;
}
interface GalleryItem {
  media: Media;
  description?: string;
  spoiler?: boolean;
}
interface MediaGallery extends FloraComponentTypesNumbered {
  type: 12;
  items: GalleryItem[];
}
interface FileDisplay extends FloraComponentTypesNumbered {
  type: 13;
  file: Media;
  spoiler?: boolean;
}
interface Separator extends FloraComponentTypesNumbered {
  type: 14;
  divider?: boolean;
  spacing?: SeparatorSpacing;
}
type ContainerPart = ActionRow | TextDisplay | Section | MediaGallery | Separator | FileDisplay;
interface Container extends FloraComponentTypesNumbered {
  type: 17;
  components: ContainerPart[];
  accent_color?: number | null;
  spoiler?: boolean;
}
type MessageComponent = ContainerPart | Container;
interface FileUpload extends FloraComponentTypesNumbered {
  type: 19;
  custom_id: string;
  min_values?: number;
  max_values?: number;
  required?: boolean;
}
interface GroupOption {
  label: string;
  value: string;
  description?: string;
  default?: boolean;
}
interface RadioGroup extends FloraComponentTypesNumbered {
  type: 21;
  custom_id: string;
  options: GroupOption[];
  required?: boolean;
}
interface CheckboxGroup extends FloraComponentTypesNumbered {
  type: 22;
  custom_id: string;
  options: GroupOption[];
  min_values?: number;
  max_values?: number;
  required?: boolean;
}
interface Checkbox extends FloraComponentTypesNumbered {
  type: 23;
  custom_id: string;
  default?: boolean;
}
type LabelContent = Select | InputText | FileUpload | RadioGroup | CheckboxGroup | Checkbox;
interface Label extends FloraComponentTypesNumbered {
  type: 18;
  label: string;
  description?: string;
  component: LabelContent;
}
type ModalComponent = Label | TextDisplay | ActionRow;
interface Modal {
  custom_id: string;
  title: string;
  components: ModalComponent[];
}
type AnyComponent = MessageComponent | ModalComponent | LabelContent | Button | Thumbnail;
type FloraComponentsMany<Item> = (Item | Item[])[];
/** What every builder of a component has in common. */
declare abstract class ComponentBuilder<Data extends {
  type: number;
  id?: number;
}> implements Builder<Data> {
  protected readonly data: Partial<Data> & {
    type: number;
  };
  constructor(type: number, initial?: object);
  /** A number of one's own for this component, unique in its message. */
  setId(id: number): this;
  protected with(changes: Partial<Data>): this;
  toJSON(): Data;
}
declare class ButtonBuilder extends ComponentBuilder<Button> {
  constructor(initial?: Partial<Button>);
  setStyle(style: ButtonStyle): this;
  setCustomId(customId: string): this;
  /** A link: it opens the address and tells the script nothing. */
  setUrl(url: string): this;
  setSkuId(skuId: Snowflake): this;
  setLabel(label: string): this;
  setEmoji(emoji: Emoji | string): this;
  setDisabled(disabled?: boolean): this;
}
/** `"🎉"`, `"<:name:123>"`, `"name:123"` or the object. */
declare function emojiOf(emoji: Emoji | string): Emoji;
type FloraComponentsDefaultKind = SelectDefault["type"];
/** What the selects have in common; the defaults are those of the kind. */
declare class SelectBuilder<Data extends Select = Select> extends ComponentBuilder<Data> {
  #private;
  constructor(type: Data["type"], customId: string | undefined, kind?: FloraComponentsDefaultKind);
  private change;
  setCustomId(customId: string): this;
  setPlaceholder(placeholder: string): this;
  setMinValues(count: number): this;
  setMaxValues(count: number): this;
  /** In a modal: whether something must be chosen. */
  setRequired(required?: boolean): this;
  setDisabled(disabled?: boolean): this;
  /** Which kinds of channel a channel select offers. */
  setChannelTypes(...types: FloraComponentsMany<ChannelType>): this;
  setDefaultValues(...values: FloraComponentsMany<SelectDefault | Snowflake>): this;
  setDefaultUsers(...ids: FloraComponentsMany<Snowflake>): this;
  setDefaultRoles(...ids: FloraComponentsMany<Snowflake>): this;
  setDefaultChannels(...ids: FloraComponentsMany<Snowflake>): this;
  addDefaultUser(id: Snowflake): this;
  addDefaultRole(id: Snowflake): this;
  addDefaultChannel(id: Snowflake): this;
  addDefaultValue(value: SelectDefault | Snowflake, type?: FloraComponentsDefaultKind): this;
  private setDefaultsOf;
  private defaults;
  private defaultOf;
}
declare class StringSelectBuilder extends SelectBuilder<StringSelect> {
  constructor(customId?: string);
  setOptions(...options: FloraComponentsMany<SelectOption | string>): this;
  addOptions(...options: FloraComponentsMany<SelectOption | string>): this;
}
type FloraComponentsRowPart = Buildable<Button | Select | InputText>;
declare class ActionRowBuilder extends ComponentBuilder<ActionRow> {
  constructor(components?: FloraComponentsMany<FloraComponentsRowPart>);
  addComponents(...components: FloraComponentsMany<FloraComponentsRowPart>): this;
  setComponents(...components: FloraComponentsMany<FloraComponentsRowPart>): this;
}
declare class TextDisplayBuilder extends ComponentBuilder<TextDisplay> {
  constructor(content?: string);
  setContent(content: string): this;
}
declare class ThumbnailBuilder extends ComponentBuilder<Thumbnail> {
  constructor(url?: string);
  setUrl(url: string): this;
  setDescription(description: string): this;
  setSpoiler(spoiler?: boolean): this;
}
type FloraComponentsSectionText = Buildable<TextDisplay> | string;
declare class SectionBuilder extends ComponentBuilder<Section> {
  constructor(texts?: FloraComponentsMany<FloraComponentsSectionText>);
  addComponents(...components: FloraComponentsMany<FloraComponentsSectionText>): this;
  setComponents(...components: FloraComponentsMany<FloraComponentsSectionText>): this;
  /** What stands at its right: a button or a thumbnail. */
  setAccessory(accessory: Buildable<Button | Thumbnail>): this;
}
type FloraComponentsItemOptions = {
  description?: string;
  spoiler?: boolean;
};
type FloraComponentsGivenItem = GalleryItem | ({
  url: string;
} & FloraComponentsItemOptions) | string;
declare class MediaGalleryBuilder extends ComponentBuilder<MediaGallery> {
  constructor();
  addItem(url: string, options?: FloraComponentsItemOptions): this;
  setItems(...items: FloraComponentsMany<FloraComponentsGivenItem>): this;
}
declare class FileBuilder extends ComponentBuilder<FileDisplay> {
  constructor(url?: string);
  /** `attachment://name`: a file that the same message sends. */
  setUrl(url: string): this;
  setSpoiler(spoiler?: boolean): this;
}
declare class SeparatorBuilder extends ComponentBuilder<Separator> {
  constructor(divider?: boolean);
  setDivider(divider?: boolean): this;
  setSpacing(spacing: SeparatorSpacing | "small" | "large"): this;
}
type FloraComponentsGivenPart = Buildable<ContainerPart | Button | Select> | string;
declare class ContainerBuilder extends ComponentBuilder<Container> {
  constructor(components?: FloraComponentsMany<FloraComponentsGivenPart>);
  addComponents(...components: FloraComponentsMany<FloraComponentsGivenPart>): this;
  setComponents(...components: FloraComponentsMany<FloraComponentsGivenPart>): this;
  /** The line at its left. */
  setAccentColor(color: number | string | null): this;
  setSpoiler(spoiler?: boolean): this;
}
/**
 * Texts become text displays; buttons and selects that stand in no row get one: a select its own, buttons in a series
 * share them.
 */
declare function inRows(components: readonly unknown[]): {
  type: number;
}[];
declare const actionRow: (...components: FloraComponentsMany<FloraComponentsRowPart>) => ActionRowBuilder;
declare const button: (initial?: Partial<Button>) => ButtonBuilder;
declare const stringSelect: (customId?: string) => StringSelectBuilder;
declare const userSelect: (customId?: string) => SelectBuilder<UserSelect>;
declare const roleSelect: (customId?: string) => SelectBuilder<RoleSelect>;
declare const mentionableSelect: (customId?: string) => SelectBuilder<MentionableSelect>;
declare const channelSelect: (customId?: string) => SelectBuilder<ChannelSelect>;
declare const section: (...texts: FloraComponentsMany<FloraComponentsSectionText>) => SectionBuilder;
declare const textDisplay: (content?: string) => TextDisplayBuilder;
declare const thumbnail: (url?: string) => ThumbnailBuilder;
declare const mediaGallery: () => MediaGalleryBuilder;
declare const file: (url?: string) => FileBuilder;
declare const separator: (divider?: boolean) => SeparatorBuilder;
declare const container: (...components: FloraComponentsMany<FloraComponentsGivenPart>) => ContainerBuilder;
declare const ButtonStyle: {
  readonly Primary: 1;
  readonly Secondary: 2;
  readonly Success: 3;
  readonly Danger: 4;
  readonly Link: 5;
  readonly Premium: 6;
};
type ButtonStyle = (typeof ButtonStyle)[keyof typeof ButtonStyle];
declare const ButtonStyles: {
  readonly Primary: 1;
  readonly Secondary: 2;
  readonly Success: 3;
  readonly Danger: 4;
  readonly Link: 5;
  readonly Premium: 6;
};
declare const InputTextStyle: {
  readonly Short: 1;
  readonly Paragraph: 2;
};
type InputTextStyle = (typeof InputTextStyle)[keyof typeof InputTextStyle];
declare const InputTextStyles: {
  readonly Short: 1;
  readonly Paragraph: 2;
};
declare const TextInputStyle: {
  readonly Short: 1;
  readonly Paragraph: 2;
};
declare const ComponentType: {
  readonly ActionRow: 1;
  readonly Button: 2;
  readonly StringSelect: 3;
  readonly InputText: 4;
  readonly TextInput: 4;
  readonly UserSelect: 5;
  readonly RoleSelect: 6;
  readonly MentionableSelect: 7;
  readonly ChannelSelect: 8;
  readonly Section: 9;
  readonly TextDisplay: 10;
  readonly Thumbnail: 11;
  readonly MediaGallery: 12;
  readonly File: 13;
  readonly Separator: 14;
  readonly Container: 17;
  readonly Label: 18;
  readonly FileUpload: 19;
  readonly RadioGroup: 21;
  readonly CheckboxGroup: 22;
  readonly Checkbox: 23;
};
type ComponentType = (typeof ComponentType)[keyof typeof ComponentType];
declare const SeparatorSpacing: {
  readonly Small: 1;
  readonly Large: 2;
};
type SeparatorSpacing = (typeof SeparatorSpacing)[keyof typeof SeparatorSpacing];
declare const MessageFlags: {
  readonly CROSSPOSTED: number;
  readonly IS_CROSSPOST: number;
  readonly SUPPRESS_EMBEDS: number;
  readonly SOURCE_MESSAGE_DELETED: number;
  readonly URGENT: number;
  readonly HAS_THREAD: number;
  readonly EPHEMERAL: number;
  readonly LOADING: number;
  readonly FAILED_TO_MENTION_SOME_ROLES_IN_THREAD: number;
  readonly SUPPRESS_NOTIFICATIONS: number;
  readonly IS_VOICE_MESSAGE: number;
  readonly HAS_SNAPSHOT: number;
  readonly IS_COMPONENTS_V2: number;
};
type MessageFlags = (typeof MessageFlags)[keyof typeof MessageFlags];
declare const ChannelType: {
  readonly GuildText: 0;
  readonly DM: 1;
  readonly GuildVoice: 2;
  readonly GroupDM: 3;
  readonly GuildCategory: 4;
  readonly GuildAnnouncement: 5;
  readonly AnnouncementThread: 10;
  readonly PublicThread: 11;
  readonly PrivateThread: 12;
  readonly GuildStageVoice: 13;
  readonly GuildDirectory: 14;
  readonly GuildForum: 15;
  readonly GuildMedia: 16;
};
type ChannelType = (typeof ChannelType)[keyof typeof ChannelType];
declare const CommandType: {
  readonly ChatInput: 1;
  readonly User: 2;
  readonly Message: 3;
  readonly PrimaryEntryPoint: 4;
};
type CommandType = (typeof CommandType)[keyof typeof CommandType];
declare const OptionType: {
  readonly Subcommand: 1;
  readonly SubcommandGroup: 2;
  readonly String: 3;
  readonly Integer: 4;
  readonly Boolean: 5;
  readonly User: 6;
  readonly Channel: 7;
  readonly Role: 8;
  readonly Mentionable: 9;
  readonly Number: 10;
  readonly Attachment: 11;
};
type OptionType = (typeof OptionType)[keyof typeof OptionType];
declare const InteractionType: {
  readonly Ping: 1;
  readonly Command: 2;
  readonly Component: 3;
  readonly Autocomplete: 4;
  readonly ModalSubmit: 5;
};
type InteractionType = (typeof InteractionType)[keyof typeof InteractionType];
declare const InteractionResponseType: {
  readonly Pong: 1;
  readonly Message: 4;
  readonly DeferredMessage: 5;
  readonly DeferredUpdate: 6;
  readonly UpdateMessage: 7;
  readonly AutocompleteResult: 8;
  readonly Modal: 9;
  readonly LaunchActivity: 12;
};
type InteractionResponseType = (typeof InteractionResponseType)[keyof typeof InteractionResponseType];
declare const MessageType: {
  readonly Default: 0;
  readonly RecipientAdd: 1;
  readonly RecipientRemove: 2;
  readonly Call: 3;
  readonly ChannelNameChange: 4;
  readonly ChannelIconChange: 5;
  readonly ChannelPinnedMessage: 6;
  readonly UserJoin: 7;
  readonly GuildBoost: 8;
  readonly GuildBoostTier1: 9;
  readonly GuildBoostTier2: 10;
  readonly GuildBoostTier3: 11;
  readonly ChannelFollowAdd: 12;
  readonly ThreadCreated: 18;
  readonly Reply: 19;
  readonly ChatInputCommand: 20;
  readonly ThreadStarterMessage: 21;
  readonly GuildInviteReminder: 22;
  readonly ContextMenuCommand: 23;
  readonly AutoModerationAction: 24;
  readonly RoleSubscriptionPurchase: 25;
  readonly StageStart: 27;
  readonly StageEnd: 28;
  readonly StageSpeaker: 29;
  readonly StageTopic: 31;
  readonly PollResult: 46;
};
type MessageType = (typeof MessageType)[keyof typeof MessageType];
/** What the operator asks Discord for; which events come follows from it. */
declare const Intents: {
  readonly Guilds: number;
  readonly GuildMembers: number;
  readonly GuildModeration: number;
  readonly GuildExpressions: number;
  readonly GuildIntegrations: number;
  readonly GuildWebhooks: number;
  readonly GuildInvites: number;
  readonly GuildVoiceStates: number;
  readonly GuildPresences: number;
  readonly GuildMessages: number;
  readonly GuildMessageReactions: number;
  readonly GuildMessageTyping: number;
  readonly MessageContent: number;
  readonly GuildScheduledEvents: number;
  readonly AutoModerationConfiguration: number;
  readonly AutoModerationExecution: number;
  readonly GuildMessagePolls: number;
};
type Intents = (typeof Intents)[keyof typeof Intents];
declare const TimestampStyle: {
  readonly ShortTime: "t";
  readonly LongTime: "T";
  readonly ShortDate: "d";
  readonly LongDate: "D";
  readonly ShortDateTime: "f";
  readonly LongDateTime: "F";
  readonly Relative: "R";
};
type TimestampStyle = (typeof TimestampStyle)[keyof typeof TimestampStyle];
declare const VerificationLevel: {
  readonly None: 0;
  readonly Low: 1;
  readonly Medium: 2;
  readonly High: 3;
  readonly VeryHigh: 4;
};
type VerificationLevel = (typeof VerificationLevel)[keyof typeof VerificationLevel];
declare const AutoModTrigger: {
  readonly Keyword: 1;
  readonly Spam: 3;
  readonly KeywordPreset: 4;
  readonly MentionSpam: 5;
  readonly MemberProfile: 6;
};
type AutoModTrigger = (typeof AutoModTrigger)[keyof typeof AutoModTrigger];
declare const AutoModAction: {
  readonly BlockMessage: 1;
  readonly SendAlert: 2;
  readonly Timeout: 3;
  readonly BlockMember: 4;
};
type AutoModAction = (typeof AutoModAction)[keyof typeof AutoModAction];
declare const ScheduledEventStatus: {
  readonly Scheduled: 1;
  readonly Active: 2;
  readonly Completed: 3;
  readonly Canceled: 4;
};
type ScheduledEventStatus = (typeof ScheduledEventStatus)[keyof typeof ScheduledEventStatus];
declare const ScheduledEventKind: {
  readonly Stage: 1;
  readonly Voice: 2;
  readonly External: 3;
};
type ScheduledEventKind = (typeof ScheduledEventKind)[keyof typeof ScheduledEventKind];
declare const OverwriteType: {
  readonly Role: 0;
  readonly Member: 1;
};
type OverwriteType = (typeof OverwriteType)[keyof typeof OverwriteType];
declare const AuditLogEvent: {
  readonly GuildUpdate: 1;
  readonly ChannelCreate: 10;
  readonly ChannelUpdate: 11;
  readonly ChannelDelete: 12;
  readonly ChannelOverwriteCreate: 13;
  readonly ChannelOverwriteUpdate: 14;
  readonly ChannelOverwriteDelete: 15;
  readonly MemberKick: 20;
  readonly MemberPrune: 21;
  readonly MemberBanAdd: 22;
  readonly MemberBanRemove: 23;
  readonly MemberUpdate: 24;
  readonly MemberRoleUpdate: 25;
  readonly MemberMove: 26;
  readonly MemberDisconnect: 27;
  readonly BotAdd: 28;
  readonly RoleCreate: 30;
  readonly RoleUpdate: 31;
  readonly RoleDelete: 32;
  readonly InviteCreate: 40;
  readonly InviteUpdate: 41;
  readonly InviteDelete: 42;
  readonly WebhookCreate: 50;
  readonly WebhookUpdate: 51;
  readonly WebhookDelete: 52;
  readonly EmojiCreate: 60;
  readonly EmojiUpdate: 61;
  readonly EmojiDelete: 62;
  readonly MessageDelete: 72;
  readonly MessageBulkDelete: 73;
  readonly MessagePin: 74;
  readonly MessageUnpin: 75;
  readonly IntegrationCreate: 80;
  readonly IntegrationUpdate: 81;
  readonly IntegrationDelete: 82;
  readonly StageInstanceCreate: 83;
  readonly StageInstanceUpdate: 84;
  readonly StageInstanceDelete: 85;
  readonly StickerCreate: 90;
  readonly StickerUpdate: 91;
  readonly StickerDelete: 92;
  readonly GuildScheduledEventCreate: 100;
  readonly GuildScheduledEventUpdate: 101;
  readonly GuildScheduledEventDelete: 102;
  readonly ThreadCreate: 110;
  readonly ThreadUpdate: 111;
  readonly ThreadDelete: 112;
  readonly ApplicationCommandPermissionUpdate: 121;
  readonly SoundboardSoundCreate: 130;
  readonly SoundboardSoundUpdate: 131;
  readonly SoundboardSoundDelete: 132;
  readonly AutoModerationRuleCreate: 140;
  readonly AutoModerationRuleUpdate: 141;
  readonly AutoModerationRuleDelete: 142;
  readonly AutoModerationBlockMessage: 143;
  readonly AutoModerationFlagToChannel: 144;
  readonly AutoModerationUserCommDisabled: 145;
  readonly AutoModerationQuarantineUser: 146;
};
type AuditLogEvent = (typeof AuditLogEvent)[keyof typeof AuditLogEvent];
/** Discord's own palette, and what is easy to read beside it. */
declare const Colors: {
  readonly Default: 0;
  readonly White: 16777215;
  readonly Black: 1;
  readonly Blurple: 5793266;
  readonly Green: 5763719;
  readonly Yellow: 16705372;
  readonly Fuchsia: 15418782;
  readonly Red: 15548997;
  readonly Orange: 15105570;
  readonly Gold: 15844367;
  readonly Aqua: 1752220;
  readonly Blue: 3447003;
  readonly Purple: 10181046;
  readonly Grey: 9807270;
  readonly Greyple: 10070709;
  readonly DarkButNotBlack: 2895667;
};
/** The languages in which Discord may show a command. */
declare const LOCALES: readonly ["ar", "bg", "cs", "da", "de", "el", "en-GB", "en-US", "es-419", "es-ES", "fi", "fr", "he", "hi", "hr", "hu", "id", "it", "ja", "ko", "lt", "nl", "no", "pl", "pt-BR", "ro", "ru", "sv-SE", "th", "tr", "uk", "vi", "zh-CN", "zh-TW"];
type Locale = (typeof LOCALES)[number];
/** As authors write it; Discord's own snake_case is taken too. */
interface EmbedData {
  title?: string;
  description?: string;
  url?: string;
  color?: number;
  timestamp?: string | number | Date;
  footer?: EmbedFooter;
  image?: EmbedMedia;
  thumbnail?: EmbedMedia;
  author?: EmbedAuthor;
  fields?: EmbedField[];
}
interface EmbedField {
  name: string;
  value: string;
  inline?: boolean;
}
interface EmbedFooter {
  text: string;
  iconUrl?: string;
  icon_url?: string;
}
interface EmbedAuthor {
  name: string;
  url?: string;
  iconUrl?: string;
  icon_url?: string;
}
interface EmbedMedia {
  url: string;
  description?: string;
}
/** An embed in Discord's own words, which is what `toJSON` gives. */
interface Embed {
  title?: string;
  description?: string;
  url?: string;
  color?: number;
  timestamp?: string;
  footer?: {
    text: string;
    icon_url?: string;
  };
  image?: EmbedMedia;
  thumbnail?: EmbedMedia;
  author?: {
    name: string;
    url?: string;
    icon_url?: string;
  };
  fields?: EmbedField[];
}
declare class EmbedBuilder {
  #private;
  constructor(initial?: Buildable<EmbedData | Embed>);
  setTitle(title: string): this;
  setDescription(description: string): this;
  setUrl(url: string): this;
  /** `0x5865f2`, `Colors.Green` or `"#5865f2"`. */
  setColor(color: number | string): this;
  /** Now, unless told; a number is milliseconds since 1970. */
  setTimestamp(timestamp?: string | number | Date): this;
  setFooter(text: string, iconUrl?: string): this;
  setImage(url: string): this;
  setThumbnail(url: string): this;
  setAuthor(name?: string, options?: {
    url?: string;
    iconUrl?: string;
  }): this;
  addField(name: string, value: string, inline?: boolean): this;
  addFields(...fields: (EmbedField | EmbedField[])[]): this;
  setFields(...fields: (EmbedField | EmbedField[])[]): this;
  toJSON(): Embed;
}
/** Starts an embed, empty or from one that exists. */
declare function embed(initial?: Buildable<EmbedData | Embed>): EmbedBuilder;
/** A colour as the number that Discord takes. */
declare function colorOf(color: number | string): number;
declare const EMBED_LIMITS: {
  readonly title: 256;
  readonly description: 4096;
  readonly fields: 25;
  readonly fieldName: 256;
  readonly fieldValue: 1024;
  readonly footer: 2048;
  readonly author: 256;
  readonly url: 2048;
  readonly total: 6000;
};
/** What Discord counts towards 6,000, over all embeds of a message. */
declare function embedLength(data: Embed): number;
type FloraFormatIdentified = Snowflake | {
  id: Snowflake;
};
declare function userMention(user: FloraFormatIdentified): string;
declare function roleMention(role: FloraFormatIdentified): string;
declare function channelMention(channel: FloraFormatIdentified): string;
/** `commandMention("tag add", id)`: a command that a click begins to write. */
declare function commandMention(name: string, id: Snowflake): string;
declare function emojiMention(emoji: {
  id?: Snowflake | null;
  name?: string | null;
  animated?: boolean;
}): string;
/** `timestamp(Date.now() + 60_000, "R")`: everybody sees it in their own zone. */
declare function timestamp(when?: Date | number | string, style?: TimestampStyle): string;
declare function relativeTime(when: Date | number | string): string;
declare function messageLink(guildId: Snowflake, channelId: Snowflake, messageId: Snowflake): string;
/** When something was made, which its id tells. */
declare function createdAt(id: FloraFormatIdentified): Date;
declare const bold: (text: string) => string;
declare const italic: (text: string) => string;
declare const underline: (text: string) => string;
declare const strikethrough: (text: string) => string;
declare const spoiler: (text: string) => string;
declare const inlineCode: (text: string) => string;
declare const quote: (text: string) => string;
declare const heading: (text: string, level?: 1 | 2 | 3) => string;
declare const subtext: (text: string) => string;
declare const hyperlink: (text: string, url: string, title?: string) => string;
/** A link without its preview. */
declare const hideLinkEmbed: (url: string) => string;
declare const bulletList: (items: readonly string[]) => string;
declare function codeBlock(text: string, language?: string): string;
/** Text of somebody else's that is to be shown as it was written. */
declare function escapeMarkdown(text: string): string;
/** Text that mentions nobody, whatever `allowedMentions` says. */
declare function escapeMentions(text: string): string;
/** The ids of one kind of mention in a text. */
declare function mentionedIds(text: string, kind?: "user" | "role" | "channel"): Snowflake[];
/** Cut to fit, with a sign that it was. */
declare function truncate(text: string, longest: number, end?: string): string;
/** `1 day 2 hours`: the two largest units. */
declare function formatDuration(milliseconds: number, parts?: number): string;
/** `parseDuration("1d 2h30m")` in milliseconds; undefined for what is none. A bare number is minutes. */
declare function parseDuration(text: string): number | undefined;
interface AllowedMentions {
  parse?: ("users" | "roles" | "everyone")[];
  users?: Snowflake[];
  roles?: Snowflake[];
  repliedUser?: boolean;
}
/** A file to send: its content, or an address that the host fetches; with an `id` alone, one that an edit keeps. */
interface AttachmentData {
  name?: string;
  filename?: string;
  description?: string;
  contentType?: string;
  data?: Uint8Array | ArrayBuffer | string;
  base64?: string;
  url?: string;
  id?: Snowflake;
}
/** What `ctx.reply`, `ctx.edit` and their like take. */
interface MessageOptions {
  content?: string | null;
  embeds?: Buildable<EmbedData | Embed>[];
  components?: Buildable<MessageComponent | Button | Select>[];
  attachments?: AttachmentData[];
  files?: AttachmentData[];
  allowedMentions?: AllowedMentions;
  poll?: Buildable<Poll>;
  stickerIds?: Snowflake[];
  tts?: boolean;
  flags?: number;
  /** Only whoever used the command sees it. */
  ephemeral?: boolean;
  /** `null`: no reference to the message that is answered. */
  replyTo?: Snowflake | null;
}
declare const MESSAGE_LIMITS: {
  readonly content: 2000;
  readonly embeds: 10;
  readonly files: 10;
  readonly stickers: 3;
  readonly pollQuestion: 300;
  readonly pollAnswer: 55;
  readonly pollAnswers: 10;
  readonly pollHours: 768;
};
type FloraMessageBody = Record<string, unknown>;
declare class InputTextBuilder extends ComponentBuilder<InputText> {
  constructor(customId?: string);
  setCustomId(customId: string): this;
  setStyle(style: InputTextStyle): this;
  /** Of a text that stands in a row; in a `label` the label has the words. */
  setLabel(label: string): this;
  setMinLength(length: number): this;
  setMaxLength(length: number): this;
  setRequired(required?: boolean): this;
  /** What is there already. */
  setValue(value: string): this;
  setPlaceholder(placeholder: string): this;
}
declare class FileUploadBuilder extends ComponentBuilder<FileUpload> {
  constructor(customId?: string);
  setCustomId(customId: string): this;
  setMinValues(count: number): this;
  setMaxValues(count: number): this;
  setRequired(required?: boolean): this;
}
type FloraModalGivenOption = GroupOption | string;
/** One of several, all in sight. */
declare class RadioGroupBuilder extends ComponentBuilder<RadioGroup> {
  constructor(customId?: string);
  setCustomId(customId: string): this;
  setOptions(...options: (FloraModalGivenOption | FloraModalGivenOption[])[]): this;
  addOptions(...options: (FloraModalGivenOption | FloraModalGivenOption[])[]): this;
  setRequired(required?: boolean): this;
}
/** Some of several, all in sight. */
declare class CheckboxGroupBuilder extends ComponentBuilder<CheckboxGroup> {
  constructor(customId?: string);
  setCustomId(customId: string): this;
  setOptions(...options: (FloraModalGivenOption | FloraModalGivenOption[])[]): this;
  addOptions(...options: (FloraModalGivenOption | FloraModalGivenOption[])[]): this;
  setMinValues(count: number): this;
  setMaxValues(count: number): this;
  setRequired(required?: boolean): this;
}
declare class CheckboxBuilder extends ComponentBuilder<Checkbox> {
  constructor(customId?: string);
  setCustomId(customId: string): this;
  setDefault(checked?: boolean): this;
}
declare class LabelBuilder extends ComponentBuilder<Label> {
  constructor(label?: string, component?: Buildable<LabelContent>);
  setLabel(label: string): this;
  setDescription(description: string): this;
  setComponent(component: Buildable<LabelContent>): this;
}
type FloraModalGivenPart = Buildable<Label | TextDisplay | ActionRow | InputText> | string;
declare class ModalBuilder implements Builder<Modal> {
  #private;
  constructor(customId?: string, title?: string);
  setCustomId(customId: string): this;
  setTitle(title: string): this;
  addComponents(...components: (FloraModalGivenPart | FloraModalGivenPart[])[]): this;
  setComponents(...components: (FloraModalGivenPart | FloraModalGivenPart[])[]): this;
  toJSON(): Modal;
}
type ModalValue = string | string[] | boolean;
/** The answers of a submitted modal by custom id: text, a list of choices or ids, or whether a box is ticked. */
declare function modalValues(data: {
  components?: unknown;
}): Record<string, ModalValue>;
declare const modal: (customId?: string, title?: string) => ModalBuilder;
declare const label: (text?: string, component?: Buildable<LabelContent>) => LabelBuilder;
declare const inputText: (customId?: string) => InputTextBuilder;
declare const textInput: typeof inputText;
declare const fileUpload: (customId?: string) => FileUploadBuilder;
declare const radioGroup: (customId?: string) => RadioGroupBuilder;
declare const checkboxGroup: (customId?: string) => CheckboxGroupBuilder;
declare const checkbox: (customId?: string) => CheckboxBuilder;
interface PageId {
  /** Which paginator. */
  name: string;
  page: number;
  /** Who alone may leaf. */
  owner?: Snowflake;
}
/** A pattern of the custom ids of one paginator, for handlers of buttons. */
declare const pagePattern: (name: string) => string;
/** What a pressed button of a paginator says; undefined for every other. */
declare function readPageId(customId: string | undefined): PageId | undefined;
/** First, back, where we are, on, last. */
declare function pageButtons(at: PageId, count: number): ActionRow;
/** The message that shows one page, with its buttons when there are more. */
declare function pageMessage(at: PageId, pages: readonly (MessageOptions | string)[]): MessageOptions;
/** A list in embeds of so many lines each. */
declare function pagesOfLines(lines: readonly string[], { title, perPage, color }?: {
  title?: string;
  perPage?: number;
  color?: number;
}): MessageOptions[];
declare function chunk<Item>(items: readonly Item[], size: number): Item[][];
interface ConfirmId {
  /** Which question. */
  name: string;
  confirmed: boolean;
  /** Who alone may answer. */
  owner?: Snowflake;
  /** What it is about: it comes back with the answer. */
  subject?: string;
}
interface ConfirmOptions {
  owner?: Snowflake;
  subject?: string;
  confirmLabel?: string;
  cancelLabel?: string;
  /** A red button, for what cannot be taken back. */
  danger?: boolean;
  ephemeral?: boolean;
}
declare const confirmPattern: (name: string) => string;
/** A question with two buttons; `readConfirmId` tells what was answered. */
declare function confirmMessage(name: string, question: string | MessageOptions, options?: ConfirmOptions): MessageOptions;
declare function readConfirmId(customId: string | undefined): ConfirmId | undefined;
declare const PermissionFlags: {
  readonly CreateInstantInvite: bigint;
  readonly KickMembers: bigint;
  readonly BanMembers: bigint;
  readonly Administrator: bigint;
  readonly ManageChannels: bigint;
  readonly ManageGuild: bigint;
  readonly AddReactions: bigint;
  readonly ViewAuditLog: bigint;
  readonly PrioritySpeaker: bigint;
  readonly Stream: bigint;
  readonly ViewChannel: bigint;
  readonly SendMessages: bigint;
  readonly SendTTSMessages: bigint;
  readonly ManageMessages: bigint;
  readonly EmbedLinks: bigint;
  readonly AttachFiles: bigint;
  readonly ReadMessageHistory: bigint;
  readonly MentionEveryone: bigint;
  readonly UseExternalEmojis: bigint;
  readonly ViewGuildInsights: bigint;
  readonly Connect: bigint;
  readonly Speak: bigint;
  readonly MuteMembers: bigint;
  readonly DeafenMembers: bigint;
  readonly MoveMembers: bigint;
  readonly UseVAD: bigint;
  readonly ChangeNickname: bigint;
  readonly ManageNicknames: bigint;
  readonly ManageRoles: bigint;
  readonly ManageWebhooks: bigint;
  readonly ManageGuildExpressions: bigint;
  readonly UseApplicationCommands: bigint;
  readonly RequestToSpeak: bigint;
  readonly ManageEvents: bigint;
  readonly ManageThreads: bigint;
  readonly CreatePublicThreads: bigint;
  readonly CreatePrivateThreads: bigint;
  readonly UseExternalStickers: bigint;
  readonly SendMessagesInThreads: bigint;
  readonly UseEmbeddedActivities: bigint;
  readonly ModerateMembers: bigint;
  readonly ViewCreatorMonetizationAnalytics: bigint;
  readonly UseSoundboard: bigint;
  readonly CreateGuildExpressions: bigint;
  readonly CreateEvents: bigint;
  readonly UseExternalSounds: bigint;
  readonly SendVoiceMessages: bigint;
  readonly SetVoiceChannelStatus: bigint;
  readonly SendPolls: bigint;
  readonly UseExternalApps: bigint;
  readonly PinMessages: bigint;
  readonly BypassSlowmode: bigint;
};
type PermissionName = keyof typeof PermissionFlags;
/** Names, Discord's decimal text, or bits. */
type PermissionResolvable = PermissionName | bigint | number | string | readonly PermissionResolvable[];
/** The sum of permissions, however they are written. */
declare function permissionBits(permissions: PermissionResolvable | null | undefined): bigint;
/** The names of the permissions in a sum. */
declare function permissionNames(permissions: PermissionResolvable | null | undefined): PermissionName[];
/** Whether all of the wanted are there; an administrator has them all. */
declare function hasPermissions(permissions: PermissionResolvable | null | undefined, wanted: PermissionResolvable, { administrator }?: {
  administrator?: boolean;
}): boolean;
/** Which of the wanted are not there. */
declare function missingPermissions(permissions: PermissionResolvable | null | undefined, wanted: PermissionResolvable): PermissionName[];
declare function hasFlag(flags: number | null | undefined, flag: number): boolean;
declare function addFlag(flags: number | null | undefined, ...more: number[]): number;
declare function removeFlag(flags: number | null | undefined, ...less: number[]): number;
interface PollMedia {
  text?: string;
  emoji?: Emoji;
}
interface Poll {
  question: PollMedia;
  answers: {
    poll_media: PollMedia;
  }[];
  /** In hours. */
  duration: number;
  allow_multiselect: boolean;
}
type PollAnswer = string | {
  text: string;
  emoji?: Emoji | string;
};
declare class PollBuilder implements Builder<Poll> {
  #private;
  constructor(question?: string, answers?: readonly PollAnswer[]);
  setQuestion(text: string): this;
  setAnswers(...answers: (PollAnswer | PollAnswer[])[]): this;
  addAnswers(...answers: (PollAnswer | PollAnswer[])[]): this;
  setDuration(hours: number): this;
  /** Whether one member may choose several. */
  setMultiselect(allowed?: boolean): this;
  toJSON(): Poll;
}
declare const poll: (question?: string, answers?: readonly PollAnswer[]) => PollBuilder;
interface Problem {
  /** `commands[0].options[2].name` */
  path: string;
  message: string;
  hint: string;
}
/** Thrown before any request is made, with everything that is wrong. */
declare class DefinitionError extends TypeError {
  readonly problems: readonly Problem[];
  readonly code: "INVALID_INPUT" | "INVALID_COMMAND";
  constructor(what: string, problems: readonly Problem[], code?: "INVALID_INPUT" | "INVALID_COMMAND");
}
type Snowflake = string;
interface Builder<Data> {
  toJSON(): Data;
}
type Buildable<Data> = Data | Builder<Data>;

// -- what Discord sends, with names in camel case -------------------------------------------------------------------
// Fields that Discord may add later are there too: they can be read from `ctx.raw`, or through an assertion.

/** A moment as Discord writes it: `new Date(moment)` reads it. */
type Timestamp = string;
/** Permissions as a decimal text: `hasPermissions` and `permissionNames` read it. */
type PermissionText = string;

interface User {
  id: Snowflake;
  username: string;
  globalName: string | null;
  discriminator: string;
  avatar: string | null;
  /** Absent for people. */
  bot?: boolean;
  system?: boolean;
  banner?: string | null;
  accentColor?: number | null;
  publicFlags?: number;
}

interface Member {
  user: User;
  nick: string | null;
  avatar: string | null;
  roles: Snowflake[];
  joinedAt: Timestamp;
  premiumSince?: Timestamp | null;
  deaf: boolean;
  mute: boolean;
  flags: number;
  pending?: boolean;
  /** Of interactions only: what the member may do in the channel. */
  permissions?: PermissionText;
  communicationDisabledUntil?: Timestamp | null;
}

interface Role {
  id: Snowflake;
  name: string;
  color: number;
  colors?: { primaryColor: number; secondaryColor: number | null; tertiaryColor: number | null };
  hoist: boolean;
  icon?: string | null;
  unicodeEmoji?: string | null;
  position: number;
  permissions: PermissionText;
  managed: boolean;
  mentionable: boolean;
  flags: number;
  tags?: Record<string, Snowflake | null>;
}

interface PermissionOverwrite {
  id: Snowflake;
  type: OverwriteType;
  allow: PermissionText;
  deny: PermissionText;
}

interface ThreadMetadata {
  archived: boolean;
  autoArchiveDuration: number;
  archiveTimestamp: Timestamp;
  locked: boolean;
  invitable?: boolean;
  createTimestamp?: Timestamp | null;
}

interface Channel {
  id: Snowflake;
  type: ChannelType;
  guildId?: Snowflake;
  name?: string | null;
  position?: number;
  parentId?: Snowflake | null;
  topic?: string | null;
  nsfw?: boolean;
  lastMessageId?: Snowflake | null;
  bitrate?: number;
  userLimit?: number;
  rateLimitPerUser?: number;
  permissionOverwrites?: PermissionOverwrite[];
  ownerId?: Snowflake;
  threadMetadata?: ThreadMetadata;
  messageCount?: number;
  memberCount?: number;
  availableTags?: { id: Snowflake; name: string; moderated: boolean; emojiId: Snowflake | null; emojiName: string | null }[];
  appliedTags?: Snowflake[];
  flags?: number;
}

interface Attachment {
  id: Snowflake;
  filename: string;
  title?: string;
  description?: string;
  contentType?: string;
  size: number;
  url: string;
  proxyUrl: string;
  height?: number | null;
  width?: number | null;
  ephemeral?: boolean;
  durationSecs?: number;
  flags?: number;
}

interface ReceivedEmbed {
  title?: string;
  type?: string;
  description?: string;
  url?: string;
  timestamp?: Timestamp;
  color?: number;
  footer?: { text: string; iconUrl?: string };
  image?: { url: string; height?: number; width?: number };
  thumbnail?: { url: string; height?: number; width?: number };
  video?: { url?: string; height?: number; width?: number };
  provider?: { name?: string; url?: string };
  author?: { name: string; url?: string; iconUrl?: string };
  fields?: { name: string; value: string; inline?: boolean }[];
}

interface ReceivedEmoji {
  /** Null for those that everybody has. */
  id: Snowflake | null;
  name: string | null;
  animated?: boolean;
  roles?: Snowflake[];
  user?: User;
  managed?: boolean;
  available?: boolean;
}

interface Reaction {
  count: number;
  countDetails: { burst: number; normal: number };
  me: boolean;
  meBurst: boolean;
  emoji: ReceivedEmoji;
  burstColors: string[];
}

interface MessageReference {
  type?: 0 | 1;
  messageId?: Snowflake;
  channelId?: Snowflake;
  guildId?: Snowflake;
}

interface ReceivedPoll {
  question: { text?: string };
  answers: { answerId: number; pollMedia: { text?: string; emoji?: ReceivedEmoji } }[];
  expiry: Timestamp | null;
  allowMultiselect: boolean;
  results?: { isFinalized: boolean; answerCounts: { id: number; count: number; meVoted: boolean }[] };
}

interface Message {
  id: Snowflake;
  channelId: Snowflake;
  guildId: Snowflake;
  /** Empty unless the bot was granted the intent of message contents, or the message mentions it. */
  content: string;
  author: User;
  /** Absent for messages of webhooks. */
  member?: Member;
  timestamp: Timestamp;
  editedTimestamp: Timestamp | null;
  tts: boolean;
  mentionEveryone: boolean;
  mentions: User[];
  mentionRoles: Snowflake[];
  attachments: Attachment[];
  embeds: ReceivedEmbed[];
  reactions?: Reaction[];
  pinned: boolean;
  webhookId?: Snowflake;
  type: MessageType;
  applicationId?: Snowflake;
  flags?: number;
  messageReference?: MessageReference;
  referencedMessage?: Message | null;
  messageSnapshots?: { message: Partial<Message> }[];
  thread?: Channel;
  components?: any[];
  stickerItems?: { id: Snowflake; name: string; formatType: number }[];
  poll?: ReceivedPoll;
  nonce?: string | number;
}

interface Guild {
  id: Snowflake;
  name: string;
  icon: string | null;
  ownerId: Snowflake;
  description: string | null;
  features: string[];
  roles: Role[];
  emojis: ReceivedEmoji[];
  verificationLevel: VerificationLevel;
  afkChannelId: Snowflake | null;
  systemChannelId: Snowflake | null;
  rulesChannelId: Snowflake | null;
  preferredLocale: string;
  premiumTier: number;
  premiumSubscriptionCount?: number;
  memberCount?: number;
  approximateMemberCount?: number;
  nsfwLevel: number;
}

interface VoiceState {
  guildId?: Snowflake;
  channelId: Snowflake | null;
  userId: Snowflake;
  member?: Member;
  sessionId: string;
  deaf: boolean;
  mute: boolean;
  selfDeaf: boolean;
  selfMute: boolean;
  selfStream?: boolean;
  selfVideo: boolean;
  suppress: boolean;
  requestToSpeakTimestamp: Timestamp | null;
}

interface Webhook {
  id: Snowflake;
  type: number;
  guildId?: Snowflake;
  channelId: Snowflake | null;
  name: string | null;
  avatar: string | null;
  token?: string;
  url?: string;
  user?: User;
}

interface ScheduledEvent {
  id: Snowflake;
  guildId: Snowflake;
  channelId: Snowflake | null;
  creatorId?: Snowflake | null;
  name: string;
  description?: string | null;
  scheduledStartTime: Timestamp;
  scheduledEndTime: Timestamp | null;
  status: ScheduledEventStatus;
  entityType: ScheduledEventKind;
  entityId: Snowflake | null;
  entityMetadata: { location?: string } | null;
  userCount?: number;
}

interface StageInstance {
  id: Snowflake;
  guildId: Snowflake;
  channelId: Snowflake;
  topic: string;
  privacyLevel: number;
}

interface Invite {
  code: string;
  channelId?: Snowflake;
  guildId?: Snowflake;
  inviter?: User;
  maxAge?: number;
  maxUses?: number;
  temporary?: boolean;
  uses?: number;
  createdAt?: Timestamp;
  expiresAt?: Timestamp | null;
}

interface Ban {
  user: User;
  reason: string | null;
}

interface Sticker {
  id: Snowflake;
  name: string;
  description: string | null;
  tags: string;
  formatType: number;
  available?: boolean;
  guildId?: Snowflake;
}

interface SoundboardSound {
  name: string;
  soundId: Snowflake;
  volume: number;
  emojiId: Snowflake | null;
  emojiName: string | null;
  guildId?: Snowflake;
  available: boolean;
}

interface AuditLogEntry {
  id: Snowflake;
  targetId: string | null;
  userId: Snowflake | null;
  actionType: AuditLogEvent;
  changes?: { key: string; newValue?: any; oldValue?: any }[];
  options?: Record<string, string>;
  reason?: string;
}

/** What sets a rule off; which of these count depends on its `triggerType`. */
interface AutoModerationTrigger {
  keywordFilter?: readonly string[] | null;
  regexPatterns?: readonly string[] | null;
  allowList?: readonly string[] | null;
  /** Lists that Discord keeps: profanity (1), sexual content (2), slurs (3). */
  presets?: readonly number[] | null;
  mentionTotalLimit?: number | null;
  mentionRaidProtectionEnabled?: boolean | null;
}
interface AutoModerationAction {
  type: AutoModAction;
  metadata?: { channelId?: Snowflake; durationSeconds?: number | null; customMessage?: string | null } | null;
}
interface AutoModerationRule {
  id: Snowflake;
  guildId: Snowflake;
  name: string;
  creatorId: Snowflake;
  eventType: number;
  triggerType: AutoModTrigger;
  triggerMetadata: AutoModerationTrigger;
  actions: AutoModerationAction[];
  enabled: boolean;
  exemptRoles: Snowflake[];
  exemptChannels: Snowflake[];
}

interface ThreadMember {
  id?: Snowflake;
  userId?: Snowflake;
  joinTimestamp: Timestamp;
  flags: number;
  member?: Member;
}

interface Integration {
  id: Snowflake;
  name: string;
  type: string;
  enabled: boolean;
  guildId?: Snowflake;
  account: { id: string; name: string };
}

interface Presence {
  user: { id: Snowflake };
  guildId: Snowflake;
  status: "online" | "idle" | "dnd" | "offline";
  activities: { name: string; type: number; url?: string | null; state?: string | null; details?: string | null }[];
  clientStatus: { desktop?: string; mobile?: string; web?: string };
}

interface InteractionOption {
  name: string;
  type: OptionType;
  value?: string | number | boolean;
  focused?: boolean;
  options?: InteractionOption[];
}

/** What was used: a command with its options, a component with its values, a form with its fields. */
interface InteractionData {
  id: Snowflake;
  name: string;
  type: CommandType;
  options?: InteractionOption[];
  customId: string;
  custom_id: string;
  componentType: number;
  values?: string[];
  components?: any[];
  targetId?: Snowflake;
  resolved?: {
    users?: Record<Snowflake, User>;
    members?: Record<Snowflake, Omit<Member, "user">>;
    roles?: Record<Snowflake, Role>;
    channels?: Record<Snowflake, Channel>;
    messages?: Record<Snowflake, Message>;
    attachments?: Record<Snowflake, Attachment>;
  };
}

interface Interaction {
  id: Snowflake;
  /** The same as `id`, as the original called it. */
  interactionId: Snowflake;
  interactionToken: string;
  applicationId: Snowflake;
  type: InteractionType;
  guildId: Snowflake;
  channelId: Snowflake;
  channel?: Channel;
  user: User;
  member: Member;
  commandName: string;
  data: InteractionData;
  message?: Message;
  messageId: Snowflake | null;
  locale: string;
  guildLocale?: string;
  appPermissions: PermissionText;
  entitlements: any[];
}

// -- events -----------------------------------------------------------------------------------------------------------

interface ReactionEvent {
  userId: Snowflake;
  channelId: Snowflake;
  messageId: Snowflake;
  guildId: Snowflake;
  emoji: ReceivedEmoji;
  burst: boolean;
  member?: Member;
  messageAuthorId?: Snowflake;
}

interface RoleEvent {
  guildId: Snowflake;
  role: Role;
  /** Before, where flora still had it. */
  old?: RoleEvent | null;
}

interface MemberUser {
  guildId: Snowflake;
  user: User;
}

interface ScheduledEventUser {
  guildScheduledEventId: Snowflake;
  userId: Snowflake;
  guildId: Snowflake;
}

/** What `ctx.msg` is, by the event's name. */
interface EventPayloads {
  ready: { user: { id: Snowflake }; application: { id: Snowflake } | null; guilds: never[]; guildIds: never[] };
  messageCreate: Message;
  messageUpdate: Message & { old: Message | null; new: Message };
  messageDelete: { id: Snowflake; channelId: Snowflake; guildId: Snowflake; old: Message | null };
  messageDeleteBulk: { ids: Snowflake[]; channelId: Snowflake; guildId: Snowflake };
  messageReactionAdd: ReactionEvent;
  messageReactionRemove: ReactionEvent;
  messageReactionRemoveAll: { channelId: Snowflake; messageId: Snowflake; guildId: Snowflake };
  messageReactionRemoveEmoji: { channelId: Snowflake; messageId: Snowflake; guildId: Snowflake; emoji: ReceivedEmoji };
  reactionAdd: ReactionEvent;
  reactionRemove: ReactionEvent;
  reactionRemoveAll: { channelId: Snowflake; messageId: Snowflake; guildId: Snowflake };
  reactionRemoveEmoji: { channelId: Snowflake; messageId: Snowflake; guildId: Snowflake; emoji: ReceivedEmoji };
  messagePollVoteAdd: { userId: Snowflake; channelId: Snowflake; messageId: Snowflake; guildId: Snowflake; answerId: number };
  messagePollVoteRemove: { userId: Snowflake; channelId: Snowflake; messageId: Snowflake; guildId: Snowflake; answerId: number };
  guildMemberAdd: Member & { guildId: Snowflake };
  guildMemberUpdate: Member & { guildId: Snowflake; old?: Member | null };
  guildMemberRemove: MemberUser;
  guildMembersChunk: { guildId: Snowflake; members: Member[]; chunkIndex: number; chunkCount: number; nonce?: string };
  guildBanAdd: MemberUser;
  guildBanRemove: MemberUser;
  guildJoinRequestCreate: { guildId: Snowflake; status: string; request: any };
  guildJoinRequestUpdate: { guildId: Snowflake; status: string; request: any };
  guildJoinRequestDelete: { guildId: Snowflake; userId: Snowflake; id: Snowflake };
  guildRoleCreate: RoleEvent;
  guildRoleUpdate: RoleEvent;
  guildRoleDelete: { guildId: Snowflake; roleId: Snowflake };
  guildCreate: Guild & { joinedAt: Timestamp; channels: Channel[]; threads: Channel[]; members: Member[]; voiceStates: VoiceState[] };
  guildUpdate: Guild & { old?: Guild | null };
  guildDelete: { id: Snowflake; unavailable?: boolean };
  guildAuditLogEntryCreate: AuditLogEntry & { guildId: Snowflake };
  guildEmojisUpdate: { guildId: Snowflake; emojis: ReceivedEmoji[] };
  guildStickersUpdate: { guildId: Snowflake; stickers: Sticker[] };
  guildIntegrationsUpdate: { guildId: Snowflake };
  guildScheduledEventCreate: ScheduledEvent;
  guildScheduledEventUpdate: ScheduledEvent;
  guildScheduledEventDelete: ScheduledEvent;
  guildScheduledEventUserAdd: ScheduledEventUser;
  guildScheduledEventUserRemove: ScheduledEventUser;
  guildScheduledEventExceptionCreate: { guildId: Snowflake; eventId: Snowflake };
  guildScheduledEventExceptionUpdate: { guildId: Snowflake; eventId: Snowflake };
  guildScheduledEventExceptionDelete: { guildId: Snowflake; eventId: Snowflake };
  guildSoundboardSoundCreate: SoundboardSound;
  guildSoundboardSoundUpdate: SoundboardSound;
  guildSoundboardSoundDelete: { soundId: Snowflake; guildId: Snowflake };
  guildSoundboardSoundsUpdate: { guildId: Snowflake; soundboardSounds: SoundboardSound[] };
  soundboardSounds: { guildId: Snowflake; soundboardSounds: SoundboardSound[] };
  channelCreate: Channel;
  channelUpdate: Channel & { old?: Channel | null };
  channelDelete: Channel;
  channelPinsUpdate: { guildId: Snowflake; channelId: Snowflake; lastPinTimestamp?: Timestamp | null };
  channelInfo: { guildId: Snowflake; channels: any[] };
  threadCreate: Channel & { newlyCreated?: boolean };
  threadUpdate: Channel & { old?: Channel | null };
  threadDelete: { id: Snowflake; guildId: Snowflake; parentId: Snowflake; type: ChannelType };
  threadListSync: { guildId: Snowflake; channelIds?: Snowflake[]; threads: Channel[]; members: ThreadMember[] };
  threadMemberUpdate: ThreadMember & { guildId: Snowflake };
  threadMembersUpdate: {
    id: Snowflake;
    guildId: Snowflake;
    memberCount: number;
    addedMembers?: ThreadMember[];
    removedMemberIds?: Snowflake[];
  };
  interactionCreate: Interaction;
  componentInteraction: Interaction;
  modalSubmit: Interaction;
  autocomplete: Interaction;
  inviteCreate: Invite;
  inviteDelete: { channelId: Snowflake; guildId: Snowflake; code: string };
  integrationCreate: Integration & { guildId: Snowflake };
  integrationUpdate: Integration & { guildId: Snowflake };
  integrationDelete: { id: Snowflake; guildId: Snowflake; applicationId?: Snowflake };
  presenceUpdate: Presence;
  typingStart: { channelId: Snowflake; guildId: Snowflake; userId: Snowflake; timestamp: number; member?: Member };
  voiceStateUpdate: VoiceState & { old?: VoiceState | null };
  voiceServerUpdate: { token: string; guildId: Snowflake; endpoint: string | null };
  voiceChannelEffectSend: { channelId: Snowflake; guildId: Snowflake; userId: Snowflake; emoji?: ReceivedEmoji | null; soundId?: Snowflake | number };
  voiceChannelStatusUpdate: { id: Snowflake; guildId: Snowflake; status: string | null };
  voiceChannelStartTimeUpdate: { id: Snowflake; guildId: Snowflake; voiceStartTime: number | null };
  stageInstanceCreate: StageInstance;
  stageInstanceUpdate: StageInstance;
  stageInstanceDelete: StageInstance;
  autoModerationRuleCreate: AutoModerationRule;
  autoModerationRuleUpdate: AutoModerationRule;
  autoModerationRuleDelete: AutoModerationRule;
  autoModerationActionExecution: {
    guildId: Snowflake;
    action: AutoModerationAction;
    ruleId: Snowflake;
    ruleTriggerType: AutoModTrigger;
    userId: Snowflake;
    channelId?: Snowflake;
    messageId?: Snowflake;
    content: string;
    matchedKeyword: string | null;
    matchedContent: string | null;
  };
  applicationCommandPermissionsUpdate: { id: Snowflake; applicationId: Snowflake; guildId: Snowflake; permissions: any[] };
  entitlementCreate: { id: Snowflake; skuId: Snowflake; guildId?: Snowflake; userId?: Snowflake; type: number };
  entitlementUpdate: { id: Snowflake; skuId: Snowflake; guildId?: Snowflake; userId?: Snowflake; type: number };
  entitlementDelete: { id: Snowflake; skuId: Snowflake; guildId?: Snowflake; userId?: Snowflake; type: number };
  subscriptionCreate: { id: Snowflake; userId: Snowflake; status: number };
  subscriptionUpdate: { id: Snowflake; userId: Snowflake; status: number };
  subscriptionDelete: { id: Snowflake; userId: Snowflake; status: number };
  webhooksUpdate: { guildId: Snowflake; channelId: Snowflake };
}

type EventName = keyof EventPayloads;

/** What may be sent: a text, options, an embed or a component, or a list of either. */
type Sendable = string | MessageOptions | Builder<unknown> | readonly Builder<unknown>[];

/** What handlers are given. */
interface EventContext<Payload = any> {
  /** The event's name. */
  readonly event: string;
  /** The payload with names in camel case. */
  msg: Payload;
  /** The payload as Discord sent it. */
  readonly raw: any;
  /** What was there before an update or a deletion, where flora still had it. */
  readonly old: any;
  readonly guildId: Snowflake;
  readonly channelId: Snowflake | undefined;
  /** Answers in the channel of the event, referring to its message; `replyTo: null` leaves the reference out. */
  reply(message: Sendable): Promise<Message>;
  /** Sends into the channel of the event. */
  send(message: Sendable): Promise<Message>;
  /** Changes the reply that was given; where none was, the message of the event, if it is the bot's own. */
  edit(message: Sendable): Promise<Message>;
  /** Removes the message of the event. */
  delete(reason?: string): Promise<void>;
  deleteReply(): Promise<void>;
  /** Reacts to the message of the event: `"👍"`, `"<:name:id>"`, `"name:id"` or an emoji. */
  react(emoji: string | { id?: Snowflake | null; name: string | null }): Promise<void>;
  typing(): Promise<void>;
}

type MessageContext = EventContext<Message>;

interface InteractionMessage extends MessageOptions {
  /** Resolve to the message that was sent: it costs a longer answer of Discord's. */
  withResponse?: boolean;
}
type Answer = Sendable | InteractionMessage;

interface InteractionContext extends EventContext<Interaction> {
  readonly channelId: Snowflake;
  readonly user: User;
  readonly member: Member;
  readonly commandName: string | undefined;
  readonly customId: string | undefined;
  /** What was chosen in a select menu. */
  readonly values: string[];
  /** What a form holds, by the custom ids of its parts. */
  readonly fields: Record<string, any>;
  /** The first answer; after one, a further message. After `defer`, it takes the place of the waiting. */
  reply(message: Answer): Promise<Message>;
  /** Says that the answer takes a while. flora does it for a command that has not answered in time. */
  defer(options?: { ephemeral?: boolean } | boolean): Promise<void>;
  /** Of a component: its message may change in a while. */
  deferUpdate(): Promise<void>;
  /** Of a component: changes its message. */
  update(message: Answer): Promise<Message>;
  editReply(message: Answer): Promise<Message>;
  followUp(message: Answer): Promise<Message>;
  /** Opens a form: the first answer, or none. */
  showModal(modal: ModalBuilder | Modal | { title: string; customId: string; components: unknown[] }): Promise<void>;
  /** Suggestions for the option that is being typed. */
  respond(choices: Iterable<string | number | { name: string; value: string | number }>): Promise<void>;
}

/** Of a handler with a pattern: `onButton("vote:{poll}", ...)` has `ctx.params.poll`. */
interface ComponentContext extends InteractionContext {
  readonly customId: string;
  readonly params: Record<string, string>;
}

type ContextOf<Name extends EventName> = Name extends "interactionCreate" | "componentInteraction" | "modalSubmit" | "autocomplete"
  ? InteractionContext
  : EventContext<EventPayloads[Name]>;

/** Calls a function for every event of a name; the answer stops it. */
declare function on<Name extends EventName>(event: Name, handler: (ctx: ContextOf<Name>) => unknown): () => void;
declare function once<Name extends EventName>(event: Name, handler: (ctx: ContextOf<Name>) => unknown): () => void;
/** Stops a handler, or all of an event. */
declare function off<Name extends EventName>(event: Name, handler?: (ctx: ContextOf<Name>) => unknown): void;

interface CollectOptions<Name extends EventName> {
  filter?(ctx: ContextOf<Name>): boolean;
  /** How many; without end unless given. */
  max?: number;
  /** For how long: 60 unless given, 900 at most. */
  seconds?: number;
  /** Called for each that is gathered. */
  each?(ctx: ContextOf<Name>): unknown;
}

/**
 * Gathers events for a while, then calls `done`. It is kept in memory: a deploy, a restart or a crash ends it, and nobody
 * is told. Do not wait for it in a handler, which has three seconds.
 */
declare function collect<Name extends EventName>(
  event: Name,
  options: CollectOptions<Name>,
  done: (found: ContextOf<Name>[], why: "max" | "time" | "stopped") => unknown,
): { stop(): void };

declare function onButton(customId: string | RegExp, handler: (ctx: ComponentContext) => unknown): () => void;
declare function onSelect(customId: string | RegExp, handler: (ctx: ComponentContext) => unknown): () => void;
/** Buttons and select menus. */
declare function onComponent(customId: string | RegExp, handler: (ctx: ComponentContext) => unknown): () => void;
declare function onModal(customId: string | RegExp, handler: (ctx: ComponentContext) => unknown): () => void;

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

// -- what flora keeps and does for a script -----------------------------------------------------------------------------

/** What operations are refused with. */
interface OperationError extends Error {
  code: string;
  /** What was asked: `rest.createMessage`. */
  operation?: string;
  /** Discord's or a server's HTTP status. */
  status?: number;
  /** Seconds. */
  retryAfter?: number;
  route?: string;
  discordCode?: number;
  /** What Discord found wrong, by field. */
  errors?: any;
}

interface KvSetOptions {
  /** Seconds from now. */
  ttl?: number;
  /** A moment, in Unix seconds. */
  expiration?: number | Date;
  metadata?: unknown;
  /** Only if the key still has this version; 0: only if there is none. */
  ifVersion?: number;
}

interface KvEntry<Value = any> {
  value: Value;
  metadata?: any;
  /** In Unix seconds. */
  expiration?: number;
  version: number;
}

interface KvListOptions {
  prefix?: string;
  start?: string;
  end?: string;
  reverse?: boolean;
  /** 100 unless given, 1,000 at most. */
  limit?: number;
  cursor?: string;
}

interface KvPage {
  keys: { name: string; expiration?: number; metadata?: any; version: number }[];
  listComplete: boolean;
  readonly list_complete: boolean;
  cursor?: string;
}

interface KvStore {
  readonly name: string;
  get<Value = any>(key: string): Promise<Value | null>;
  getEntry<Value = any>(key: string): Promise<KvEntry<Value> | null>;
  /** Of a key that is not there, `value` is null and `version` 0. */
  getWithMetadata<Value = any>(key: string): Promise<KvEntry<Value | null>>;
  getMany<Value = any>(keys: Iterable<string>): Promise<(Value | null)[]>;
  has(key: string): Promise<boolean>;
  /** JSON or bytes. Durable once it is awaited. */
  set(key: string, value: unknown, options?: KvSetOptions): Promise<boolean>;
  /** Whether it was stored, for nothing was there. */
  setIfAbsent(key: string, value: unknown, options?: KvSetOptions): Promise<boolean>;
  /** Whether it was stored, for the key still had this version. */
  compareAndSet(key: string, version: number, value: unknown, options?: KvSetOptions): Promise<boolean>;
  /** Reads, changes and writes, again when somebody else wrote meanwhile. `undefined` removes the key. */
  update<Value = any>(
    key: string,
    change: (value: Value | null) => Value | Promise<Value>,
    options?: KvSetOptions,
  ): Promise<Value>;
  update<Value = any, Next = Value | null | undefined>(
    key: string,
    change: (value: Value | null) => Next | Promise<Next>,
    options?: KvSetOptions,
  ): Promise<Next>;
  /** Adds to a number, which counts from 0, and answers the sum. */
  increment(key: string, amount?: number, options?: KvSetOptions): Promise<number>;
  decrement(key: string, amount?: number, options?: KvSetOptions): Promise<number>;
  /** Whether there was one. */
  delete(key: string, options?: { ifVersion?: number }): Promise<boolean>;
  updateMetadata(key: string, metadata?: unknown): Promise<void>;
  list(options?: KvListOptions): Promise<KvPage>;
  /** All keys, page after page. */
  keys(options?: KvListOptions): AsyncGenerator<string>;
  count(): Promise<number>;
  clear(): Promise<number>;
}

/** Checks and changes that happen all together, or not at all. */
interface KvTransaction {
  check(key: string, version: number, store?: string): this;
  set(key: string, value: unknown, options?: KvSetOptions & { store?: string }): this;
  delete(key: string, store?: string): this;
  increment(key: string, amount?: number, options?: KvSetOptions & { store?: string }): this;
  updateMetadata(key: string, metadata: unknown, store?: string): this;
  commit(): Promise<{ ok: boolean; committed: boolean; results?: any[]; check?: number; version?: number }>;
}

interface Kv extends KvStore {
  store(name: string): KvStore;
  stores(): Promise<{ name: string; count: number; bytes: number }[]>;
  transaction(store?: string): KvTransaction;
}

/** The guild's data: itself the store "default". */
declare const kv: Kv;
declare function store(name: string): KvStore;

interface CronContext {
  readonly name: string;
  readonly scheduledAt: Timestamp;
  /** Whether somebody asked for this run. */
  readonly manual: boolean;
  readonly msg: { name: string; scheduledAt: Timestamp; scheduledFor: Timestamp; runId: string; manual: boolean };
  readonly raw: any;
}

interface CronOptions {
  /** UTC unless named: `"Europe/Berlin"`. */
  timeZone?: string;
  timezone?: string;
  /** A moment whose last run has not ended: is left out (unless told otherwise), waits, or runs beside it. */
  overlap?: "skip" | "queue" | "allow";
  skipIfRunning?: boolean;
  /** Moments that passed while flora was not running. */
  catchUp?: "skip" | "once" | "all";
}

interface CronJob {
  name: string;
  schedule: string;
  timeZone: string;
  overlap: string;
  catchUp: string;
  paused: boolean;
  nextRun: Timestamp | null;
}

interface CronRun {
  id: string;
  kind: string;
  name: string;
  scheduledFor: Timestamp;
  startedAt: Timestamp;
  endedAt: Timestamp | null;
  outcome: string | null;
  error: string | null;
}

interface Cron {
  /** Five fields (minute, hour, day, month, day of the week) or `@daily` and its kin. */
  (name: string, schedule: string, handler: (ctx: CronContext) => unknown, options?: CronOptions): void;
  list(): Promise<CronJob[]>;
  pause(name: string): Promise<void>;
  resume(name: string): Promise<void>;
  /** Begins a run now, and answers its id. */
  run(name: string): Promise<string>;
  runs(options?: { name?: string; cursor?: string; limit?: number }): Promise<{ runs: CronRun[]; cursor: string | null }>;
}
declare const cron: Cron;

interface TimerContext<Payload = any> {
  readonly name: string;
  readonly payload: Payload;
  readonly scheduledAt: Timestamp;
  readonly msg: { name: string; payload: Payload; scheduledAt: Timestamp; scheduledFor: Timestamp };
  readonly raw: any;
}

/** A Date, an ISO time, Unix milliseconds, or from now: `"3d"`, `{ in: "1h30m" }`, `{ in: milliseconds }`. */
type Moment = Date | string | number | { in: string | number } | { at: Date | string | number };

/** Calls at one moment each, which restarts do not forget. */
declare const timers: {
  /** Who is called when a timer of this name is due. Register it while the script loads. */
  on<Payload = any>(name: string, handler: (ctx: TimerContext<Payload>) => unknown): void;
  schedule(name: string, when: Moment, payload?: unknown): Promise<string>;
  cancel(which: string | { id?: string; name?: string }): Promise<boolean>;
  list(options?: { after?: string; limit?: number }): Promise<{ id: string; name: string; at: Timestamp; payload: any }[]>;
};
declare function schedule(name: string, when: Moment, payload?: unknown): Promise<string>;
declare function cancel(which: string | { id?: string; name?: string }): Promise<boolean>;
/** Milliseconds of `"1h30m"`. */
declare function duration(text: string | number): number;

/** What stands for a secret in requests, awaited or as it is: `` `Bearer ${secrets.get("KEY")}` ``. */
interface SecretReference extends PromiseLike<string | undefined> {
  toString(): string;
  catch<Caught>(rejected: (reason: any) => Caught): Promise<string | undefined | Caught>;
  finally(run: () => void): Promise<string | undefined>;
}

declare const secrets: {
  get(name: string): SecretReference;
  list(): Promise<{ name: string; placeholder: string; allowedHosts: string[] }[]>;
};

declare const vars: {
  get(name: string): Promise<string | undefined>;
  list(): Promise<Record<string, string>>;
};

/** Asks the host by an operation's own name: `op("kv.get", { store: "default", key: "a" })`. */
declare function op(name: string, args?: unknown): Promise<any>;

// -- what rest.* is given ---------------------------------------------------------------------------------------------
// The fields of each operation's query, when it only reads, or body, when it writes. `query` and `body` take what stands
// here in Discord's own words too. What takes nothing is not here.

/** A sum of permissions: `permissionBits(...)`, as text or number. */
type RestBits = string | number | bigint;
type RestEmoji = { emojiId?: Snowflake | null; emojiName?: string | null };
type RestColors = { primaryColor?: number | null; secondaryColor?: number | null; tertiaryColor?: number | null };
type RestOverwrite = { allow?: RestBits; deny?: RestBits; id: Snowflake; type?: number | null };

interface DiscordFields {
  listGuildApplicationCommands: {
    withLocalizations?: boolean;
  };
  updateChannel: {
    name?: string | null;
    icon?: string | null;
    availableTags?: readonly {
      emojiId?: Snowflake | null;
      emojiName?: string | null;
      id?: Snowflake | null;
      moderated?: boolean | null;
      name: string;
    }[] | null;
    bitrate?: number | null;
    defaultAutoArchiveDuration?: number | null;
    defaultForumLayout?: number | null;
    defaultReactionEmoji?: RestEmoji | null;
    defaultSortOrder?: number | null;
    defaultTagSetting?: "match_all" | "match_some" | null;
    defaultThreadRateLimitPerUser?: number | null;
    flags?: number | null;
    nsfw?: boolean | null;
    parentId?: Snowflake | null;
    permissionOverwrites?: readonly RestOverwrite[] | null;
    position?: number | null;
    rateLimitPerUser?: number | null;
    rtcRegion?: string | null;
    topic?: string | null;
    type?: number | null;
    userLimit?: number | null;
    videoQualityMode?: number | null;
    appliedTags?: readonly Snowflake[] | null;
    archived?: boolean | null;
    autoArchiveDuration?: number | null;
    invitable?: boolean | null;
    locked?: boolean | null;
  };
  createChannelInvite: {
    maxAge?: number | null;
    maxUses?: number | null;
    roleIds?: readonly Snowflake[] | string | null;
    targetApplicationId?: Snowflake | null;
    targetType?: number | null;
    targetUserId?: Snowflake | null;
    temporary?: boolean | null;
    unique?: boolean | null;
  };
  listMessages: {
    around?: Snowflake;
    before?: Snowflake;
    after?: Snowflake;
    limit?: number;
  };
  bulkDeleteMessages: {
    messages: readonly Snowflake[];
  };
  listPins: {
    before?: Timestamp;
    limit?: number;
  };
  listMessageReactionsByEmoji: {
    after?: Snowflake;
    limit?: number;
    type?: number;
  };
  createThreadFromMessage: {
    autoArchiveDuration?: number | null;
    name: string;
    rateLimitPerUser?: number | null;
  };
  setChannelPermissionOverwrite: {
    allow?: RestBits;
    deny?: RestBits;
    type?: number | null;
  };
  getAnswerVoters: {
    after?: Snowflake;
    limit?: number;
  };
  listThreadMembers: {
    withMember?: boolean;
    limit?: number;
    after?: Snowflake;
  };
  getThreadMember: {
    withMember?: boolean;
  };
  createThread: {
    appliedTags?: readonly Snowflake[] | null;
    autoArchiveDuration?: number | null;
    message?: {
      allowedMentions?: MessageOptions["allowedMentions"] | null;
      attachments?: MessageOptions["attachments"] | null;
      components?: MessageOptions["components"] | null;
      content?: string | null;
      embeds?: MessageOptions["embeds"] | null;
      flags?: number | null;
      poll?: MessageOptions["poll"] | null;
      sharedClientTheme?: { baseMix: number; baseTheme?: number | null; colors: readonly string[]; gradientAngle: number } | null;
      stickerIds?: readonly Snowflake[] | null;
    };
    name: string;
    rateLimitPerUser?: number | null;
    invitable?: boolean | null;
    type?: number | null;
  };
  listPrivateArchivedThreads: DiscordFields["listPins"];
  listPublicArchivedThreads: DiscordFields["listPins"];
  threadSearch: {
    name?: string;
    slop?: number;
    minId?: Snowflake;
    maxId?: Snowflake;
    tag?: readonly Snowflake[] | string;
    tagSetting?: "match_all" | "match_some";
    archived?: boolean;
    sortBy?: "relevance" | "creation_time" | "last_message_time" | "archive_time";
    sortOrder?: "asc" | "desc";
    limit?: number;
    offset?: number;
  };
  listMyPrivateArchivedThreads: {
    before?: Snowflake;
    limit?: number;
  };
  updateVoiceChannelStatus: {
    status?: string | null;
  };
  createWebhook: {
    avatar?: string | null;
    name: string;
  };
  getGuild: {
    withCounts?: boolean;
  };
  updateGuild: {
    afkChannelId?: Snowflake | null;
    afkTimeout?: number | null;
    banner?: string | null;
    defaultMessageNotifications?: number | null;
    description?: string | null;
    discoverySplash?: string | null;
    explicitContentFilter?: number | null;
    features?: readonly string[] | null;
    homeHeader?: string | null;
    icon?: string | null;
    name?: string;
    preferredLocale?: string | null;
    premiumProgressBarEnabled?: boolean | null;
    publicUpdatesChannelId?: Snowflake | null;
    region?: string | null;
    rulesChannelId?: Snowflake | null;
    safetyAlertsChannelId?: Snowflake | null;
    splash?: string | null;
    systemChannelFlags?: number | null;
    systemChannelId?: Snowflake | null;
    verificationLevel?: number | null;
  };
  listGuildAuditLogEntries: {
    userId?: Snowflake;
    targetId?: Snowflake;
    actionType?: number;
    before?: Snowflake;
    after?: Snowflake;
    limit?: number;
  };
  createAutoModerationRule: {
    actions?: readonly AutoModerationAction[] | null;
    enabled?: boolean | null;
    eventType: number;
    exemptChannels?: readonly Snowflake[] | null;
    exemptRoles?: readonly Snowflake[] | null;
    name: string;
    triggerMetadata?: AutoModerationTrigger | null;
    triggerType: number;
  };
  updateAutoModerationRule: Partial<DiscordFields["createAutoModerationRule"]>;
  listGuildBans: {
    limit?: number;
    before?: Snowflake;
    after?: Snowflake;
  };
  banUserFromGuild: {
    deleteMessageDays?: number | null;
    deleteMessageSeconds?: number | null;
  };
  bulkBanUsersFromGuild: {
    deleteMessageSeconds?: number | null;
    userIds: readonly Snowflake[];
  };
  createGuildChannel: {
    availableTags?: readonly {
      emojiId?: Snowflake | null;
      emojiName?: string | null;
      moderated?: boolean | null;
      name: string;
    }[] | null;
    bitrate?: number | null;
    defaultAutoArchiveDuration?: number | null;
    defaultForumLayout?: number | null;
    defaultReactionEmoji?: RestEmoji | null;
    defaultSortOrder?: number | null;
    defaultTagSetting?: "match_all" | "match_some" | null;
    defaultThreadRateLimitPerUser?: number | null;
    name: string;
    nsfw?: boolean | null;
    parentId?: Snowflake | null;
    permissionOverwrites?: readonly RestOverwrite[] | null;
    position?: number | null;
    rateLimitPerUser?: number | null;
    rtcRegion?: string | null;
    topic?: string | null;
    type?: number | null;
    userLimit?: number | null;
    videoQualityMode?: number | null;
  };
  bulkUpdateGuildChannels: {
    body: readonly {
      id?: Snowflake | null;
      lockPermissions?: boolean | null;
      parentId?: Snowflake | null;
      position?: number | null;
    }[];
  };
  createGuildEmoji: {
    image: string;
    name: string;
    roles?: readonly Snowflake[] | null;
  };
  updateGuildEmoji: {
    name?: string;
    roles?: readonly Snowflake[] | null;
  };
  updateGuildIncidentActions: {
    dmsDisabledUntil?: Timestamp | null;
    invitesDisabledUntil?: Timestamp | null;
  };
  listGuildMembers: {
    limit?: number;
    after?: number;
  };
  updateMyGuildMember: {
    avatar?: string | null;
    banner?: string | null;
    bio?: string | null;
    nick?: string | null;
  };
  searchGuildMembers: {
    limit?: number;
    query?: string;
  };
  addGuildMember: {
    accessToken: string;
    deaf?: boolean | null;
    flags?: number | null;
    mute?: boolean | null;
    nick?: string | null;
    roles?: readonly Snowflake[] | null;
  };
  updateGuildMember: {
    channelId?: Snowflake | null;
    communicationDisabledUntil?: Timestamp | null;
    deaf?: boolean | null;
    flags?: number | null;
    mute?: boolean | null;
    nick?: string | null;
    roles?: readonly Snowflake[] | null;
  };
  guildSearch: {
    sortBy?: "relevance" | "timestamp";
    sortOrder?: "asc" | "desc";
    content?: string;
    slop?: number;
    authorId?: readonly Snowflake[];
    authorType?: readonly ("user" | "bot" | "webhook" | "-user" | "-bot" | "-webhook")[];
    mentions?: readonly Snowflake[];
    mentionsRoleId?: readonly Snowflake[];
    repliedToUserId?: readonly Snowflake[];
    repliedToMessageId?: readonly Snowflake[];
    mentionEveryone?: boolean;
    minId?: Snowflake;
    maxId?: Snowflake;
    limit?: number;
    offset?: number;
    has?: readonly string[];
    linkHostname?: readonly string[];
    embedProvider?: readonly string[];
    embedType?: readonly ("image" | "video" | "gif" | "sound" | "article")[];
    attachmentExtension?: readonly string[];
    attachmentFilename?: readonly string[];
    pinned?: boolean;
    includeNsfw?: boolean;
    channelId?: readonly Snowflake[];
  };
  putGuildsOnboarding: {
    defaultChannelIds?: readonly Snowflake[] | null;
    enabled?: boolean | null;
    mode?: number | null;
    prompts?: readonly {
      id: Snowflake;
      inOnboarding?: boolean | null;
      options: readonly { channelIds?: readonly Snowflake[] | null; description?: string | null; emojiAnimated?: boolean | null; emojiId?: Snowflake | null; emojiName?: string | null; id?: Snowflake | null; roleIds?: readonly Snowflake[] | null; title: string }[];
      required?: boolean | null;
      singleSelect?: boolean | null;
      title: string;
      type?: number | null;
    }[] | null;
  };
  previewPruneGuild: {
    days?: number;
    includeRoles?: readonly Snowflake[] | string;
  };
  pruneGuild: {
    computePruneCount?: boolean | null;
    days?: number | null;
    includeRoles?: readonly Snowflake[] | string | null;
  };
  getGuildJoinRequests: {
    status?: "STARTED" | "SUBMITTED" | "REJECTED" | "APPROVED";
    limit?: number;
    before?: Snowflake;
    after?: Snowflake;
  };
  actionGuildJoinRequest: {
    action?: "STARTED" | "SUBMITTED" | "REJECTED" | "APPROVED";
    rejectionReason?: string | null;
  };
  createGuildRole: {
    color?: number | null;
    colors?: RestColors | null;
    hoist?: boolean | null;
    icon?: string | null;
    mentionable?: boolean | null;
    name?: string | null;
    permissions?: RestBits;
    unicodeEmoji?: string | null;
  };
  bulkUpdateGuildRoles: {
    body: readonly { id?: Snowflake | null; position?: number | null }[];
  };
  updateGuildRole: DiscordFields["createGuildRole"];
  listGuildScheduledEvents: {
    withUserCount?: boolean;
  };
  createGuildScheduledEvent: {
    channelId?: Snowflake | null;
    description?: string | null;
    entityMetadata?: { location?: string | null } | null;
    entityType: number;
    image?: string | null;
    name: string;
    privacyLevel: number;
    recurrenceRule?: {
      byMonth?: readonly number[] | null;
      byMonthDay?: readonly number[] | null;
      byNWeekday?: readonly { day: number; n: number }[] | null;
      byWeekday?: readonly number[] | null;
      byYearDay?: readonly number[] | null;
      count?: number | null;
      end?: Timestamp | null;
      frequency: number;
      interval?: number | null;
      start: Timestamp;
    } | null;
    scheduledEndTime?: Timestamp | null;
    scheduledStartTime: Timestamp;
  };
  getGuildScheduledEvent: {
    withUserCount?: boolean;
  };
  updateGuildScheduledEvent: {
    channelId?: Snowflake | null;
    description?: string | null;
    entityMetadata?: { location?: string | null } | null;
    entityType?: number | null;
    image?: string | null;
    name?: string;
    privacyLevel?: number;
    recurrenceRule?: {
      byMonth?: readonly number[] | null;
      byMonthDay?: readonly number[] | null;
      byNWeekday?: readonly { day: number; n: number }[] | null;
      byWeekday?: readonly number[] | null;
      byYearDay?: readonly number[] | null;
      count?: number | null;
      end?: Timestamp | null;
      frequency: number;
      interval?: number | null;
      start: Timestamp;
    } | null;
    scheduledEndTime?: Timestamp | null;
    scheduledStartTime?: Timestamp;
    status?: number | null;
  };
  createGuildScheduledEventException: {
    isCanceled?: boolean | null;
    originalScheduledStartTime: Timestamp;
    scheduledEndTime?: Timestamp | null;
    scheduledStartTime?: Timestamp | null;
  };
  updateGuildScheduledEventException: {
    isCanceled?: boolean | null;
    scheduledEndTime?: Timestamp | null;
    scheduledStartTime?: Timestamp | null;
  };
  listGuildScheduledEventUsers: {
    withMember?: boolean;
    limit?: number;
    before?: Snowflake;
    after?: Snowflake;
  };
  countGuildScheduledEventUsers: {
    guildScheduledEventExceptionIds?: readonly Snowflake[];
  };
  listGuildScheduledEventExceptionUsers: DiscordFields["listGuildScheduledEventUsers"];
  createGuildSoundboardSound: {
    emojiId?: Snowflake | null;
    emojiName?: string | null;
    name: string;
    sound: string;
    volume?: number | null;
  };
  updateGuildSoundboardSound: {
    emojiId?: Snowflake | null;
    emojiName?: string | null;
    name?: string;
    volume?: number | null;
  };
  updateGuildSticker: {
    description?: string | null;
    name?: string;
    tags?: string;
  };
  createGuildTemplate: {
    description?: string | null;
    name: string;
  };
  updateGuildTemplate: {
    description?: string | null;
    name?: string;
  };
  updateSelfVoiceState: {
    channelId?: Snowflake | null;
    requestToSpeakTimestamp?: Timestamp | null;
    suppress?: boolean | null;
  };
  updateVoiceState: {
    channelId?: Snowflake | null;
    suppress?: boolean | null;
  };
  updateGuildWelcomeScreen: {
    description?: string | null;
    enabled?: boolean | null;
    welcomeChannels?: readonly {
      channelId: Snowflake;
      description: string;
      emojiId?: Snowflake | null;
      emojiName?: string | null;
    }[] | null;
  };
  updateGuildWidgetSettings: {
    channelId?: Snowflake | null;
    enabled?: boolean | null;
  };
  createStageInstance: {
    channelId: Snowflake;
    guildScheduledEventId?: Snowflake | null;
    privacyLevel?: number | null;
    sendStartNotification?: boolean | null;
    topic: string;
  };
  updateStageInstance: {
    privacyLevel?: number;
    topic?: string;
  };
  updateWebhook: {
    avatar?: string | null;
    channelId?: Snowflake | null;
    name?: string;
  };
  updateWebhookByToken: {
    avatar?: string | null;
    name?: string;
  };
  getOriginalWebhookMessage: {
    threadId?: Snowflake;
  };
  getWebhookMessage: {
    threadId?: Snowflake;
  };
}

// -- what rest.* answers ----------------------------------------------------------------------------------------------
// Where it is nothing that events bring too.

/** A command as Discord keeps it. */
interface ApplicationCommand {
  id: Snowflake;
  applicationId: Snowflake;
  guildId?: Snowflake;
  version: Snowflake;
  type: CommandType;
  name: string;
  nameLocalized?: string;
  nameLocalizations?: Localizations | null;
  description: string;
  descriptionLocalized?: string;
  descriptionLocalizations?: Localizations | null;
  defaultMemberPermissions: PermissionText | null;
  dmPermission?: boolean;
  contexts?: number[] | null;
  integrationTypes?: number[];
  options?: ApplicationCommandOption[];
  nsfw?: boolean;
  handler?: number;
}
interface ApplicationCommandOption {
  type: OptionType;
  name: string;
  nameLocalized?: string;
  nameLocalizations?: Localizations | null;
  description: string;
  descriptionLocalized?: string;
  descriptionLocalizations?: Localizations | null;
  required?: boolean;
  autocomplete?: boolean;
  choices?: ApplicationCommandChoice[];
  options?: ApplicationCommandOption[];
  channelTypes?: ChannelType[];
  minValue?: number;
  maxValue?: number;
  minLength?: number;
  maxLength?: number;
}
interface ApplicationCommandChoice {
  name: string;
  nameLocalized?: string;
  nameLocalizations?: Localizations | null;
  value: string | number;
}
/** Who may use a command: a role (1), a user (2) or, in a channel (3), everybody. */
interface ApplicationCommandPermissions {
  id: Snowflake;
  applicationId: Snowflake;
  guildId: Snowflake;
  permissions: { id: Snowflake; type: number; permission: boolean }[];
}
/** Of the answer to an interaction, when `withResponse` asks for it. */
interface InteractionCallback {
  interaction: {
    id: Snowflake;
    type: InteractionType;
    activityInstanceId?: string | null;
    responseMessageId?: Snowflake;
    responseMessageLoading?: boolean;
    responseMessageEphemeral?: boolean;
    channelId?: Snowflake;
    guildId?: Snowflake;
  };
  resource?: { type: InteractionResponseType; message?: Message; activityInstance?: { id: string } };
}

/** What a search answers while Discord has yet to read what there is: ask again in `retryAfter` seconds. */
interface SearchPending {
  message: string;
  code: number;
  documentsIndexed: number;
  retryAfter: number;
}
interface MessageSearch {
  messages: Message[][];
  doingDeepHistoricalIndex: boolean;
  totalResults: number;
  threads?: Channel[] | null;
  members?: ThreadMember[] | null;
  documentsIndexed?: number | null;
}
interface ThreadSearch {
  threads: Channel[];
  members: ThreadMember[];
  hasMore: boolean;
  firstMessages?: Message[];
  totalResults: number;
}

/** Until when nobody may be invited, or send others direct messages. */
interface IncidentActions {
  invitesDisabledUntil: Timestamp | null;
  dmsDisabledUntil: Timestamp | null;
}
/** An emoji of the guild, by its id, or one of Unicode. */
interface SettingsEmoji {
  id: Snowflake | null;
  name: string | null;
  animated: boolean;
}
interface NewMemberWelcome {
  guildId: Snowflake;
  enabled: boolean;
  welcomeMessage?: { authorIds: Snowflake[]; message: string };
  newMemberActions: {
    channelId: Snowflake;
    actionType: number;
    title: string;
    description: string;
    emoji?: SettingsEmoji;
    icon?: string;
  }[];
  resourceChannels: { channelId: Snowflake; title: string; description: string; emoji?: SettingsEmoji; icon?: string }[];
}
interface Onboarding {
  guildId: Snowflake;
  prompts: {
    id: Snowflake;
    title: string;
    options: {
      id: Snowflake;
      title: string;
      description: string;
      emoji: SettingsEmoji;
      roleIds: Snowflake[];
      channelIds: Snowflake[];
    }[];
    singleSelect: boolean;
    required: boolean;
    inOnboarding: boolean;
    type: number;
  }[];
  defaultChannelIds: Snowflake[];
  enabled: boolean;
  mode: number;
}
interface WelcomeScreen {
  description: string | null;
  welcomeChannels: { channelId: Snowflake; description: string; emojiId: Snowflake | null; emojiName: string | null }[];
}
interface GuildPreview {
  id: Snowflake;
  name: string;
  icon: string | null;
  description: string | null;
  homeHeader: string | null;
  splash: string | null;
  discoverySplash: string | null;
  features: string[];
  approximateMemberCount: number;
  approximatePresenceCount: number;
  emojis: ReceivedEmoji[];
  stickers: Sticker[];
}
interface VoiceRegion {
  id: string;
  name: string;
  custom: boolean;
  deprecated: boolean;
  optimal: boolean;
}
interface WidgetSettings {
  enabled: boolean;
  channelId: Snowflake | null;
}
/** What a guild shows to everybody: its members have neither their names nor their ids here. */
interface Widget {
  id: Snowflake;
  name: string;
  instantInvite: string | null;
  channels: { id: Snowflake; name: string; position: number }[];
  members: {
    id: string;
    username: string;
    discriminator: string;
    avatar: null;
    status: string;
    avatarUrl: string;
    activity?: { name: string };
    deaf?: boolean;
    mute?: boolean;
    selfDeaf?: boolean;
    selfMute?: boolean;
    suppress?: boolean;
    channelId?: Snowflake;
  }[];
  presenceCount: number;
}

interface JoinRequest {
  id: Snowflake;
  createdAt: Timestamp;
  reviewedAt: Timestamp | null;
  applicationStatus: "STARTED" | "SUBMITTED" | "REJECTED" | "APPROVED" | null;
  rejectionReason: string | null;
  guildId: Snowflake;
  userId: Snowflake;
  user?: User | null;
  formResponses?: JoinRequestAnswer[] | null;
  actionedByUser?: User | null;
}
/** To one question of the form: what was agreed to, written, or the place of what was chosen. */
interface JoinRequestAnswer {
  fieldType: "TERMS" | "TEXT_INPUT" | "PARAGRAPH" | "MULTIPLE_CHOICE";
  label?: string;
  description?: string;
  required?: boolean;
  placeholder?: string;
  choices?: string[];
  values?: string[];
  response?: string | number | boolean;
}

/** One date of an event that comes again, which is another than the rule says. */
interface ScheduledEventException {
  eventId: Snowflake;
  eventExceptionId: Snowflake;
  scheduledStartTime: Timestamp | null;
  scheduledEndTime: Timestamp | null;
  isCanceled: boolean;
}
interface ScheduledEventCounts {
  guildScheduledEventCount: number;
  guildScheduledEventExceptionCounts: Record<Snowflake, number>;
}

interface GuildTemplate {
  code: string;
  name: string;
  description: string | null;
  usageCount: number;
  creatorId: Snowflake;
  creator: User | null;
  createdAt: Timestamp;
  updatedAt: Timestamp;
  sourceGuildId: Snowflake;
  serializedSourceGuild: TemplateGuild;
  isDirty: boolean | null;
}
/** A guild as a template keeps it: ids are numbers of its own. */
interface TemplateGuild {
  name: string;
  description: string | null;
  region: string | null;
  verificationLevel: VerificationLevel;
  defaultMessageNotifications: number;
  explicitContentFilter: number;
  preferredLocale: string;
  afkChannelId: Snowflake | null;
  afkTimeout: number;
  systemChannelId: Snowflake | null;
  systemChannelFlags: number;
  roles: TemplateRole[];
  channels: TemplateChannel[];
}
interface TemplateRole {
  id: number;
  name: string;
  permissions: PermissionText;
  color: number;
  colors: { primaryColor: number; secondaryColor: number | null; tertiaryColor: number | null } | null;
  hoist: boolean;
  mentionable: boolean;
  icon: string | null;
  unicodeEmoji: string | null;
}
interface TemplateChannel {
  id: number | null;
  type: ChannelType;
  name: string | null;
  position: number | null;
  topic: string | null;
  bitrate: number;
  userLimit: number;
  nsfw: boolean;
  rateLimitPerUser: number;
  parentId: Snowflake | null;
  defaultAutoArchiveDuration: number | null;
  permissionOverwrites: PermissionOverwrite[];
  availableTags: {
    id: number | null;
    name: string;
    emojiId: Snowflake | null;
    emojiName: string | null;
    moderated: boolean | null;
  }[] | null;
  template: string;
  defaultReactionEmoji: { emojiId: Snowflake | null; emojiName: string | null } | null;
  defaultThreadRateLimitPerUser: number | null;
  defaultSortOrder: number | null;
  defaultForumLayout: number | null;
  defaultTagSetting: "match_all" | "match_some" | null;
  themeColor: number | null;
}

// -- rest.* -----------------------------------------------------------------------------------------------------------
// Each of Discord's operations in the script's own guild, by Discord's name for it. The names in the path are arguments;
// the guild never is. Everything else is the query of what only reads, and the body of what writes, with names in camel
// case; `query` and `body` take them in Discord's own words. What Discord answers has names in camel case, and its own
// names can be read too.

type RestValue = Snowflake | bigint | number;

/** What an operation of which nothing more is known may be given. */
type AnyFields = { [field: string]: unknown };
type NoFields = {};

type ReadArguments<Path extends string, Fields = AnyFields> = { [Name in Path]: RestValue } & Fields & {
  query?: Record<string, unknown>;
  guildId?: Snowflake;
};

type RestArguments<Path extends string, Fields = AnyFields> = { [Name in Path]: RestValue } & Fields & {
  query?: Record<string, unknown>;
  body?: object;
  files?: readonly AttachmentData[];
  /** Shown in the guild's audit log. */
  reason?: string;
  guildId?: Snowflake;
};

type MessageArguments<Path extends string> = { [Name in Path]: RestValue } & MessageOptions & {
  query?: Record<string, unknown>;
  body?: MessageOptions | Record<string, unknown>;
  reason?: string;
  guildId?: Snowflake;
  wait?: boolean;
  threadId?: Snowflake;
  withComponents?: boolean;
  nonce?: string;
  [field: string]: unknown;
};

/** The original's names. */
interface OriginalOperations {
  sendMessage(args: MessageArguments<"channelId">): Promise<Message>;
  editMessage(args: MessageArguments<"channelId" | "messageId">): Promise<Message>;
  bulkDeleteMessages(args: RestArguments<"channelId"> & { messageIds?: readonly Snowflake[]; messages?: readonly Snowflake[] }): Promise<null>;
  pinMessage(args: RestArguments<"channelId" | "messageId">): Promise<null>;
  unpinMessage(args: RestArguments<"channelId" | "messageId">): Promise<null>;
  fetchMessage(args: ReadArguments<"channelId" | "messageId">): Promise<Message>;
  fetchMessages(args: ReadArguments<"channelId">): Promise<Message[]>;
  addReaction(args: RestArguments<"channelId" | "messageId"> & { emoji: unknown }): Promise<null>;
  removeReaction(args: RestArguments<"channelId" | "messageId"> & { emoji: unknown; userId?: Snowflake }): Promise<null>;
  clearReactions(args: RestArguments<"channelId" | "messageId"> & { emoji?: unknown }): Promise<null>;
  sendInteractionResponse(args: MessageArguments<"interactionId" | "token">): Promise<InteractionCallback | null>;
  deferInteractionResponse(args: RestArguments<"interactionId" | "token"> & { ephemeral?: boolean }): Promise<InteractionCallback | null>;
  updateInteractionResponse(args: MessageArguments<"interactionId" | "token">): Promise<InteractionCallback | null>;
  editOriginalInteractionResponse(args: MessageArguments<"token">): Promise<Message>;
  deleteOriginalInteractionResponse(args: RestArguments<"token">): Promise<null>;
  createFollowupMessage(args: MessageArguments<"token">): Promise<Message>;
  editFollowupMessage(args: MessageArguments<"token" | "messageId">): Promise<Message>;
  deleteFollowupMessage(args: RestArguments<"token" | "messageId">): Promise<null>;
  upsertGuildCommands(args: { commands: readonly (SlashCommand<any> | CommandDefinition)[]; guildId?: Snowflake }): Promise<void>;
  getGuildCommands(args?: ReadArguments<never>): Promise<ApplicationCommand[]>;
  getGuildCommand(args: ReadArguments<"commandId">): Promise<ApplicationCommand>;
  getGuildCommandsPermissions(args?: ReadArguments<never>): Promise<ApplicationCommandPermissions[]>;
  getGuildCommandPermissions(args: ReadArguments<"commandId">): Promise<ApplicationCommandPermissions>;
  kickMember(args: RestArguments<"userId">): Promise<null>;
  banMember(args: RestArguments<"userId"> & { deleteMessageSeconds?: number }): Promise<null>;
  unbanMember(args: RestArguments<"userId">): Promise<null>;
  addMemberRole(args: RestArguments<"userId" | "roleId">): Promise<null>;
  removeMemberRole(args: RestArguments<"userId" | "roleId">): Promise<null>;
  editMember(args: RestArguments<"userId"> & { payload?: object }): Promise<Member>;
  editCurrentMember(args: RestArguments<never> & { payload?: object }): Promise<Member>;
  createChannel(args: RestArguments<never> & { payload?: object }): Promise<Channel>;
  editChannel(args: RestArguments<"channelId"> & { payload?: object }): Promise<Channel>;
  removeThreadMember(args: RestArguments<"userId"> & { threadId?: Snowflake; channelId?: Snowflake }): Promise<null>;
  editWebhook(args: RestArguments<"webhookId"> & { token?: string; payload?: object }): Promise<Webhook>;
}

declare const rest: Omit<DiscordOperations, keyof OriginalOperations | OriginalTwice> & OriginalOperations & OriginalArguments;

/** Operations that have the same name here and there; the original's arguments are understood too. */
type OriginalTwice = "joinThread" | "leaveThread" | "addThreadMember" | "executeWebhook" | "deleteWebhook";
interface OriginalArguments {
  joinThread(args: RestArguments<"channelId"> | RestArguments<"threadId">): Promise<null>;
  leaveThread(args: RestArguments<"channelId"> | RestArguments<"threadId">): Promise<null>;
  addThreadMember(args: RestArguments<"channelId" | "userId"> | RestArguments<"threadId" | "userId">): Promise<null>;
  executeWebhook(args: MessageArguments<"webhookId" | "webhookToken"> | MessageArguments<"webhookId" | "token">): Promise<Message | null>;
  deleteWebhook(args: RestArguments<"webhookId"> & { token?: string }): Promise<null>;
}

interface DiscordOperations {
  /** Discord's GET /applications/{application_id}/guilds/{guild_id}/commands. */
  listGuildApplicationCommands(args?: ReadArguments<never, DiscordFields["listGuildApplicationCommands"]>): Promise<ApplicationCommand[]>;
  /** Discord's GET /applications/{application_id}/guilds/{guild_id}/commands/permissions. */
  listGuildApplicationCommandPermissions(args?: ReadArguments<never, NoFields>): Promise<ApplicationCommandPermissions[]>;
  /** Discord's GET /applications/{application_id}/guilds/{guild_id}/commands/{command_id}. */
  getGuildApplicationCommand(args: ReadArguments<"commandId", NoFields>): Promise<ApplicationCommand>;
  /** Discord's GET /applications/{application_id}/guilds/{guild_id}/commands/{command_id}/permissions. */
  getGuildApplicationCommandPermissions(args: ReadArguments<"commandId", NoFields>): Promise<ApplicationCommandPermissions>;
  /** Discord's GET /channels/{channel_id}. */
  getChannel(args: ReadArguments<"channelId", NoFields>): Promise<Channel>;
  /** Discord's DELETE /channels/{channel_id}. */
  deleteChannel(args: RestArguments<"channelId", NoFields>): Promise<Channel>;
  /** Discord's PATCH /channels/{channel_id}. */
  updateChannel(args: RestArguments<"channelId", DiscordFields["updateChannel"]>): Promise<Channel>;
  /** Discord's GET /channels/{channel_id}/invites. */
  listChannelInvites(args: ReadArguments<"channelId", NoFields>): Promise<Invite[]>;
  /** Discord's POST /channels/{channel_id}/invites. */
  createChannelInvite(args: RestArguments<"channelId", DiscordFields["createChannelInvite"]>): Promise<Invite>;
  /** Discord's GET /channels/{channel_id}/messages. */
  listMessages(args: ReadArguments<"channelId", DiscordFields["listMessages"]>): Promise<Message[]>;
  /** Discord's POST /channels/{channel_id}/messages. */
  createMessage(args: MessageArguments<"channelId">): Promise<Message>;
  /** Discord's POST /channels/{channel_id}/messages/bulk-delete. */
  bulkDeleteMessages(args: RestArguments<"channelId", DiscordFields["bulkDeleteMessages"]>): Promise<null>;
  /** Discord's GET /channels/{channel_id}/messages/pins. */
  listPins(args: ReadArguments<"channelId", DiscordFields["listPins"]>): Promise<{items:{pinnedAt:Timestamp;message:Message}[];hasMore:boolean}>;
  /** Discord's PUT /channels/{channel_id}/messages/pins/{message_id}. */
  createPin(args: RestArguments<"channelId" | "messageId", NoFields>): Promise<null>;
  /** Discord's DELETE /channels/{channel_id}/messages/pins/{message_id}. */
  deletePin(args: RestArguments<"channelId" | "messageId", NoFields>): Promise<null>;
  /** Discord's GET /channels/{channel_id}/messages/{message_id}. */
  getMessage(args: ReadArguments<"channelId" | "messageId", NoFields>): Promise<Message>;
  /** Discord's DELETE /channels/{channel_id}/messages/{message_id}. */
  deleteMessage(args: RestArguments<"channelId" | "messageId", NoFields>): Promise<null>;
  /** Discord's PATCH /channels/{channel_id}/messages/{message_id}. */
  updateMessage(args: MessageArguments<"channelId" | "messageId">): Promise<Message>;
  /** Discord's POST /channels/{channel_id}/messages/{message_id}/crosspost. */
  crosspostMessage(args: RestArguments<"channelId" | "messageId", NoFields>): Promise<Message>;
  /** Discord's DELETE /channels/{channel_id}/messages/{message_id}/reactions. */
  deleteAllMessageReactions(args: RestArguments<"channelId" | "messageId", NoFields>): Promise<null>;
  /** Discord's GET /channels/{channel_id}/messages/{message_id}/reactions/{emoji_name}. */
  listMessageReactionsByEmoji(args: ReadArguments<"channelId" | "messageId" | "emojiName", DiscordFields["listMessageReactionsByEmoji"]>): Promise<User[]>;
  /** Discord's DELETE /channels/{channel_id}/messages/{message_id}/reactions/{emoji_name}. */
  deleteAllMessageReactionsByEmoji(args: RestArguments<"channelId" | "messageId" | "emojiName", NoFields>): Promise<null>;
  /** Discord's PUT /channels/{channel_id}/messages/{message_id}/reactions/{emoji_name}/@me. */
  addMyMessageReaction(args: RestArguments<"channelId" | "messageId" | "emojiName", NoFields>): Promise<null>;
  /** Discord's DELETE /channels/{channel_id}/messages/{message_id}/reactions/{emoji_name}/@me. */
  deleteMyMessageReaction(args: RestArguments<"channelId" | "messageId" | "emojiName", NoFields>): Promise<null>;
  /** Discord's DELETE /channels/{channel_id}/messages/{message_id}/reactions/{emoji_name}/{user_id}. */
  deleteUserMessageReaction(args: RestArguments<"channelId" | "messageId" | "emojiName" | "userId", NoFields>): Promise<null>;
  /** Discord's POST /channels/{channel_id}/messages/{message_id}/threads. */
  createThreadFromMessage(args: RestArguments<"channelId" | "messageId", DiscordFields["createThreadFromMessage"]>): Promise<Channel>;
  /** Discord's PUT /channels/{channel_id}/permissions/{overwrite_id}. */
  setChannelPermissionOverwrite(args: RestArguments<"channelId" | "overwriteId", DiscordFields["setChannelPermissionOverwrite"]>): Promise<null>;
  /** Discord's DELETE /channels/{channel_id}/permissions/{overwrite_id}. */
  deleteChannelPermissionOverwrite(args: RestArguments<"channelId" | "overwriteId", NoFields>): Promise<null>;
  /** Discord's GET /channels/{channel_id}/polls/{message_id}/answers/{answer_id}. */
  getAnswerVoters(args: ReadArguments<"channelId" | "messageId" | "answerId", DiscordFields["getAnswerVoters"]>): Promise<{users:User[]}>;
  /** Discord's POST /channels/{channel_id}/polls/{message_id}/expire. */
  pollExpire(args: RestArguments<"channelId" | "messageId", NoFields>): Promise<Message>;
  /** Discord's GET /channels/{channel_id}/thread-members. */
  listThreadMembers(args: ReadArguments<"channelId", DiscordFields["listThreadMembers"]>): Promise<ThreadMember[]>;
  /** Discord's PUT /channels/{channel_id}/thread-members/@me. */
  joinThread(args: RestArguments<"channelId", NoFields>): Promise<null>;
  /** Discord's DELETE /channels/{channel_id}/thread-members/@me. */
  leaveThread(args: RestArguments<"channelId", NoFields>): Promise<null>;
  /** Discord's GET /channels/{channel_id}/thread-members/{user_id}. */
  getThreadMember(args: ReadArguments<"channelId" | "userId", DiscordFields["getThreadMember"]>): Promise<ThreadMember>;
  /** Discord's PUT /channels/{channel_id}/thread-members/{user_id}. */
  addThreadMember(args: RestArguments<"channelId" | "userId", NoFields>): Promise<null>;
  /** Discord's DELETE /channels/{channel_id}/thread-members/{user_id}. */
  deleteThreadMember(args: RestArguments<"channelId" | "userId", NoFields>): Promise<null>;
  /** Discord's POST /channels/{channel_id}/threads. */
  createThread(args: RestArguments<"channelId", DiscordFields["createThread"]>): Promise<Channel>;
  /** Discord's GET /channels/{channel_id}/threads/archived/private. */
  listPrivateArchivedThreads(args: ReadArguments<"channelId", DiscordFields["listPrivateArchivedThreads"]>): Promise<{threads:Channel[];members:ThreadMember[];hasMore?:boolean}>;
  /** Discord's GET /channels/{channel_id}/threads/archived/public. */
  listPublicArchivedThreads(args: ReadArguments<"channelId", DiscordFields["listPublicArchivedThreads"]>): Promise<{threads:Channel[];members:ThreadMember[];hasMore?:boolean}>;
  /** Discord's GET /channels/{channel_id}/threads/search. */
  threadSearch(args: ReadArguments<"channelId", DiscordFields["threadSearch"]>): Promise<ThreadSearch|SearchPending>;
  /** Discord's POST /channels/{channel_id}/typing. */
  triggerTypingIndicator(args: RestArguments<"channelId", NoFields>): Promise<object|null>;
  /** Discord's GET /channels/{channel_id}/users/@me/threads/archived/private. */
  listMyPrivateArchivedThreads(args: ReadArguments<"channelId", DiscordFields["listMyPrivateArchivedThreads"]>): Promise<{threads:Channel[];members:ThreadMember[];hasMore?:boolean}>;
  /** Discord's PUT /channels/{channel_id}/voice-status. */
  updateVoiceChannelStatus(args: RestArguments<"channelId", DiscordFields["updateVoiceChannelStatus"]>): Promise<null>;
  /** Discord's GET /channels/{channel_id}/webhooks. */
  listChannelWebhooks(args: ReadArguments<"channelId", NoFields>): Promise<Webhook[]>;
  /** Discord's POST /channels/{channel_id}/webhooks. */
  createWebhook(args: RestArguments<"channelId", DiscordFields["createWebhook"]>): Promise<Webhook>;
  /** Discord's GET /guilds/{guild_id}. */
  getGuild(args?: ReadArguments<never, DiscordFields["getGuild"]>): Promise<Guild>;
  /** Discord's PATCH /guilds/{guild_id}. */
  updateGuild(args?: RestArguments<never, DiscordFields["updateGuild"]>): Promise<Guild>;
  /** Discord's GET /guilds/{guild_id}/audit-logs. */
  listGuildAuditLogEntries(args?: ReadArguments<never, DiscordFields["listGuildAuditLogEntries"]>): Promise<{auditLogEntries:AuditLogEntry[];users:User[];threads:Channel[]}>;
  /** Discord's GET /guilds/{guild_id}/auto-moderation/rules. */
  listAutoModerationRules(args?: ReadArguments<never, NoFields>): Promise<AutoModerationRule[]>;
  /** Discord's POST /guilds/{guild_id}/auto-moderation/rules. */
  createAutoModerationRule(args: RestArguments<never, DiscordFields["createAutoModerationRule"]>): Promise<AutoModerationRule>;
  /** Discord's GET /guilds/{guild_id}/auto-moderation/rules/{rule_id}. */
  getAutoModerationRule(args: ReadArguments<"ruleId", NoFields>): Promise<AutoModerationRule>;
  /** Discord's DELETE /guilds/{guild_id}/auto-moderation/rules/{rule_id}. */
  deleteAutoModerationRule(args: RestArguments<"ruleId", NoFields>): Promise<null>;
  /** Discord's PATCH /guilds/{guild_id}/auto-moderation/rules/{rule_id}. */
  updateAutoModerationRule(args: RestArguments<"ruleId", DiscordFields["updateAutoModerationRule"]>): Promise<AutoModerationRule>;
  /** Discord's GET /guilds/{guild_id}/bans. */
  listGuildBans(args?: ReadArguments<never, DiscordFields["listGuildBans"]>): Promise<Ban[]>;
  /** Discord's GET /guilds/{guild_id}/bans/{user_id}. */
  getGuildBan(args: ReadArguments<"userId", NoFields>): Promise<Ban>;
  /** Discord's PUT /guilds/{guild_id}/bans/{user_id}. */
  banUserFromGuild(args: RestArguments<"userId", DiscordFields["banUserFromGuild"]>): Promise<null>;
  /** Discord's DELETE /guilds/{guild_id}/bans/{user_id}. */
  unbanUserFromGuild(args: RestArguments<"userId", NoFields>): Promise<null>;
  /** Discord's POST /guilds/{guild_id}/bulk-ban. */
  bulkBanUsersFromGuild(args: RestArguments<never, DiscordFields["bulkBanUsersFromGuild"]>): Promise<{bannedUsers:Snowflake[];failedUsers:Snowflake[]}>;
  /** Discord's GET /guilds/{guild_id}/channels. */
  listGuildChannels(args?: ReadArguments<never, NoFields>): Promise<Channel[]>;
  /** Discord's POST /guilds/{guild_id}/channels. */
  createGuildChannel(args: RestArguments<never, DiscordFields["createGuildChannel"]>): Promise<Channel>;
  /** Discord's PATCH /guilds/{guild_id}/channels. */
  bulkUpdateGuildChannels(args: RestArguments<never, DiscordFields["bulkUpdateGuildChannels"]>): Promise<null>;
  /** Discord's GET /guilds/{guild_id}/emojis. */
  listGuildEmojis(args?: ReadArguments<never, NoFields>): Promise<ReceivedEmoji[]>;
  /** Discord's POST /guilds/{guild_id}/emojis. */
  createGuildEmoji(args: RestArguments<never, DiscordFields["createGuildEmoji"]>): Promise<ReceivedEmoji>;
  /** Discord's GET /guilds/{guild_id}/emojis/{emoji_id}. */
  getGuildEmoji(args: ReadArguments<"emojiId", NoFields>): Promise<ReceivedEmoji>;
  /** Discord's DELETE /guilds/{guild_id}/emojis/{emoji_id}. */
  deleteGuildEmoji(args: RestArguments<"emojiId", NoFields>): Promise<null>;
  /** Discord's PATCH /guilds/{guild_id}/emojis/{emoji_id}. */
  updateGuildEmoji(args: RestArguments<"emojiId", DiscordFields["updateGuildEmoji"]>): Promise<ReceivedEmoji>;
  /** Discord's PUT /guilds/{guild_id}/incident-actions. */
  updateGuildIncidentActions(args?: RestArguments<never, DiscordFields["updateGuildIncidentActions"]>): Promise<IncidentActions>;
  /** Discord's GET /guilds/{guild_id}/integrations. */
  listGuildIntegrations(args?: ReadArguments<never, NoFields>): Promise<Integration[]>;
  /** Discord's DELETE /guilds/{guild_id}/integrations/{integration_id}. */
  deleteGuildIntegration(args: RestArguments<"integrationId", NoFields>): Promise<null>;
  /** Discord's GET /guilds/{guild_id}/invites. */
  listGuildInvites(args?: ReadArguments<never, NoFields>): Promise<Invite[]>;
  /** Discord's GET /guilds/{guild_id}/members. */
  listGuildMembers(args?: ReadArguments<never, DiscordFields["listGuildMembers"]>): Promise<Member[]>;
  /** Discord's PATCH /guilds/{guild_id}/members/@me. */
  updateMyGuildMember(args?: RestArguments<never, DiscordFields["updateMyGuildMember"]>): Promise<Member>;
  /** Discord's GET /guilds/{guild_id}/members/search. */
  searchGuildMembers(args?: ReadArguments<never, DiscordFields["searchGuildMembers"]>): Promise<Member[]>;
  /** Discord's GET /guilds/{guild_id}/members/{user_id}. */
  getGuildMember(args: ReadArguments<"userId", NoFields>): Promise<Member>;
  /** Discord's PUT /guilds/{guild_id}/members/{user_id}. */
  addGuildMember(args: RestArguments<"userId", DiscordFields["addGuildMember"]>): Promise<Member>;
  /** Discord's DELETE /guilds/{guild_id}/members/{user_id}. */
  deleteGuildMember(args: RestArguments<"userId", NoFields>): Promise<null>;
  /** Discord's PATCH /guilds/{guild_id}/members/{user_id}. */
  updateGuildMember(args: RestArguments<"userId", DiscordFields["updateGuildMember"]>): Promise<Member>;
  /** Discord's PUT /guilds/{guild_id}/members/{user_id}/roles/{role_id}. */
  addGuildMemberRole(args: RestArguments<"userId" | "roleId", NoFields>): Promise<null>;
  /** Discord's DELETE /guilds/{guild_id}/members/{user_id}/roles/{role_id}. */
  deleteGuildMemberRole(args: RestArguments<"userId" | "roleId", NoFields>): Promise<null>;
  /** Discord's GET /guilds/{guild_id}/messages/search. */
  guildSearch(args?: ReadArguments<never, DiscordFields["guildSearch"]>): Promise<MessageSearch|SearchPending>;
  /** Discord's GET /guilds/{guild_id}/new-member-welcome. */
  getGuildNewMemberWelcome(args?: ReadArguments<never, NoFields>): Promise<NewMemberWelcome|null>;
  /** Discord's GET /guilds/{guild_id}/onboarding. */
  getGuildsOnboarding(args?: ReadArguments<never, NoFields>): Promise<Onboarding>;
  /** Discord's PUT /guilds/{guild_id}/onboarding. */
  putGuildsOnboarding(args?: RestArguments<never, DiscordFields["putGuildsOnboarding"]>): Promise<Onboarding>;
  /** Discord's GET /guilds/{guild_id}/preview. */
  getGuildPreview(args?: ReadArguments<never, NoFields>): Promise<GuildPreview>;
  /** Discord's GET /guilds/{guild_id}/prune. */
  previewPruneGuild(args?: ReadArguments<never, DiscordFields["previewPruneGuild"]>): Promise<{pruned:number|null}>;
  /** Discord's POST /guilds/{guild_id}/prune. */
  pruneGuild(args?: RestArguments<never, DiscordFields["pruneGuild"]>): Promise<{pruned:number|null}>;
  /** Discord's GET /guilds/{guild_id}/regions. */
  listGuildVoiceRegions(args?: ReadArguments<never, NoFields>): Promise<VoiceRegion[]>;
  /** Discord's GET /guilds/{guild_id}/requests. */
  getGuildJoinRequests(args?: ReadArguments<never, DiscordFields["getGuildJoinRequests"]>): Promise<{total?:number;guildJoinRequests?:JoinRequest[]}>;
  /** Discord's PATCH /guilds/{guild_id}/requests/{request_id}. */
  actionGuildJoinRequest(args: RestArguments<"requestId", DiscordFields["actionGuildJoinRequest"]>): Promise<JoinRequest>;
  /** Discord's GET /guilds/{guild_id}/roles. */
  listGuildRoles(args?: ReadArguments<never, NoFields>): Promise<Role[]>;
  /** Discord's POST /guilds/{guild_id}/roles. */
  createGuildRole(args?: RestArguments<never, DiscordFields["createGuildRole"]>): Promise<Role>;
  /** Discord's PATCH /guilds/{guild_id}/roles. */
  bulkUpdateGuildRoles(args: RestArguments<never, DiscordFields["bulkUpdateGuildRoles"]>): Promise<Role[]>;
  /** Discord's GET /guilds/{guild_id}/roles/member-counts. */
  guildRoleMemberCounts(args?: ReadArguments<never, NoFields>): Promise<Record<Snowflake,number>>;
  /** Discord's GET /guilds/{guild_id}/roles/{role_id}. */
  getGuildRole(args: ReadArguments<"roleId", NoFields>): Promise<Role>;
  /** Discord's DELETE /guilds/{guild_id}/roles/{role_id}. */
  deleteGuildRole(args: RestArguments<"roleId", NoFields>): Promise<null>;
  /** Discord's PATCH /guilds/{guild_id}/roles/{role_id}. */
  updateGuildRole(args: RestArguments<"roleId", DiscordFields["updateGuildRole"]>): Promise<Role>;
  /** Discord's GET /guilds/{guild_id}/scheduled-events. */
  listGuildScheduledEvents(args?: ReadArguments<never, DiscordFields["listGuildScheduledEvents"]>): Promise<ScheduledEvent[]>;
  /** Discord's POST /guilds/{guild_id}/scheduled-events. */
  createGuildScheduledEvent(args: RestArguments<never, DiscordFields["createGuildScheduledEvent"]>): Promise<ScheduledEvent>;
  /** Discord's GET /guilds/{guild_id}/scheduled-events/{guild_scheduled_event_id}. */
  getGuildScheduledEvent(args: ReadArguments<"guildScheduledEventId", DiscordFields["getGuildScheduledEvent"]>): Promise<ScheduledEvent>;
  /** Discord's DELETE /guilds/{guild_id}/scheduled-events/{guild_scheduled_event_id}. */
  deleteGuildScheduledEvent(args: RestArguments<"guildScheduledEventId", NoFields>): Promise<null>;
  /** Discord's PATCH /guilds/{guild_id}/scheduled-events/{guild_scheduled_event_id}. */
  updateGuildScheduledEvent(args: RestArguments<"guildScheduledEventId", DiscordFields["updateGuildScheduledEvent"]>): Promise<ScheduledEvent>;
  /** Discord's POST /guilds/{guild_id}/scheduled-events/{guild_scheduled_event_id}/exceptions. */
  createGuildScheduledEventException(args: RestArguments<"guildScheduledEventId", DiscordFields["createGuildScheduledEventException"]>): Promise<ScheduledEventException>;
  /** Discord's DELETE /guilds/{guild_id}/scheduled-events/{guild_scheduled_event_id}/exceptions/{exception_id}. */
  deleteGuildScheduledEventException(args: RestArguments<"guildScheduledEventId" | "exceptionId", NoFields>): Promise<null>;
  /** Discord's PATCH /guilds/{guild_id}/scheduled-events/{guild_scheduled_event_id}/exceptions/{exception_id}. */
  updateGuildScheduledEventException(args: RestArguments<"guildScheduledEventId" | "exceptionId", DiscordFields["updateGuildScheduledEventException"]>): Promise<ScheduledEventException>;
  /** Discord's GET /guilds/{guild_id}/scheduled-events/{guild_scheduled_event_id}/users. */
  listGuildScheduledEventUsers(args: ReadArguments<"guildScheduledEventId", DiscordFields["listGuildScheduledEventUsers"]>): Promise<{user:User;member?:Member}[]>;
  /** Discord's GET /guilds/{guild_id}/scheduled-events/{guild_scheduled_event_id}/users/counts. */
  countGuildScheduledEventUsers(args: ReadArguments<"guildScheduledEventId", DiscordFields["countGuildScheduledEventUsers"]>): Promise<ScheduledEventCounts>;
  /** Discord's GET /guilds/{guild_id}/scheduled-events/{guild_scheduled_event_id}/{guild_scheduled_event_exception_id}/users. */
  listGuildScheduledEventExceptionUsers(args: ReadArguments<"guildScheduledEventId" | "guildScheduledEventExceptionId", DiscordFields["listGuildScheduledEventExceptionUsers"]>): Promise<{user:User;member?:Member}[]>;
  /** Discord's GET /guilds/{guild_id}/soundboard-sounds. */
  listGuildSoundboardSounds(args?: ReadArguments<never, NoFields>): Promise<{items:SoundboardSound[]}>;
  /** Discord's POST /guilds/{guild_id}/soundboard-sounds. */
  createGuildSoundboardSound(args: RestArguments<never, DiscordFields["createGuildSoundboardSound"]>): Promise<SoundboardSound>;
  /** Discord's GET /guilds/{guild_id}/soundboard-sounds/{sound_id}. */
  getGuildSoundboardSound(args: ReadArguments<"soundId", NoFields>): Promise<SoundboardSound>;
  /** Discord's DELETE /guilds/{guild_id}/soundboard-sounds/{sound_id}. */
  deleteGuildSoundboardSound(args: RestArguments<"soundId", NoFields>): Promise<null>;
  /** Discord's PATCH /guilds/{guild_id}/soundboard-sounds/{sound_id}. */
  updateGuildSoundboardSound(args: RestArguments<"soundId", DiscordFields["updateGuildSoundboardSound"]>): Promise<SoundboardSound>;
  /** Discord's GET /guilds/{guild_id}/stickers. */
  listGuildStickers(args?: ReadArguments<never, NoFields>): Promise<Sticker[]>;
  /** Discord's POST /guilds/{guild_id}/stickers. */
  createGuildSticker(args?: RestArguments<never, NoFields>): Promise<Sticker>;
  /** Discord's GET /guilds/{guild_id}/stickers/{sticker_id}. */
  getGuildSticker(args: ReadArguments<"stickerId", NoFields>): Promise<Sticker>;
  /** Discord's DELETE /guilds/{guild_id}/stickers/{sticker_id}. */
  deleteGuildSticker(args: RestArguments<"stickerId", NoFields>): Promise<null>;
  /** Discord's PATCH /guilds/{guild_id}/stickers/{sticker_id}. */
  updateGuildSticker(args: RestArguments<"stickerId", DiscordFields["updateGuildSticker"]>): Promise<Sticker>;
  /** Discord's GET /guilds/{guild_id}/templates. */
  listGuildTemplates(args?: ReadArguments<never, NoFields>): Promise<GuildTemplate[]>;
  /** Discord's POST /guilds/{guild_id}/templates. */
  createGuildTemplate(args: RestArguments<never, DiscordFields["createGuildTemplate"]>): Promise<GuildTemplate>;
  /** Discord's PUT /guilds/{guild_id}/templates/{code}. */
  syncGuildTemplate(args: RestArguments<"code", NoFields>): Promise<GuildTemplate>;
  /** Discord's DELETE /guilds/{guild_id}/templates/{code}. */
  deleteGuildTemplate(args: RestArguments<"code", NoFields>): Promise<GuildTemplate>;
  /** Discord's PATCH /guilds/{guild_id}/templates/{code}. */
  updateGuildTemplate(args: RestArguments<"code", DiscordFields["updateGuildTemplate"]>): Promise<GuildTemplate>;
  /** Discord's GET /guilds/{guild_id}/threads/active. */
  getActiveGuildThreads(args?: ReadArguments<never, NoFields>): Promise<{threads:Channel[];members:ThreadMember[];hasMore?:boolean}>;
  /** Discord's GET /guilds/{guild_id}/vanity-url. */
  getGuildVanityUrl(args?: ReadArguments<never, NoFields>): Promise<{code:string|null;uses:number}>;
  /** Discord's GET /guilds/{guild_id}/voice-states/@me. */
  getSelfVoiceState(args?: ReadArguments<never, NoFields>): Promise<VoiceState>;
  /** Discord's PATCH /guilds/{guild_id}/voice-states/@me. */
  updateSelfVoiceState(args?: RestArguments<never, DiscordFields["updateSelfVoiceState"]>): Promise<null>;
  /** Discord's GET /guilds/{guild_id}/voice-states/{user_id}. */
  getVoiceState(args: ReadArguments<"userId", NoFields>): Promise<VoiceState>;
  /** Discord's PATCH /guilds/{guild_id}/voice-states/{user_id}. */
  updateVoiceState(args: RestArguments<"userId", DiscordFields["updateVoiceState"]>): Promise<null>;
  /** Discord's GET /guilds/{guild_id}/webhooks. */
  getGuildWebhooks(args?: ReadArguments<never, NoFields>): Promise<Webhook[]>;
  /** Discord's GET /guilds/{guild_id}/welcome-screen. */
  getGuildWelcomeScreen(args?: ReadArguments<never, NoFields>): Promise<WelcomeScreen>;
  /** Discord's PATCH /guilds/{guild_id}/welcome-screen. */
  updateGuildWelcomeScreen(args?: RestArguments<never, DiscordFields["updateGuildWelcomeScreen"]>): Promise<WelcomeScreen>;
  /** Discord's GET /guilds/{guild_id}/widget. */
  getGuildWidgetSettings(args?: ReadArguments<never, NoFields>): Promise<WidgetSettings>;
  /** Discord's PATCH /guilds/{guild_id}/widget. */
  updateGuildWidgetSettings(args?: RestArguments<never, DiscordFields["updateGuildWidgetSettings"]>): Promise<WidgetSettings>;
  /** Discord's GET /guilds/{guild_id}/widget.json. */
  getGuildWidget(args?: ReadArguments<never, NoFields>): Promise<Widget>;
  /** Discord's POST /interactions/{interaction_id}/{interaction_token}/callback. */
  createInteractionResponse(args: RestArguments<"interactionId" | "interactionToken", AnyFields>): Promise<InteractionCallback|null>;
  /** Discord's POST /stage-instances. */
  createStageInstance(args: RestArguments<never, DiscordFields["createStageInstance"]>): Promise<StageInstance>;
  /** Discord's GET /stage-instances/{channel_id}. */
  getStageInstance(args: ReadArguments<"channelId", NoFields>): Promise<StageInstance>;
  /** Discord's DELETE /stage-instances/{channel_id}. */
  deleteStageInstance(args: RestArguments<"channelId", NoFields>): Promise<null>;
  /** Discord's PATCH /stage-instances/{channel_id}. */
  updateStageInstance(args: RestArguments<"channelId", DiscordFields["updateStageInstance"]>): Promise<StageInstance>;
  /** Discord's GET /webhooks/{webhook_id}. */
  getWebhook(args: ReadArguments<"webhookId", NoFields>): Promise<Webhook>;
  /** Discord's DELETE /webhooks/{webhook_id}. */
  deleteWebhook(args: RestArguments<"webhookId", NoFields>): Promise<null>;
  /** Discord's PATCH /webhooks/{webhook_id}. */
  updateWebhook(args: RestArguments<"webhookId", DiscordFields["updateWebhook"]>): Promise<Webhook>;
  /** Discord's GET /webhooks/{webhook_id}/{webhook_token}. */
  getWebhookByToken(args: ReadArguments<"webhookId" | "webhookToken", NoFields>): Promise<Webhook>;
  /** Discord's POST /webhooks/{webhook_id}/{webhook_token}. */
  executeWebhook(args: MessageArguments<"webhookId" | "webhookToken">): Promise<Message|null>;
  /** Discord's DELETE /webhooks/{webhook_id}/{webhook_token}. */
  deleteWebhookByToken(args: RestArguments<"webhookId" | "webhookToken", NoFields>): Promise<null>;
  /** Discord's PATCH /webhooks/{webhook_id}/{webhook_token}. */
  updateWebhookByToken(args: RestArguments<"webhookId" | "webhookToken", DiscordFields["updateWebhookByToken"]>): Promise<Webhook>;
  /** Discord's GET /webhooks/{webhook_id}/{webhook_token}/messages/@original. */
  getOriginalWebhookMessage(args: ReadArguments<"webhookId" | "webhookToken", DiscordFields["getOriginalWebhookMessage"]>): Promise<Message>;
  /** Discord's DELETE /webhooks/{webhook_id}/{webhook_token}/messages/@original. */
  deleteOriginalWebhookMessage(args: RestArguments<"webhookId" | "webhookToken", NoFields>): Promise<null>;
  /** Discord's PATCH /webhooks/{webhook_id}/{webhook_token}/messages/@original. */
  updateOriginalWebhookMessage(args: MessageArguments<"webhookId" | "webhookToken">): Promise<Message>;
  /** Discord's GET /webhooks/{webhook_id}/{webhook_token}/messages/{message_id}. */
  getWebhookMessage(args: ReadArguments<"webhookId" | "webhookToken" | "messageId", DiscordFields["getWebhookMessage"]>): Promise<Message>;
  /** Discord's DELETE /webhooks/{webhook_id}/{webhook_token}/messages/{message_id}. */
  deleteWebhookMessage(args: RestArguments<"webhookId" | "webhookToken" | "messageId", NoFields>): Promise<null>;
  /** Discord's PATCH /webhooks/{webhook_id}/{webhook_token}/messages/{message_id}. */
  updateWebhookMessage(args: MessageArguments<"webhookId" | "webhookToken" | "messageId">): Promise<Message>;
}

// -- the web platform -------------------------------------------------------------------------------------------------

interface Console {
  debug(...values: unknown[]): void;
  log(...values: unknown[]): void;
  info(...values: unknown[]): void;
  warn(...values: unknown[]): void;
  error(...values: unknown[]): void;
  trace(...values: unknown[]): void;
  dir(value: unknown): void;
  table(value: unknown): void;
  assert(holds?: unknown, ...values: unknown[]): void;
  count(label?: string): void;
  countReset(label?: string): void;
  time(label?: string): void;
  timeLog(label?: string, ...values: unknown[]): void;
  timeEnd(label?: string): void;
  group(...values: unknown[]): void;
  groupCollapsed(...values: unknown[]): void;
  groupEnd(): void;
}
/** To the guild's log. */
declare const console: Console;

declare function setTimeout<Args extends unknown[]>(callback: (...args: Args) => unknown, ms?: number, ...args: Args): number;
declare function setInterval<Args extends unknown[]>(callback: (...args: Args) => unknown, ms?: number, ...args: Args): number;
declare function clearTimeout(id: number | undefined): void;
declare function clearInterval(id: number | undefined): void;
declare function queueMicrotask(callback: () => void): void;
declare function structuredClone<Value>(value: Value, options?: { transfer?: Iterable<ArrayBuffer> }): Value;
declare function atob(text: string): string;
declare function btoa(text: string): string;

type BufferSource = ArrayBuffer | ArrayBufferView;
type BlobPart = BufferSource | Blob | string;
type BodyInit = BufferSource | Blob | FormData | URLSearchParams | ReadableStream | string;
type HeadersInit = Headers | Iterable<readonly [string, unknown]> | Record<string, unknown>;

declare class DOMException extends Error {
  constructor(message?: string, name?: string);
  readonly code: number;
}

declare class QuotaExceededError extends DOMException {
  constructor(message?: string, options?: { quota?: number; requested?: number });
  readonly quota: number | null;
  readonly requested: number | null;
}

interface EventInit {
  bubbles?: boolean;
  cancelable?: boolean;
  composed?: boolean;
}
declare class Event {
  constructor(type: string, init?: EventInit);
  readonly type: string;
  readonly target: any;
  readonly currentTarget: any;
  readonly bubbles: boolean;
  readonly cancelable: boolean;
  readonly composed: boolean;
  readonly defaultPrevented: boolean;
  readonly eventPhase: number;
  readonly timeStamp: number;
  readonly isTrusted: boolean;
  preventDefault(): void;
  stopPropagation(): void;
  stopImmediatePropagation(): void;
  composedPath(): any[];
}
declare class CustomEvent<Detail = any> extends Event {
  constructor(type: string, init?: EventInit & { detail?: Detail });
  readonly detail: Detail;
}
type EventListenerLike = ((event: any) => unknown) | { handleEvent(event: any): unknown };
interface ListenerOptions {
  capture?: boolean;
  once?: boolean;
  passive?: boolean;
  signal?: AbortSignal;
}
declare class EventTarget {
  addEventListener(type: string, listener: EventListenerLike | null, options?: boolean | ListenerOptions): void;
  removeEventListener(type: string, listener: EventListenerLike | null, options?: boolean | ListenerOptions): void;
  dispatchEvent(event: Event): boolean;
}
declare class AbortSignal extends EventTarget {
  private constructor();
  static abort(reason?: unknown): AbortSignal;
  static timeout(ms: number): AbortSignal;
  static any(signals: Iterable<AbortSignal>): AbortSignal;
  readonly aborted: boolean;
  readonly reason: any;
  onabort: ((event: Event) => unknown) | null;
  throwIfAborted(): void;
}
declare class AbortController {
  readonly signal: AbortSignal;
  abort(reason?: unknown): void;
}

declare class TextEncoder {
  readonly encoding: string;
  encode(text?: string): Uint8Array<ArrayBuffer>;
  encodeInto(text: string, target: Uint8Array): { read: number; written: number };
}
declare class TextDecoder {
  constructor(label?: string, options?: { fatal?: boolean; ignoreBOM?: boolean });
  readonly encoding: string;
  readonly fatal: boolean;
  readonly ignoreBOM: boolean;
  decode(input?: BufferSource, options?: { stream?: boolean }): string;
}

declare class URLSearchParams {
  constructor(init?: string | URLSearchParams | Iterable<readonly [string, unknown]> | Record<string, unknown>);
  readonly size: number;
  append(name: string, value: unknown): void;
  delete(name: string, value?: unknown): void;
  get(name: string): string | null;
  getAll(name: string): string[];
  has(name: string, value?: unknown): boolean;
  set(name: string, value: unknown): void;
  sort(): void;
  forEach(visit: (value: string, name: string, params: URLSearchParams) => void): void;
  entries(): Generator<[string, string]>;
  keys(): Generator<string>;
  values(): Generator<string>;
  [Symbol.iterator](): Generator<[string, string]>;
  toString(): string;
}
declare class URL {
  constructor(url: string | URL, base?: string | URL);
  static parse(url: string | URL, base?: string | URL): URL | null;
  static canParse(url: string | URL, base?: string | URL): boolean;
  href: string;
  readonly origin: string;
  protocol: string;
  username: string;
  password: string;
  host: string;
  hostname: string;
  port: string;
  pathname: string;
  search: string;
  readonly searchParams: URLSearchParams;
  hash: string;
  toString(): string;
  toJSON(): string;
}
interface URLPatternInit {
  protocol?: string;
  username?: string;
  password?: string;
  hostname?: string;
  port?: string;
  pathname?: string;
  search?: string;
  hash?: string;
  baseURL?: string;
}
interface URLPatternPart {
  input: string;
  groups: Record<string, string | undefined>;
}
interface URLPatternResult {
  inputs: (string | URLPatternInit)[];
  protocol: URLPatternPart;
  username: URLPatternPart;
  password: URLPatternPart;
  hostname: URLPatternPart;
  port: URLPatternPart;
  pathname: URLPatternPart;
  search: URLPatternPart;
  hash: URLPatternPart;
}
declare class URLPattern {
  constructor(init?: string | URLPatternInit, baseURL?: string);
  test(input?: string | URLPatternInit, baseURL?: string): boolean;
  exec(input?: string | URLPatternInit, baseURL?: string): URLPatternResult | null;
  readonly protocol: string;
  readonly username: string;
  readonly password: string;
  readonly hostname: string;
  readonly port: string;
  readonly pathname: string;
  readonly search: string;
  readonly hash: string;
}

declare class Blob {
  constructor(parts?: Iterable<BlobPart>, options?: { type?: string; endings?: "transparent" | "native" });
  readonly size: number;
  readonly type: string;
  slice(start?: number, end?: number, type?: string): Blob;
  bytes(): Promise<Uint8Array<ArrayBuffer>>;
  arrayBuffer(): Promise<ArrayBuffer>;
  text(): Promise<string>;
  stream(): ReadableStream<Uint8Array>;
}
declare class File extends Blob {
  constructor(parts: Iterable<BlobPart>, name: string, options?: { type?: string; lastModified?: number });
  readonly name: string;
  readonly lastModified: number;
}
declare class FormData {
  append(name: string, value: string | Blob, fileName?: string): void;
  set(name: string, value: string | Blob, fileName?: string): void;
  delete(name: string): void;
  get(name: string): string | File | null;
  getAll(name: string): (string | File)[];
  has(name: string): boolean;
  forEach(visit: (value: string | File, name: string, form: FormData) => void): void;
  entries(): Generator<[string, string | File]>;
  keys(): Generator<string>;
  values(): Generator<string | File>;
  [Symbol.iterator](): Generator<[string, string | File]>;
}

declare class Headers {
  constructor(init?: HeadersInit);
  append(name: string, value: unknown): void;
  delete(name: string): void;
  get(name: string): string | null;
  getSetCookie(): string[];
  has(name: string): boolean;
  set(name: string, value: unknown): void;
  forEach(visit: (value: string, name: string, headers: Headers) => void): void;
  entries(): Generator<[string, string]>;
  keys(): Generator<string>;
  values(): Generator<string>;
  [Symbol.iterator](): Generator<[string, string]>;
}
interface BodyMixin {
  readonly body: ReadableStream<Uint8Array> | null;
  readonly bodyUsed: boolean;
  bytes(): Promise<Uint8Array<ArrayBuffer>>;
  arrayBuffer(): Promise<ArrayBuffer>;
  text(): Promise<string>;
  json(): Promise<any>;
  blob(): Promise<Blob>;
  formData(): Promise<FormData>;
}
interface RequestInit {
  method?: string;
  headers?: HeadersInit;
  body?: BodyInit | null;
  redirect?: "follow" | "error" | "manual";
  signal?: AbortSignal | null;
  credentials?: string;
  cache?: string;
  mode?: string;
  integrity?: string;
  keepalive?: boolean;
  referrer?: string;
  referrerPolicy?: string;
  /** Needed where the body is a stream. */
  duplex?: "half";
}
interface Request extends BodyMixin {}
declare class Request {
  constructor(input: string | URL | Request, init?: RequestInit);
  readonly url: string;
  readonly method: string;
  readonly headers: Headers;
  readonly redirect: "follow" | "error" | "manual";
  readonly signal: AbortSignal;
  readonly credentials: string;
  readonly cache: string;
  readonly mode: string;
  readonly integrity: string;
  readonly keepalive: boolean;
  readonly referrer: string;
  readonly referrerPolicy: string;
  readonly destination: string;
  readonly duplex: "half";
  clone(): Request;
}
interface ResponseInit {
  status?: number;
  statusText?: string;
  headers?: HeadersInit;
}
interface Response extends BodyMixin {}
declare class Response {
  constructor(body?: BodyInit | null, init?: ResponseInit);
  static json(value: unknown, init?: ResponseInit): Response;
  static redirect(url: string | URL, status?: number): Response;
  static error(): Response;
  readonly status: number;
  readonly statusText: string;
  readonly ok: boolean;
  readonly headers: Headers;
  readonly url: string;
  readonly redirected: boolean;
  readonly type: string;
  clone(): Response;
}
/** Public addresses only; docs/fetch.md has the rules. */
declare function fetch(input: string | URL | Request, init?: RequestInit): Promise<Response>;

interface ReadableStreamReadResult<Chunk> {
  done: boolean;
  value: Chunk | undefined;
}
declare class ReadableStreamDefaultReader<Chunk = any> {
  constructor(stream: ReadableStream<Chunk>);
  readonly closed: Promise<undefined>;
  read(): Promise<{ done: false; value: Chunk } | { done: true; value: undefined }>;
  cancel(reason?: unknown): Promise<void>;
  releaseLock(): void;
}
declare class ReadableStreamBYOBReader {
  constructor(stream: ReadableStream<Uint8Array>);
  readonly closed: Promise<undefined>;
  read<View extends ArrayBufferView>(view: View): Promise<{ done: boolean; value: View | undefined }>;
  cancel(reason?: unknown): Promise<void>;
  releaseLock(): void;
}
declare class ReadableStreamDefaultController<Chunk = any> {
  private constructor();
  readonly desiredSize: number | null;
  enqueue(chunk: Chunk): void;
  close(): void;
  error(reason?: unknown): void;
}
declare class ReadableByteStreamController {
  private constructor();
  readonly byobRequest: ReadableStreamBYOBRequest | null;
  readonly desiredSize: number | null;
  enqueue(chunk: ArrayBufferView): void;
  close(): void;
  error(reason?: unknown): void;
}
declare class ReadableStreamBYOBRequest {
  private constructor();
  readonly view: Uint8Array | null;
  respond(bytesWritten: number): void;
  respondWithNewView(view: ArrayBufferView): void;
}
interface QueuingStrategy<Chunk = any> {
  highWaterMark?: number;
  size?(chunk: Chunk): number;
}
interface StreamPipeOptions {
  preventAbort?: boolean;
  preventCancel?: boolean;
  preventClose?: boolean;
  signal?: AbortSignal;
}
interface ReadableWritablePair<Out = any, In = any> {
  readable: ReadableStream<Out>;
  writable: WritableStream<In>;
}
declare class ReadableStream<Chunk = any> {
  constructor(
    source: {
      type: "bytes";
      autoAllocateChunkSize?: number;
      start?(controller: ReadableByteStreamController): unknown;
      pull?(controller: ReadableByteStreamController): unknown;
      cancel?(reason?: unknown): unknown;
    },
    strategy?: { highWaterMark?: number },
  );
  constructor(
    source?: {
      start?(controller: ReadableStreamDefaultController<Chunk>): unknown;
      pull?(controller: ReadableStreamDefaultController<Chunk>): unknown;
      cancel?(reason?: unknown): unknown;
    },
    strategy?: QueuingStrategy<Chunk>,
  );
  static from<Chunk>(source: AsyncIterable<Chunk> | Iterable<Chunk>): ReadableStream<Chunk>;
  readonly locked: boolean;
  cancel(reason?: unknown): Promise<void>;
  getReader(): ReadableStreamDefaultReader<Chunk>;
  getReader(options: { mode: "byob" }): ReadableStreamBYOBReader;
  pipeThrough<Out>(pair: ReadableWritablePair<Out, Chunk>, options?: StreamPipeOptions): ReadableStream<Out>;
  pipeTo(destination: WritableStream<Chunk>, options?: StreamPipeOptions): Promise<void>;
  tee(): [ReadableStream<Chunk>, ReadableStream<Chunk>];
  [Symbol.asyncIterator](): AsyncIterableIterator<Chunk>;
}
declare class WritableStreamDefaultWriter<Chunk = any> {
  constructor(stream: WritableStream<Chunk>);
  readonly closed: Promise<undefined>;
  readonly ready: Promise<undefined>;
  readonly desiredSize: number | null;
  write(chunk: Chunk): Promise<void>;
  close(): Promise<void>;
  abort(reason?: unknown): Promise<void>;
  releaseLock(): void;
}
declare class WritableStreamDefaultController {
  private constructor();
  readonly signal: AbortSignal;
  error(reason?: unknown): void;
}
declare class WritableStream<Chunk = any> {
  constructor(
    sink?: {
      start?(controller: WritableStreamDefaultController): unknown;
      write?(chunk: Chunk, controller: WritableStreamDefaultController): unknown;
      close?(): unknown;
      abort?(reason?: unknown): unknown;
    },
    strategy?: QueuingStrategy<Chunk>,
  );
  readonly locked: boolean;
  getWriter(): WritableStreamDefaultWriter<Chunk>;
  close(): Promise<void>;
  abort(reason?: unknown): Promise<void>;
}
declare class TransformStreamDefaultController<Out = any> {
  private constructor();
  readonly desiredSize: number | null;
  enqueue(chunk: Out): void;
  error(reason?: unknown): void;
  terminate(): void;
}
declare class TransformStream<In = any, Out = any> {
  constructor(
    transformer?: {
      start?(controller: TransformStreamDefaultController<Out>): unknown;
      transform?(chunk: In, controller: TransformStreamDefaultController<Out>): unknown;
      flush?(controller: TransformStreamDefaultController<Out>): unknown;
    },
    writable?: QueuingStrategy<In>,
    readable?: QueuingStrategy<Out>,
  );
  readonly readable: ReadableStream<Out>;
  readonly writable: WritableStream<In>;
}
declare class ByteLengthQueuingStrategy implements QueuingStrategy<ArrayBufferView> {
  constructor(init: { highWaterMark: number });
  readonly highWaterMark: number;
  size(chunk: ArrayBufferView): number;
}
declare class CountQueuingStrategy implements QueuingStrategy {
  constructor(init: { highWaterMark: number });
  readonly highWaterMark: number;
  size(): number;
}
declare class TextEncoderStream {
  readonly encoding: string;
  readonly readable: ReadableStream<Uint8Array>;
  readonly writable: WritableStream<string>;
}
declare class TextDecoderStream {
  constructor(label?: string, options?: { fatal?: boolean; ignoreBOM?: boolean });
  readonly encoding: string;
  readonly readable: ReadableStream<string>;
  readonly writable: WritableStream<BufferSource>;
}

type HashName = "SHA-1" | "SHA-256" | "SHA-384" | "SHA-512";
type HashAlgorithm = HashName | { name: HashName };
type HmacAlgorithm = { name: "HMAC"; hash: HashAlgorithm; length?: number };
declare class CryptoKey {
  private constructor();
  readonly type: "secret";
  readonly extractable: boolean;
  readonly algorithm: { readonly name: string; readonly hash: { readonly name: string }; readonly length: number };
  readonly usages: readonly string[];
}
/** Digests and HMAC. */
declare class SubtleCrypto {
  private constructor();
  digest(algorithm: HashAlgorithm, data: BufferSource): Promise<ArrayBuffer>;
  importKey(format: "raw", key: BufferSource, algorithm: HmacAlgorithm, extractable: boolean, usages: ("sign" | "verify")[]): Promise<CryptoKey>;
  importKey(format: "jwk", key: { kty: string; k: string }, algorithm: HmacAlgorithm, extractable: boolean, usages: ("sign" | "verify")[]): Promise<CryptoKey>;
  generateKey(algorithm: HmacAlgorithm, extractable: boolean, usages: ("sign" | "verify")[]): Promise<CryptoKey>;
  exportKey(format: "raw", key: CryptoKey): Promise<ArrayBuffer>;
  exportKey(format: "jwk", key: CryptoKey): Promise<{ kty: string; k: string; alg: string; key_ops: string[]; ext: boolean }>;
  sign(algorithm: "HMAC" | { name: "HMAC" }, key: CryptoKey, data: BufferSource): Promise<ArrayBuffer>;
  verify(algorithm: "HMAC" | { name: "HMAC" }, key: CryptoKey, signature: BufferSource, data: BufferSource): Promise<boolean>;
}
declare const crypto: {
  readonly subtle: SubtleCrypto;
  getRandomValues<View extends ArrayBufferView>(view: View): View;
  randomUUID(): string;
};

declare const performance: {
  now(): number;
  readonly timeOrigin: number;
  toJSON(): { timeOrigin: number };
};
declare const navigator: {
  readonly userAgent: string;
  readonly hardwareConcurrency: number;
  readonly language: string;
  readonly languages: readonly string[];
};
