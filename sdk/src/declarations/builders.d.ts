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
