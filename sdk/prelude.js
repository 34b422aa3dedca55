// Made by `python -m sdk.build` from sdk/src. Evaluated once in the zygote, before any script.
"use strict";
(() => {
  var __defProp = Object.defineProperty;
  var __export = (target, all) => {
    for (var name in all)
      __defProp(target, name, { get: all[name], enumerable: true });
  };

  // builders/globals.ts
  var globals_exports = {};
  __export(globals_exports, {
    ActionRowBuilder: () => ActionRowBuilder,
    AuditLogEvent: () => AuditLogEvent,
    AutoModAction: () => AutoModAction,
    AutoModTrigger: () => AutoModTrigger,
    ButtonBuilder: () => ButtonBuilder,
    ButtonStyle: () => ButtonStyle,
    ButtonStyles: () => ButtonStyles,
    COMMAND_LIMITS: () => COMMAND_LIMITS,
    COMPONENT_LIMITS: () => COMPONENT_LIMITS,
    ChannelType: () => ChannelType,
    CheckboxBuilder: () => CheckboxBuilder,
    CheckboxGroupBuilder: () => CheckboxGroupBuilder,
    Colors: () => Colors,
    CommandType: () => CommandType,
    ComponentBuilder: () => ComponentBuilder,
    ComponentType: () => ComponentType,
    ContainerBuilder: () => ContainerBuilder,
    DefinitionError: () => DefinitionError,
    EMBED_LIMITS: () => EMBED_LIMITS,
    EmbedBuilder: () => EmbedBuilder,
    FileBuilder: () => FileBuilder,
    FileUploadBuilder: () => FileUploadBuilder,
    InputTextBuilder: () => InputTextBuilder,
    InputTextStyle: () => InputTextStyle,
    InputTextStyles: () => InputTextStyles,
    Intents: () => Intents,
    InteractionResponseType: () => InteractionResponseType,
    InteractionType: () => InteractionType,
    LOCALES: () => LOCALES,
    LabelBuilder: () => LabelBuilder,
    MESSAGE_LIMITS: () => MESSAGE_LIMITS,
    MediaGalleryBuilder: () => MediaGalleryBuilder,
    MessageFlags: () => MessageFlags,
    MessageType: () => MessageType,
    ModalBuilder: () => ModalBuilder,
    OptionType: () => OptionType,
    OverwriteType: () => OverwriteType,
    PermissionFlags: () => PermissionFlags,
    PollBuilder: () => PollBuilder,
    RadioGroupBuilder: () => RadioGroupBuilder,
    ScheduledEventKind: () => ScheduledEventKind,
    ScheduledEventStatus: () => ScheduledEventStatus,
    SectionBuilder: () => SectionBuilder,
    SelectBuilder: () => SelectBuilder,
    SeparatorBuilder: () => SeparatorBuilder,
    SeparatorSpacing: () => SeparatorSpacing,
    StringSelectBuilder: () => StringSelectBuilder,
    TextDisplayBuilder: () => TextDisplayBuilder,
    TextInputStyle: () => TextInputStyle,
    ThumbnailBuilder: () => ThumbnailBuilder,
    TimestampStyle: () => TimestampStyle,
    VerificationLevel: () => VerificationLevel,
    actionRow: () => actionRow,
    addFlag: () => addFlag,
    bold: () => bold,
    bulletList: () => bulletList,
    button: () => button,
    channelMention: () => channelMention,
    channelSelect: () => channelSelect,
    checkbox: () => checkbox,
    checkboxGroup: () => checkboxGroup,
    checkedCommands: () => checkedCommands,
    chunk: () => chunk,
    codeBlock: () => codeBlock,
    colorOf: () => colorOf,
    commandMention: () => commandMention,
    commandProblems: () => commandProblems,
    confirmMessage: () => confirmMessage,
    confirmPattern: () => confirmPattern,
    container: () => container,
    createdAt: () => createdAt,
    embed: () => embed,
    embedLength: () => embedLength,
    emojiMention: () => emojiMention,
    emojiOf: () => emojiOf,
    escapeMarkdown: () => escapeMarkdown,
    escapeMentions: () => escapeMentions,
    file: () => file,
    fileUpload: () => fileUpload,
    focusedOption: () => focusedOption,
    formatDuration: () => formatDuration,
    hasFlag: () => hasFlag,
    hasPermissions: () => hasPermissions,
    heading: () => heading,
    hideLinkEmbed: () => hideLinkEmbed,
    hyperlink: () => hyperlink,
    inRows: () => inRows,
    inlineCode: () => inlineCode,
    inputText: () => inputText,
    italic: () => italic,
    label: () => label,
    mediaGallery: () => mediaGallery,
    mentionableSelect: () => mentionableSelect,
    mentionedIds: () => mentionedIds,
    messageLink: () => messageLink,
    missingPermissions: () => missingPermissions,
    modal: () => modal,
    modalValues: () => modalValues,
    pageButtons: () => pageButtons,
    pageMessage: () => pageMessage,
    pagePattern: () => pagePattern,
    pagesOfLines: () => pagesOfLines,
    parseDuration: () => parseDuration,
    permissionBits: () => permissionBits,
    permissionNames: () => permissionNames,
    poll: () => poll,
    quote: () => quote,
    radioGroup: () => radioGroup,
    readConfirmId: () => readConfirmId,
    readPageId: () => readPageId,
    relativeTime: () => relativeTime,
    removeFlag: () => removeFlag,
    roleMention: () => roleMention,
    roleSelect: () => roleSelect,
    section: () => section,
    separator: () => separator,
    spoiler: () => spoiler,
    strikethrough: () => strikethrough,
    stringSelect: () => stringSelect,
    subtext: () => subtext,
    textDisplay: () => textDisplay,
    textInput: () => textInput,
    thumbnail: () => thumbnail,
    timestamp: () => timestamp,
    truncate: () => truncate,
    underline: () => underline,
    userMention: () => userMention,
    userSelect: () => userSelect
  });

  // builders/constants.ts
  var ButtonStyle = { Primary: 1, Secondary: 2, Success: 3, Danger: 4, Link: 5, Premium: 6 };
  var ButtonStyles = ButtonStyle;
  var InputTextStyle = { Short: 1, Paragraph: 2 };
  var InputTextStyles = InputTextStyle;
  var TextInputStyle = InputTextStyle;
  var ComponentType = {
    ActionRow: 1,
    Button: 2,
    StringSelect: 3,
    InputText: 4,
    TextInput: 4,
    UserSelect: 5,
    RoleSelect: 6,
    MentionableSelect: 7,
    ChannelSelect: 8,
    Section: 9,
    TextDisplay: 10,
    Thumbnail: 11,
    MediaGallery: 12,
    File: 13,
    Separator: 14,
    Container: 17,
    Label: 18,
    FileUpload: 19,
    RadioGroup: 21,
    CheckboxGroup: 22,
    Checkbox: 23
  };
  var SeparatorSpacing = { Small: 1, Large: 2 };
  var MessageFlags = {
    CROSSPOSTED: 1 << 0,
    IS_CROSSPOST: 1 << 1,
    SUPPRESS_EMBEDS: 1 << 2,
    SOURCE_MESSAGE_DELETED: 1 << 3,
    URGENT: 1 << 4,
    HAS_THREAD: 1 << 5,
    EPHEMERAL: 1 << 6,
    LOADING: 1 << 7,
    FAILED_TO_MENTION_SOME_ROLES_IN_THREAD: 1 << 8,
    SUPPRESS_NOTIFICATIONS: 1 << 12,
    IS_VOICE_MESSAGE: 1 << 13,
    HAS_SNAPSHOT: 1 << 14,
    IS_COMPONENTS_V2: 1 << 15
  };
  var ChannelType = {
    GuildText: 0,
    DM: 1,
    GuildVoice: 2,
    GroupDM: 3,
    GuildCategory: 4,
    GuildAnnouncement: 5,
    AnnouncementThread: 10,
    PublicThread: 11,
    PrivateThread: 12,
    GuildStageVoice: 13,
    GuildDirectory: 14,
    GuildForum: 15,
    GuildMedia: 16
  };
  var CommandType = { ChatInput: 1, User: 2, Message: 3, PrimaryEntryPoint: 4 };
  var OptionType = {
    Subcommand: 1,
    SubcommandGroup: 2,
    String: 3,
    Integer: 4,
    Boolean: 5,
    User: 6,
    Channel: 7,
    Role: 8,
    Mentionable: 9,
    Number: 10,
    Attachment: 11
  };
  var InteractionType = { Ping: 1, Command: 2, Component: 3, Autocomplete: 4, ModalSubmit: 5 };
  var InteractionResponseType = {
    Pong: 1,
    Message: 4,
    DeferredMessage: 5,
    DeferredUpdate: 6,
    UpdateMessage: 7,
    AutocompleteResult: 8,
    Modal: 9,
    LaunchActivity: 12
  };
  var MessageType = {
    Default: 0,
    RecipientAdd: 1,
    RecipientRemove: 2,
    Call: 3,
    ChannelNameChange: 4,
    ChannelIconChange: 5,
    ChannelPinnedMessage: 6,
    UserJoin: 7,
    GuildBoost: 8,
    GuildBoostTier1: 9,
    GuildBoostTier2: 10,
    GuildBoostTier3: 11,
    ChannelFollowAdd: 12,
    ThreadCreated: 18,
    Reply: 19,
    ChatInputCommand: 20,
    ThreadStarterMessage: 21,
    GuildInviteReminder: 22,
    ContextMenuCommand: 23,
    AutoModerationAction: 24,
    RoleSubscriptionPurchase: 25,
    StageStart: 27,
    StageEnd: 28,
    StageSpeaker: 29,
    StageTopic: 31,
    PollResult: 46
  };
  var Intents = {
    Guilds: 1 << 0,
    GuildMembers: 1 << 1,
    GuildModeration: 1 << 2,
    GuildExpressions: 1 << 3,
    GuildIntegrations: 1 << 4,
    GuildWebhooks: 1 << 5,
    GuildInvites: 1 << 6,
    GuildVoiceStates: 1 << 7,
    GuildPresences: 1 << 8,
    GuildMessages: 1 << 9,
    GuildMessageReactions: 1 << 10,
    GuildMessageTyping: 1 << 11,
    MessageContent: 1 << 15,
    GuildScheduledEvents: 1 << 16,
    AutoModerationConfiguration: 1 << 20,
    AutoModerationExecution: 1 << 21,
    GuildMessagePolls: 1 << 24
  };
  var TimestampStyle = {
    ShortTime: "t",
    LongTime: "T",
    ShortDate: "d",
    LongDate: "D",
    ShortDateTime: "f",
    LongDateTime: "F",
    Relative: "R"
  };
  var VerificationLevel = { None: 0, Low: 1, Medium: 2, High: 3, VeryHigh: 4 };
  var AutoModTrigger = { Keyword: 1, Spam: 3, KeywordPreset: 4, MentionSpam: 5, MemberProfile: 6 };
  var AutoModAction = { BlockMessage: 1, SendAlert: 2, Timeout: 3, BlockMember: 4 };
  var ScheduledEventStatus = { Scheduled: 1, Active: 2, Completed: 3, Canceled: 4 };
  var ScheduledEventKind = { Stage: 1, Voice: 2, External: 3 };
  var OverwriteType = { Role: 0, Member: 1 };
  var AuditLogEvent = {
    GuildUpdate: 1,
    ChannelCreate: 10,
    ChannelUpdate: 11,
    ChannelDelete: 12,
    ChannelOverwriteCreate: 13,
    ChannelOverwriteUpdate: 14,
    ChannelOverwriteDelete: 15,
    MemberKick: 20,
    MemberPrune: 21,
    MemberBanAdd: 22,
    MemberBanRemove: 23,
    MemberUpdate: 24,
    MemberRoleUpdate: 25,
    MemberMove: 26,
    MemberDisconnect: 27,
    BotAdd: 28,
    RoleCreate: 30,
    RoleUpdate: 31,
    RoleDelete: 32,
    InviteCreate: 40,
    InviteUpdate: 41,
    InviteDelete: 42,
    WebhookCreate: 50,
    WebhookUpdate: 51,
    WebhookDelete: 52,
    EmojiCreate: 60,
    EmojiUpdate: 61,
    EmojiDelete: 62,
    MessageDelete: 72,
    MessageBulkDelete: 73,
    MessagePin: 74,
    MessageUnpin: 75,
    IntegrationCreate: 80,
    IntegrationUpdate: 81,
    IntegrationDelete: 82,
    StageInstanceCreate: 83,
    StageInstanceUpdate: 84,
    StageInstanceDelete: 85,
    StickerCreate: 90,
    StickerUpdate: 91,
    StickerDelete: 92,
    GuildScheduledEventCreate: 100,
    GuildScheduledEventUpdate: 101,
    GuildScheduledEventDelete: 102,
    ThreadCreate: 110,
    ThreadUpdate: 111,
    ThreadDelete: 112,
    ApplicationCommandPermissionUpdate: 121,
    SoundboardSoundCreate: 130,
    SoundboardSoundUpdate: 131,
    SoundboardSoundDelete: 132,
    AutoModerationRuleCreate: 140,
    AutoModerationRuleUpdate: 141,
    AutoModerationRuleDelete: 142,
    AutoModerationBlockMessage: 143,
    AutoModerationFlagToChannel: 144,
    AutoModerationUserCommDisabled: 145,
    AutoModerationQuarantineUser: 146
  };
  var Colors = {
    Default: 0,
    White: 16777215,
    Black: 1,
    Blurple: 5793266,
    Green: 5763719,
    Yellow: 16705372,
    Fuchsia: 15418782,
    Red: 15548997,
    Orange: 15105570,
    Gold: 15844367,
    Aqua: 1752220,
    Blue: 3447003,
    Purple: 10181046,
    Grey: 9807270,
    Greyple: 10070709,
    DarkButNotBlack: 2895667
  };
  var LOCALES = [
    "ar",
    "bg",
    "cs",
    "da",
    "de",
    "el",
    "en-GB",
    "en-US",
    "es-419",
    "es-ES",
    "fi",
    "fr",
    "he",
    "hi",
    "hr",
    "hu",
    "id",
    "it",
    "ja",
    "ko",
    "lt",
    "nl",
    "no",
    "pl",
    "pt-BR",
    "ro",
    "ru",
    "sv-SE",
    "th",
    "tr",
    "uk",
    "vi",
    "zh-CN",
    "zh-TW"
  ];

  // builders/problems.ts
  var DefinitionError = class extends TypeError {
    constructor(what, problems, code = "INVALID_INPUT") {
      super(told(what, problems));
      this.problems = problems;
      this.code = code;
      this.name = "DefinitionError";
    }
    problems;
    code;
  };
  var TOLD = 20;
  function told(what, problems) {
    const lines = problems.slice(0, TOLD).map((problem) => `
  ${problem.path}: ${problem.message}; ${problem.hint}`);
    const more = problems.length > TOLD ? `
  and ${problems.length - TOLD} more` : "";
    return `Discord would refuse ${what}:${lines.join("")}${more}`;
  }
  var Check = class _Check {
    constructor(path, problems = []) {
      this.path = path;
      this.problems = problems;
    }
    path;
    problems;
    at(key2) {
      const step = typeof key2 === "number" ? `[${key2}]` : this.path === "" ? key2 : `.${key2}`;
      return new _Check(this.path + step, this.problems);
    }
    fail(message, hint) {
      this.problems.push({ path: this.path || "(top)", message, hint });
    }
    text(value, shortest, longest2) {
      if (typeof value !== "string") {
        this.fail(`${shown(value)} is not text`, `give it a text of ${shortest} to ${longest2} characters`);
        return false;
      }
      const length = lengthOf(value);
      if (length < shortest) this.fail("is empty", `give it at least ${shortest} character${shortest === 1 ? "" : "s"}`);
      if (length > longest2) this.fail(`has ${length} characters of ${longest2} at most`, `shorten it by ${length - longest2}`);
      return length >= shortest && length <= longest2;
    }
    optionalText(value, shortest, longest2) {
      if (value !== void 0 && value !== null) this.text(value, shortest, longest2);
    }
    number(value, least, most, whole = true) {
      if (typeof value !== "number" || Number.isNaN(value) || whole && !Number.isInteger(value)) {
        this.fail(`${shown(value)} is not a ${whole ? "whole " : ""}number`, `give it one from ${least} to ${most}`);
        return false;
      }
      if (value < least || value > most) {
        this.fail(`${value} is out of range`, `give it one from ${least} to ${most}`);
        return false;
      }
      return true;
    }
    optionalNumber(value, least, most, whole = true) {
      if (value !== void 0 && value !== null) this.number(value, least, most, whole);
    }
    list(value, fewest, most) {
      if (!Array.isArray(value)) {
        this.fail(`${shown(value)} is not a list`, `give it a list of ${fewest} to ${most}`);
        return false;
      }
      if (value.length < fewest) this.fail(`has ${value.length} of at least ${fewest}`, "add what is missing");
      if (value.length > most) this.fail(`has ${value.length} of at most ${most}`, `leave ${value.length - most} out`);
      return true;
    }
    oneOf(value, allowed) {
      if (allowed.includes(value)) return true;
      this.fail(`${shown(value)} is not one that Discord knows`, `use one of ${allowed.join(", ")}`);
      return false;
    }
    throwIfAny(what, code) {
      if (this.problems.length > 0) throw new DefinitionError(what, this.problems, code);
    }
  };
  function lengthOf(text) {
    let length = text.length;
    for (let at = 0; at < text.length - 1; at++) {
      if ((text.charCodeAt(at) & 64512) === 55296 && (text.charCodeAt(at + 1) & 64512) === 56320) length--;
    }
    return length;
  }
  function shown(value) {
    if (value === void 0) return "nothing";
    if (typeof value === "function") return "a function";
    if (typeof value === "bigint") return `${value}n`;
    const text = JSON.stringify(value) ?? String(value);
    return text.length > 60 ? text.slice(0, 60) + "…" : text;
  }
  function nearest(word, known3) {
    let best;
    let least = Math.max(2, Math.floor(word.length / 3)) + 1;
    for (const candidate of known3) {
      const steps = distance(word.toLowerCase(), candidate.toLowerCase(), least);
      if (steps < least) [best, least] = [candidate, steps];
    }
    return best;
  }
  function distance(a, b, limit) {
    if (Math.abs(a.length - b.length) >= limit) return limit;
    let row = Array.from({ length: b.length + 1 }, (_, index) => index);
    for (let i = 1; i <= a.length; i++) {
      const next = [i];
      for (let j = 1; j <= b.length; j++) {
        const replaced = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
        next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
      }
      row = next;
    }
    return row[b.length] ?? limit;
  }

  // builders/permissions.ts
  var bit = (index) => 1n << BigInt(index);
  var PermissionFlags = {
    CreateInstantInvite: bit(0),
    KickMembers: bit(1),
    BanMembers: bit(2),
    Administrator: bit(3),
    ManageChannels: bit(4),
    ManageGuild: bit(5),
    AddReactions: bit(6),
    ViewAuditLog: bit(7),
    PrioritySpeaker: bit(8),
    Stream: bit(9),
    ViewChannel: bit(10),
    SendMessages: bit(11),
    SendTTSMessages: bit(12),
    ManageMessages: bit(13),
    EmbedLinks: bit(14),
    AttachFiles: bit(15),
    ReadMessageHistory: bit(16),
    MentionEveryone: bit(17),
    UseExternalEmojis: bit(18),
    ViewGuildInsights: bit(19),
    Connect: bit(20),
    Speak: bit(21),
    MuteMembers: bit(22),
    DeafenMembers: bit(23),
    MoveMembers: bit(24),
    UseVAD: bit(25),
    ChangeNickname: bit(26),
    ManageNicknames: bit(27),
    ManageRoles: bit(28),
    ManageWebhooks: bit(29),
    ManageGuildExpressions: bit(30),
    UseApplicationCommands: bit(31),
    RequestToSpeak: bit(32),
    ManageEvents: bit(33),
    ManageThreads: bit(34),
    CreatePublicThreads: bit(35),
    CreatePrivateThreads: bit(36),
    UseExternalStickers: bit(37),
    SendMessagesInThreads: bit(38),
    UseEmbeddedActivities: bit(39),
    ModerateMembers: bit(40),
    ViewCreatorMonetizationAnalytics: bit(41),
    UseSoundboard: bit(42),
    CreateGuildExpressions: bit(43),
    CreateEvents: bit(44),
    UseExternalSounds: bit(45),
    SendVoiceMessages: bit(46),
    SetVoiceChannelStatus: bit(48),
    SendPolls: bit(49),
    UseExternalApps: bit(50),
    PinMessages: bit(51),
    BypassSlowmode: bit(52)
  };
  var BY_SHOUTED_NAME = new Map(
    Object.keys(PermissionFlags).map((name) => [shouted(name), name])
  );
  function shouted(name) {
    return name.replace(/_/g, "").toUpperCase();
  }
  function permissionBits(permissions2) {
    if (permissions2 === null || permissions2 === void 0) return 0n;
    if (typeof permissions2 === "bigint") return permissions2;
    if (typeof permissions2 === "number") return BigInt(permissions2);
    if (typeof permissions2 === "string") return bitsOfText(permissions2);
    return permissions2.reduce((sum, one) => sum | permissionBits(one), 0n);
  }
  function bitsOfText(text) {
    if (/^\d+$/.test(text)) return BigInt(text);
    const name = BY_SHOUTED_NAME.get(shouted(text));
    if (name !== void 0) return PermissionFlags[name];
    const close = nearest(text, Object.keys(PermissionFlags));
    const hint = close === void 0 ? "see PermissionFlags" : `did you mean ${close}?`;
    throw new TypeError(`there is no permission "${text}"; ${hint}`);
  }
  function permissionNames(permissions2) {
    const bits = permissionBits(permissions2);
    return Object.keys(PermissionFlags).filter((name) => (bits & PermissionFlags[name]) !== 0n);
  }
  function hasPermissions(permissions2, wanted, { administrator = true } = {}) {
    const bits = permissionBits(permissions2);
    if (administrator && (bits & PermissionFlags.Administrator) !== 0n) return true;
    const needed = permissionBits(wanted);
    return (bits & needed) === needed;
  }
  function missingPermissions(permissions2, wanted) {
    return permissionNames(wanted).filter((name) => !hasPermissions(permissions2, name));
  }
  function hasFlag(flags, flag) {
    return ((flags ?? 0) & flag) === flag;
  }
  function addFlag(flags, ...more) {
    return more.reduce((sum, flag) => sum | flag, flags ?? 0);
  }
  function removeFlag(flags, ...less) {
    return less.reduce((sum, flag) => sum & ~flag, flags ?? 0);
  }

  // builders/wire.ts
  var KEEP_KEYS_OF = /* @__PURE__ */ new Set(["name_localizations", "description_localizations"]);
  function snakeCase(key2) {
    return key2.replace(/[A-Z]/g, (letter) => "_" + letter.toLowerCase());
  }
  function built(value) {
    return isBuilder(value) ? value.toJSON() : value;
  }
  function isBuilder(value) {
    return typeof value === "object" && value !== null && typeof value.toJSON === "function";
  }
  function toWire(value) {
    if (value === null || typeof value === "string" || typeof value === "boolean") return value;
    if (typeof value === "number") return Number.isFinite(value) ? value : null;
    if (typeof value === "bigint") return value.toString();
    if (typeof value !== "object") return void 0;
    if (isBuilder(value)) return toWire(value.toJSON());
    if (Array.isArray(value)) return value.map((item) => toWire(item) ?? null);
    return wireObject(value);
  }
  function wireObject(source) {
    const target = {};
    for (const [key2, value] of Object.entries(source)) {
      const name = snakeCase(key2);
      const written2 = KEEP_KEYS_OF.has(name) && isPlain(value) ? { ...value } : toWire(value);
      if (written2 !== void 0) target[name] = written2;
    }
    return target;
  }
  function isPlain(value) {
    return typeof value === "object" && value !== null && !Array.isArray(value);
  }
  function present(data) {
    return Object.fromEntries(Object.entries(data).filter(([, value]) => value !== void 0));
  }

  // builders/commands.ts
  var COMMAND_TYPES = {
    chat: CommandType.ChatInput,
    chat_input: CommandType.ChatInput,
    slash: CommandType.ChatInput,
    user: CommandType.User,
    message: CommandType.Message
  };
  var OPTION_TYPES = {
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
    sub_command_group: OptionType.SubcommandGroup
  };
  function flattenCommands(commands) {
    return commands.map(flattenCommand);
  }
  function flattenCommand(command) {
    const given = command;
    const type = commandType(command.type);
    const subcommands = (command.subcommands ?? []).map(flattenSubcommand);
    const options = [...subcommands, ...(command.options ?? []).map(flattenOption)];
    return present({
      type,
      name: command.name,
      description: command.description ?? "",
      options: type === CommandType.ChatInput && options.length > 0 ? options : void 0,
      ...localizations(given),
      default_member_permissions: memberPermissions(given),
      nsfw: command.nsfw
    });
  }
  function commandType(type) {
    if (type === void 0 || type === null) return CommandType.ChatInput;
    return typeof type === "number" ? type : COMMAND_TYPES[String(type).toLowerCase()] ?? Number.NaN;
  }
  function optionType(type) {
    if (typeof type === "number") return type;
    if (type === void 0 || type === null) return OptionType.String;
    return OPTION_TYPES[String(type).toLowerCase()] ?? Number.NaN;
  }
  function memberPermissions(given) {
    const wanted = either(given, "defaultMemberPermissions", "default_member_permissions");
    if (wanted === void 0 || wanted === null) return wanted;
    try {
      return permissionBits(wanted).toString();
    } catch {
      return String(wanted);
    }
  }
  function either(given, camel3, snake2) {
    return given[camel3] ?? given[snake2];
  }
  function localizations(given) {
    return present({
      name_localizations: either(given, "nameLocalizations", "name_localizations"),
      description_localizations: either(given, "descriptionLocalizations", "description_localizations")
    });
  }
  function flattenSubcommand(given) {
    const { name, description } = given;
    const inner = "subcommands" in given ? given.subcommands.map(flattenSubcommand) : (given.options ?? []).map(flattenOption);
    const type = "subcommands" in given ? OptionType.SubcommandGroup : OptionType.Subcommand;
    const options = inner.length > 0 ? { options: inner } : {};
    return { type, name, description, ...options, ...localizations(given) };
  }
  function flattenOption(option) {
    const given = option;
    const type = optionType(option.type);
    return present({
      type,
      name: option.name,
      description: option.description,
      required: option.required,
      choices: option.choices?.map(flattenChoice),
      autocomplete: option.autocomplete === void 0 ? void 0 : Boolean(option.autocomplete),
      min_value: either(given, "minValue", "min_value"),
      max_value: either(given, "maxValue", "max_value"),
      min_length: either(given, "minLength", "min_length"),
      max_length: either(given, "maxLength", "max_length"),
      channel_types: either(given, "channelTypes", "channel_types"),
      options: option.options?.map(flattenOption),
      ...localizations(given)
    });
  }
  function flattenChoice(choice) {
    if (typeof choice !== "object") return { name: String(choice), value: choice };
    const names = localizations(choice).name_localizations;
    const { name, value } = choice;
    return names === void 0 ? { name, value } : { name, value, name_localizations: names };
  }

  // builders/check-commands.ts
  var COMMAND_LIMITS = {
    chatCommands: 100,
    userCommands: 15,
    messageCommands: 15,
    name: 32,
    description: 100,
    options: 25,
    choices: 25,
    choiceName: 100,
    choiceValue: 6e3,
    textLength: 6e3,
    characters: 8e3
  };
  var L = COMMAND_LIMITS;
  var NAME = /^[-_'\p{L}\p{N}\p{Script=Devanagari}\p{Script=Thai}]+$/u;
  var MOST_PERMISSIONS = (1n << 54n) - 1n;
  var SAFE = Number.MAX_SAFE_INTEGER;
  function commandProblems(commands, root = "commands") {
    const check = new Check(root);
    if (!Array.isArray(commands)) {
      check.fail(`${shown(commands)} is not a list`, "give it a list of commands");
      return check.problems;
    }
    const given = commands;
    const usable = given.filter((command, index) => isCommand(check.at(index), command));
    if (usable.length < given.length) return check.problems;
    const flat = flattenCommands(usable);
    checkTotals(check, flat);
    flat.forEach((command, index) => checkCommand(check.at(index), command, given[index]));
    return check.problems;
  }
  function checkedCommands(commands, root = "commands") {
    new Check(root, commandProblems(commands, root)).throwIfAny("these commands", "INVALID_COMMAND");
    return flattenCommands(commands);
  }
  function isCommand(check, command) {
    if (typeof command !== "object" || command === null) {
      check.fail(`${shown(command)} is not a command`, "write slash({ name, description, run })");
      return false;
    }
    const lists = ["options", "subcommands"];
    const wrong = lists.filter((key2) => {
      const value = command[key2];
      return value !== void 0 && !(Array.isArray(value) && value.every((one) => typeof one === "object" && one !== null));
    });
    for (const key2 of wrong) check.at(key2).fail("is not a list of objects", "write [{ name, description }]");
    return wrong.length === 0;
  }
  function checkTotals(check, commands) {
    const kinds = [
      [CommandType.ChatInput, "slash commands", L.chatCommands],
      [CommandType.User, "commands in the user menu", L.userCommands],
      [CommandType.Message, "commands in the message menu", L.messageCommands]
    ];
    for (const [type, what, most] of kinds) {
      const count2 = commands.filter((command) => command.type === type).length;
      if (count2 > most) check.fail(`has ${count2} ${what} of at most ${most}`, "make some of them subcommands of one");
    }
    const seen = /* @__PURE__ */ new Map();
    commands.forEach((command, index) => {
      const key2 = `${command.type} ${command.name}`;
      const first = seen.get(key2);
      if (first === void 0) seen.set(key2, index);
      else check.at(index).at("name").fail(`"${command.name}" is the name of commands[${first}] too`, "give each its own");
    });
  }
  function checkCommand(check, command, given) {
    if (![CommandType.ChatInput, CommandType.User, CommandType.Message].includes(command.type)) {
      check.at("type").fail(`${shown(given.type)} is no kind of command`, 'use "chat", "user" or "message"');
      return;
    }
    checkPermissions(check, command.default_member_permissions);
    if (command.type === CommandType.ChatInput) checkChatCommand(check, command, given);
    else checkMenuCommand(check, command, given);
  }
  function checkPermissions(check, permissions2) {
    if (permissions2 === void 0 || permissions2 === null) return;
    const here = check.at("defaultMemberPermissions");
    if (/^\d+$/.test(permissions2)) {
      if (BigInt(permissions2) > MOST_PERMISSIONS) here.fail("has bits that Discord does not know", "use PermissionFlags");
      return;
    }
    const close = nearest(permissions2, Object.keys(PermissionFlags));
    here.fail(`"${permissions2}" is no permission`, close === void 0 ? "use PermissionFlags" : `did you mean ${close}?`);
  }
  function checkMenuCommand(check, command, given) {
    const name = check.at("name");
    if (name.text(command.name, 1, L.name) && command.name.trim() !== command.name) {
      name.fail("begins or ends with a space", "take it away");
    }
    if (command.description !== "") {
      check.at("description").fail("commands of a menu have no description", "leave it out");
    }
    if ((given.options ?? []).length + (given.subcommands ?? []).length > 0) {
      check.at("options").fail("commands of a menu have no options", "ask for what you need in a modal");
    }
    checkLocalizations(check, command, isMenuName);
  }
  var isMenuName = (check, name) => void check.text(name, 1, L.name);
  function checkChatCommand(check, command, given) {
    checkNamed(check, command);
    if (command.options === void 0) return;
    const places = placesOf(given);
    checkOptions(check, command.options, (index) => placeOf(check, places, index), "command");
    const length = characters(command);
    if (length > L.characters) {
      check.fail(
        `its names, descriptions and values have ${length} characters of at most ${L.characters}`,
        "shorten descriptions, or move subcommands into a command of their own"
      );
    }
  }
  function placesOf(given) {
    const subcommands = (given.subcommands ?? []).map((_, index) => `subcommands[${index}]`);
    return [...subcommands, ...(given.options ?? []).map((_, index) => `options[${index}]`)];
  }
  function placeOf(check, places, index) {
    return check.at(places[index] ?? `options[${index}]`);
  }
  function checkNamed(check, named2) {
    checkName(check.at("name"), named2.name);
    check.at("description").text(named2.description, 1, L.description);
    checkLocalizations(check, named2, checkName);
  }
  function checkName(check, name) {
    if (!check.text(name, 1, L.name)) return;
    if (!NAME.test(name)) {
      const bad = [...name].find((letter) => !NAME.test(letter)) ?? name;
      const better = suggestion(name);
      check.fail(
        `${JSON.stringify(bad)} in "${name}" may not stand in a name`,
        better === "" ? "use letters, digits, - and _" : `"${better}" would do`
      );
    } else if (name !== lower(name)) {
      check.fail(`"${name}" has capital letters`, `"${lower(name)}" would do`);
    }
  }
  var lower = (name) => name.toLowerCase();
  function suggestion(name) {
    const letters = [...lower(name).trim().replace(/\s+/g, "-")].filter((letter) => NAME.test(letter));
    return letters.join("").replace(/^-+|-+$/g, "").slice(0, L.name);
  }
  function checkLocalizations(check, named2, rule) {
    checkLocales(check.at("nameLocalizations"), named2.name_localizations, rule);
    if (!("description" in named2)) return;
    checkLocales(check.at("descriptionLocalizations"), named2.description_localizations, (here, text) => {
      here.text(text, 1, L.description);
    });
  }
  function checkLocales(check, texts, rule) {
    if (texts === void 0 || texts === null) return;
    for (const [locale, text] of Object.entries(texts)) {
      const here = check.at(locale);
      if (!LOCALES.includes(locale)) {
        const close = nearest(locale, LOCALES);
        here.fail("is no locale that Discord knows", close === void 0 ? `use one of ${LOCALES.join(", ")}` : `did you mean "${close}"?`);
      }
      rule(here, text);
    }
  }
  var isNest = (option) => option.type === OptionType.Subcommand || option.type === OptionType.SubcommandGroup;
  function checkOptions(check, options, at, level) {
    if (options.length > L.options) {
      check.at("options").fail(`has ${options.length} of at most ${L.options}`, `leave ${options.length - L.options} out`);
    }
    checkMixture(check, options);
    checkOrder(options, at);
    checkTwins(options, at);
    options.forEach((option, index) => checkOption(at(index), option, level));
  }
  function checkMixture(check, options) {
    const nests = options.filter(isNest).length;
    if (nests === 0 || nests === options.length) return;
    check.at("options").fail(
      "subcommands stand beside plain options",
      "move the plain options into each subcommand: the command itself can no longer be called"
    );
  }
  function checkOrder(options, at) {
    const firstOptional = options.findIndex((option) => !isNest(option) && option.required !== true);
    options.forEach((option, index) => {
      if (firstOptional < 0 || index < firstOptional || option.required !== true || isNest(option)) return;
      const before = options[firstOptional]?.name ?? "";
      at(index).at("required").fail(`a required option stands after "${before}", which is not`, `move it before "${before}"`);
    });
  }
  function checkTwins(options, at) {
    const seen = /* @__PURE__ */ new Set();
    options.forEach((option, index) => {
      if (seen.has(option.name)) at(index).at("name").fail(`"${option.name}" is there twice`, "give each its own name");
      seen.add(option.name);
    });
  }
  var MAY_HOLD = {
    command: [OptionType.Subcommand, OptionType.SubcommandGroup],
    group: [OptionType.Subcommand],
    subcommand: []
  };
  function checkOption(check, option, level) {
    if (Number.isNaN(option.type) || !Object.values(OptionType).includes(option.type)) {
      check.at("type").fail("is no kind of option", `use one of ${TYPE_NAMES.join(", ")}`);
      return;
    }
    checkNamed(check, option);
    if (isNest(option)) checkNest(check, option, level);
    else if (level === "group") check.fail("a plain option stands in a group", "put it into a subcommand of the group");
    else checkPlain(check, option);
  }
  var TYPE_NAMES = Object.keys(OPTION_TYPES).filter((name) => !name.startsWith("sub_"));
  function checkNest(check, option, level) {
    if (!MAY_HOLD[level].includes(option.type)) {
      check.at("type").fail("is nested too deeply", "a command holds groups, a group subcommands, a subcommand options");
      return;
    }
    const isGroup = option.type === OptionType.SubcommandGroup;
    const inner = option.options ?? [];
    if (isGroup && inner.length === 0) check.at("subcommands").fail("a group is empty", "add a subcommand to it");
    const key2 = isGroup ? "subcommands" : "options";
    checkOptions(check, inner, (index) => check.at(key2).at(index), isGroup ? "group" : "subcommand");
  }
  var NUMERIC = [OptionType.Integer, OptionType.Number];
  var CHOOSABLE = [OptionType.String, ...NUMERIC];
  function checkPlain(check, option) {
    if (option.options !== void 0 && option.options.length > 0) {
      check.at("options").fail("a plain option holds options", 'give it the type "subcommand"');
    }
    checkOnly(check, option, ["choices", "autocomplete"], CHOOSABLE, "texts and numbers");
    checkOnly(check, option, ["min_value", "max_value"], NUMERIC, "numbers");
    checkOnly(check, option, ["min_length", "max_length"], [OptionType.String], "texts");
    checkOnly(check, option, ["channel_types"], [OptionType.Channel], "channels");
    checkBounds(check, option);
    checkChannelTypes(check.at("channelTypes"), option.channel_types);
    if (option.choices === void 0) return;
    checkChoices(check.at("choices"), option, option.choices);
  }
  function checkOnly(check, option, keys, types, what) {
    for (const key2 of keys) {
      const value = option[key2];
      const isThere2 = value !== void 0 && value !== null && value !== false;
      if (isThere2 && !types.includes(option.type)) check.at(camel(key2)).fail(`belongs to ${what} only`, "leave it out");
    }
  }
  var camel = (key2) => key2.replace(/_(.)/g, (_, letter) => letter.toUpperCase());
  function checkBounds(check, option) {
    const whole = option.type === OptionType.Integer;
    const most = whole ? SAFE : Number.MAX_VALUE;
    check.at("minValue").optionalNumber(option.min_value, -most, most, whole);
    check.at("maxValue").optionalNumber(option.max_value, -most, most, whole);
    check.at("minLength").optionalNumber(option.min_length, 0, L.textLength);
    check.at("maxLength").optionalNumber(option.max_length, 1, L.textLength);
    checkAscending(check.at("minValue"), option.min_value, option.max_value);
    checkAscending(check.at("minLength"), option.min_length, option.max_length);
  }
  function checkAscending(check, least, most) {
    if (typeof least === "number" && typeof most === "number" && least > most) {
      check.fail(`${least} is more than the most, ${most}`, "exchange them");
    }
  }
  function checkChannelTypes(check, types) {
    if (types === void 0 || types === null || !check.list(types, 0, L.options)) return;
    types.forEach((type, index) => check.at(index).oneOf(type, Object.values(ChannelType)));
    if (new Set(types).size < types.length) check.fail("names a kind twice", "name each once");
  }
  function checkChoices(check, option, choices) {
    if (option.autocomplete === true) check.fail("stand beside autocomplete", "keep one of the two");
    if (choices.length > L.choices) {
      check.fail(`are ${choices.length} of at most ${L.choices}`, "use autocomplete instead: it may offer anything");
    }
    const names = /* @__PURE__ */ new Set();
    choices.forEach((choice, index) => {
      const here = check.at(index);
      if (names.has(choice.name)) here.at("name").fail(`"${choice.name}" is there twice`, "give each its own name");
      names.add(choice.name);
      here.at("name").text(choice.name, 1, L.choiceName);
      checkLocalizations(here, choice, (at, name) => void at.text(name, 1, L.choiceName));
      checkValue(here.at("value"), option, choice.value);
    });
  }
  function checkValue(check, option, value) {
    if (option.type === OptionType.String) check.text(value, 0, L.choiceValue);
    else if (option.type === OptionType.Integer) check.number(value, -SAFE, SAFE);
    else if (option.type === OptionType.Number) check.number(value, -Number.MAX_VALUE, Number.MAX_VALUE, false);
  }
  function characters(named2) {
    const own = longest(named2.name, named2.name_localizations) + longest(named2.description, named2.description_localizations);
    const choices = "choices" in named2 ? named2.choices ?? [] : [];
    const chosen = choices.reduce(
      (sum, choice) => sum + longest(choice.name, choice.name_localizations) + lengthOf(String(choice.value)),
      0
    );
    return own + chosen + (named2.options ?? []).reduce((sum, option) => sum + characters(option), 0);
  }
  function longest(text, localized2) {
    return Math.max(...[text, ...Object.values(localized2 ?? {})].map((one) => lengthOf(String(one ?? ""))));
  }

  // builders/check-components.ts
  var COMPONENT_LIMITS = {
    inMessage: 40,
    rows: 5,
    inRow: 5,
    customId: 100,
    buttonLabel: 80,
    url: 512,
    placeholder: 150,
    options: 25,
    optionText: 100,
    sectionTexts: 3,
    galleryItems: 10,
    text: 4e3,
    mediaDescription: 1024,
    modalTitle: 45,
    label: 45,
    inputText: 4e3,
    inputPlaceholder: 100
  };
  var L2 = COMPONENT_LIMITS;
  var V2_TYPES = /* @__PURE__ */ new Set([9, 10, 11, 12, 13, 14, 17]);
  var isSelect = (type) => type === 3 || type >= 5 && type <= 8;
  function isV2(components) {
    return components.some((part) => V2_TYPES.has(part.type));
  }
  function checkComponents(check, components) {
    if (!check.list(components, 0, L2.inMessage)) return;
    if (!components.every((part) => typeof part === "object" && part !== null)) {
      check.fail("holds what is no component", "write actionRow(...), container(...) or their plain objects");
      return;
    }
    const parts = components;
    if (!isV2(parts) && parts.length > L2.rows) {
      check.fail(`has ${parts.length} rows of at most ${L2.rows}`, "put more buttons into each row, or use a container");
    }
    const everything = parts.flatMap(withInner);
    if (everything.length > L2.inMessage) {
      check.fail(`has ${everything.length} components in all, of at most ${L2.inMessage}`, "leave some out");
    }
    checkTwins2(check, everything);
    parts.forEach((part, index) => checkTop(check.at(index), part));
  }
  function withInner(part) {
    const list = Array.isArray(part["components"]) ? part["components"] : [];
    const inner = [...list, part["accessory"], part["component"]];
    return [part, ...inner.filter((one) => typeof one === "object" && one !== null).flatMap((one) => withInner(one))];
  }
  function checkTwins2(check, everything) {
    const seen = /* @__PURE__ */ new Set();
    for (const { custom_id: customId } of everything) {
      if (isThere(customId) && seen.has(customId)) {
        check.fail(`two components have the custom id "${String(customId)}"`, "give each its own");
      }
      seen.add(customId);
    }
  }
  var TOP = "a row, container, section, text display, media gallery, separator or file";
  function checkTop(check, part) {
    if (part.type === 17) {
      checkContainer(check, part);
    } else {
      checkBlock(check, part, `a message holds ${TOP}`);
    }
  }
  function checkContainer(check, part) {
    check.at("accent_color").optionalNumber(part["accent_color"], 0, 16777215);
    const inner = check.at("components");
    if (!inner.list(part["components"], 1, L2.inMessage)) return;
    part["components"].forEach((one, index) => {
      checkBlock(inner.at(index), one, "a container holds what a message holds, but no other container");
    });
  }
  function checkBlock(check, part, allowed) {
    const rule = BLOCKS[part?.type];
    if (rule === void 0) check.fail(`a component of type ${String(part?.type)} cannot stand here`, allowed);
    else rule(check, part);
  }
  var BLOCKS = {
    1: checkRow,
    9: checkSection,
    10: checkText,
    12: checkGallery,
    13: (check, part) => checkMedia(check.at("file"), part["file"], true),
    14: (check, part) => {
      if (isThere(part["spacing"])) check.at("spacing").oneOf(part["spacing"], [1, 2]);
    }
  };
  function checkRow(check, row) {
    const inner = check.at("components");
    if (!inner.list(row["components"], 1, L2.inRow)) return;
    const parts = row["components"];
    if (parts.length > 1 && parts.some((part) => isSelect(part.type))) {
      inner.fail("a select shares its row", "give each select a row of its own");
    }
    parts.forEach((part, index) => {
      if (part.type === 2) checkButton(inner.at(index), part);
      else if (isSelect(part.type)) checkSelect(inner.at(index), part, L2.options);
      else inner.at(index).fail(`a component of type ${String(part.type)} in a row`, "a row holds buttons, or one select");
    });
  }
  var isThere = (value) => value !== void 0 && value !== null;
  function checkButton(check, button2) {
    check.at("style").oneOf(button2.style, [1, 2, 3, 4, 5, 6]);
    check.at("label").optionalText(button2.label, 0, L2.buttonLabel);
    if (button2.style === 5) {
      check.at("url").text(button2.url, 1, L2.url);
      if (isThere(button2.custom_id)) check.fail("a link has a custom id", "leave setCustomId out: a link tells nobody");
    } else if (button2.style === 6) {
      check.at("sku_id").text(button2.sku_id, 1, 20);
      if (isThere(button2.label) || isThere(button2.custom_id)) {
        check.fail("a premium button has a label or custom id", "leave both out: Discord writes it");
      }
      return;
    } else {
      check.at("custom_id").text(button2.custom_id, 1, L2.customId);
      if (isThere(button2.url)) check.fail("has an address and is no link", "use style 5, or leave the address out");
    }
    if (!isThere(button2.label) && !isThere(button2.emoji)) {
      check.fail("shows nothing", "give it setLabel or setEmoji");
    }
  }
  function checkSelect(check, select, most) {
    check.at("custom_id").text(select["custom_id"], 1, L2.customId);
    check.at("placeholder").optionalText(select["placeholder"], 0, L2.placeholder);
    checkCounts(check, select, most);
    if (select.type === 3) checkOptions2(check.at("options"), select["options"], 1, L2.options);
    if (isThere(select["default_values"])) check.at("default_values").list(select["default_values"], 0, L2.options);
  }
  function checkCounts(check, part, most) {
    const { min_values: least, max_values: greatest } = part;
    check.at("min_values").optionalNumber(least, 0, most);
    check.at("max_values").optionalNumber(greatest, 1, most);
    if (typeof least === "number" && least > (typeof greatest === "number" ? greatest : 1)) {
      check.at("min_values").fail(`is ${least}, more than max_values`, "raise setMaxValues");
    }
  }
  function checkOptions2(check, options, fewest, most) {
    if (!check.list(options, fewest, most)) return;
    const values = /* @__PURE__ */ new Set();
    options.forEach((option, index) => {
      const here = check.at(index);
      here.at("label").text(option?.label, 1, L2.optionText);
      here.at("description").optionalText(option?.description, 0, L2.optionText);
      if (!here.at("value").text(option?.value, 1, L2.optionText)) return;
      if (values.has(option.value)) here.at("value").fail(`"${option.value}" is there twice`, "give each option its own");
      values.add(option.value);
    });
  }
  function checkSection(check, section2) {
    const texts = check.at("components");
    if (texts.list(section2["components"], 1, L2.sectionTexts)) {
      section2["components"].forEach((part, index) => {
        if (part.type === 10) checkText(texts.at(index), part);
        else texts.at(index).fail("is no text display", "a section holds texts; buttons go into setAccessory");
      });
    }
    const accessory = section2["accessory"];
    if (accessory?.type === 2) checkButton(check.at("accessory"), accessory);
    else if (accessory?.type === 11) checkMedia(check.at("accessory.media"), accessory["media"], false);
    else check.at("accessory").fail("is missing", "a section needs a button or thumbnail: setAccessory(...)");
  }
  function checkText(check, part) {
    check.at("content").text(part["content"], 1, L2.text);
  }
  function checkGallery(check, gallery) {
    const items = check.at("items");
    if (!items.list(gallery["items"], 1, L2.galleryItems)) return;
    gallery["items"].forEach((item, index) => {
      checkMedia(items.at(index).at("media"), item["media"], false);
      items.at(index).at("description").optionalText(item["description"], 1, L2.mediaDescription);
    });
  }
  function checkMedia(check, media, attachmentOnly) {
    const url = media?.url;
    if (!check.at("url").text(url, 1, 2048)) return;
    const pattern = attachmentOnly ? /^attachment:\/\//i : /^(https?|attachment):\/\//i;
    if (pattern.test(url)) return;
    const hint = attachmentOnly ? "name a file of this message: attachment://name.txt" : "start it with https:// or attachment://";
    check.at("url").fail(`"${url}" is no address that may stand here`, hint);
  }
  function displayedLength(components) {
    const texts = components.flatMap(withInner).filter((part) => part.type === 10);
    return texts.reduce((sum, part) => sum + lengthOf(String(part["content"] ?? "")), 0);
  }
  function checkModal(check, modal2) {
    check.at("custom_id").text(modal2.custom_id, 1, L2.customId);
    check.at("title").text(modal2.title, 1, L2.modalTitle);
    const parts = check.at("components");
    if (!parts.list(modal2.components, 1, L2.rows)) return;
    checkTwins2(parts, modal2.components.flatMap(withInner));
    modal2.components.forEach((part, index) => checkModalPart(parts.at(index), part));
  }
  function checkModalPart(check, part) {
    if (part.type === 18) checkLabel(check, part);
    else if (part.type === 10) checkText(check, part);
    else if (part.type === 1) checkInputRow(check, part);
    else check.fail(`a component of type ${part.type} cannot stand here`, "put it into label(...).setComponent(...)");
  }
  function checkInputRow(check, row) {
    const inner = check.at("components");
    if (!inner.list(row["components"], 1, 1)) return;
    const [input] = row["components"];
    if (input?.type !== 4) {
      inner.at(0).fail("is no text input", "a row of a modal holds one; put others into label(...)");
      return;
    }
    inner.at(0).at("label").text(input["label"], 1, L2.label);
    checkInput(inner.at(0), input);
  }
  function checkLabel(check, label2) {
    check.at("label").text(label2.label, 1, L2.label);
    check.at("description").optionalText(label2.description, 1, 100);
    const here = check.at("component");
    const part = label2.component;
    if (part === void 0) here.fail("is missing", "a label needs what it stands over: setComponent(...)");
    else if (part.type === 4) checkInput(here, part);
    else if (isSelect(part.type)) checkSelect(here, part, L2.options);
    else checkAnswer(here, part);
  }
  var GROUP_OPTIONS = 10;
  function checkAnswer(check, part) {
    check.at("custom_id").text(part["custom_id"], 1, L2.customId);
    if (part.type === 19 || part.type === 22) checkCounts(check, { max_values: GROUP_OPTIONS, ...part }, GROUP_OPTIONS);
    if (part.type === 21) checkOptions2(check.at("options"), part["options"], 2, GROUP_OPTIONS);
    else if (part.type === 22) checkOptions2(check.at("options"), part["options"], 1, GROUP_OPTIONS);
    else if (part.type !== 19 && part.type !== 23) {
      check.fail(`a component of type ${part.type} in a label`, "a label holds a text input, a select, a choice or a file upload");
    }
  }
  function checkInput(check, input) {
    const { min_length: least, max_length: most, value } = input;
    check.at("custom_id").text(input["custom_id"], 1, L2.customId);
    check.at("style").oneOf(input["style"], [1, 2]);
    check.at("placeholder").optionalText(input["placeholder"], 0, L2.inputPlaceholder);
    check.at("value").optionalText(value, 0, L2.inputText);
    check.at("min_length").optionalNumber(least, 0, L2.inputText);
    check.at("max_length").optionalNumber(most, 1, L2.inputText);
    if (typeof least === "number" && typeof most === "number" && least > most) {
      check.at("min_length").fail(`is ${least}, more than max_length`, "raise setMaxLength");
    }
  }

  // builders/embed.ts
  var EmbedBuilder = class {
    #data;
    constructor(initial = {}) {
      const given = built(initial);
      this.#data = { ...given };
      if (given.fields !== void 0) this.#data.fields = [...given.fields];
    }
    setTitle(title) {
      this.#data.title = title;
      return this;
    }
    setDescription(description) {
      this.#data.description = description;
      return this;
    }
    setUrl(url) {
      this.#data.url = url;
      return this;
    }
    /** `0x5865f2`, `Colors.Green` or `"#5865f2"`. */
    setColor(color) {
      this.#data.color = colorOf(color);
      return this;
    }
    /** Now, unless told; a number is milliseconds since 1970. */
    setTimestamp(timestamp2 = /* @__PURE__ */ new Date()) {
      this.#data.timestamp = timestamp2;
      return this;
    }
    setFooter(text, iconUrl) {
      this.#data.footer = present({ text, iconUrl });
      return this;
    }
    setImage(url) {
      this.#data.image = { url };
      return this;
    }
    setThumbnail(url) {
      this.#data.thumbnail = { url };
      return this;
    }
    setAuthor(name = "", options = {}) {
      this.#data.author = present({ name, url: options.url, iconUrl: options.iconUrl });
      return this;
    }
    addField(name, value, inline = false) {
      return this.addFields([{ name, value, inline }]);
    }
    addFields(...fields) {
      this.#data.fields = [...this.#data.fields ?? [], ...fields.flat()];
      return this;
    }
    setFields(...fields) {
      this.#data.fields = fields.flat();
      return this;
    }
    toJSON() {
      return embedToWire(this.#data);
    }
  };
  function embed(initial) {
    return new EmbedBuilder(initial);
  }
  function embedToWire(data) {
    const { timestamp: timestamp2, ...rest2 } = data;
    const wire = toWire(rest2);
    if (timestamp2 !== void 0 && timestamp2 !== null) wire.timestamp = isoTime(timestamp2);
    if (wire.footer !== void 0 && !wire.footer.text) delete wire.footer;
    if (wire.author !== void 0 && !wire.author.name) delete wire.author;
    return wire;
  }
  function isoTime(timestamp2) {
    if (typeof timestamp2 === "string" && Number.isNaN(Date.parse(timestamp2))) return timestamp2;
    const date = new Date(timestamp2);
    return Number.isNaN(date.getTime()) ? String(timestamp2) : date.toISOString();
  }
  function colorOf(color) {
    if (typeof color === "number") return color;
    const digits = /^#?([0-9a-f]{6})$/i.exec(color)?.[1] ?? short(color);
    if (digits === void 0) throw new TypeError(`"${color}" is not a colour; write it as 0x5865f2 or "#5865f2"`);
    return Number.parseInt(digits, 16);
  }
  function short(color) {
    const digits = /^#([0-9a-f]{3})$/i.exec(color)?.[1];
    return digits?.replace(/./g, "$&$&");
  }
  var EMBED_LIMITS = {
    title: 256,
    description: 4096,
    fields: 25,
    fieldName: 256,
    fieldValue: 1024,
    footer: 2048,
    author: 256,
    url: 2048,
    total: 6e3
  };
  function checkEmbed(check, data) {
    check.at("title").optionalText(data.title, 0, EMBED_LIMITS.title);
    check.at("description").optionalText(data.description, 0, EMBED_LIMITS.description);
    check.at("color").optionalNumber(data.color, 0, 16777215);
    checkTimestamp(check.at("timestamp"), data.timestamp);
    checkUrl(check.at("url"), data.url);
    checkUrl(check.at("image.url"), data.image?.url);
    checkUrl(check.at("thumbnail.url"), data.thumbnail?.url);
    check.at("footer.text").optionalText(data.footer?.text, 0, EMBED_LIMITS.footer);
    check.at("author.name").optionalText(data.author?.name, 0, EMBED_LIMITS.author);
    if (data.fields !== void 0 && data.fields !== null) checkFields(check.at("fields"), data.fields);
  }
  function checkFields(check, fields) {
    if (!check.list(fields, 0, EMBED_LIMITS.fields)) return;
    fields.forEach((field, index) => {
      check.at(index).at("name").text(field?.name, 1, EMBED_LIMITS.fieldName);
      check.at(index).at("value").text(field?.value, 1, EMBED_LIMITS.fieldValue);
    });
  }
  function checkTimestamp(check, timestamp2) {
    if (timestamp2 === void 0 || timestamp2 === null || !Number.isNaN(Date.parse(timestamp2))) return;
    check.fail(`"${timestamp2}" is not a point in time`, "use new Date().toISOString()");
  }
  function checkUrl(check, url) {
    if (url === void 0 || url === null || url === "") return;
    if (!check.text(url, 1, EMBED_LIMITS.url)) return;
    if (!/^(https?|attachment):\/\//i.test(url)) check.fail(`"${url}" is no address`, "start it with https://");
  }
  function embedLength(data) {
    const fields = (data.fields ?? []).flatMap((field) => [field.name, field.value]);
    const texts = [data.title, data.description, data.footer?.text, data.author?.name, ...fields];
    return texts.reduce((total, text) => total + (typeof text === "string" ? lengthOf(text) : 0), 0);
  }

  // builders/components.ts
  var ComponentBuilder = class {
    data;
    constructor(type, initial = {}) {
      this.data = { ...initial, type };
    }
    /** A number of one's own for this component, unique in its message. */
    setId(id) {
      return this.with({ id });
    }
    with(changes) {
      Object.assign(this.data, changes);
      return this;
    }
    toJSON() {
      return toWire(this.data);
    }
  };
  var ButtonBuilder = class extends ComponentBuilder {
    constructor(initial = {}) {
      super(2, { style: 1, ...initial });
    }
    setStyle(style) {
      return this.with({ style });
    }
    setCustomId(customId) {
      return this.with({ custom_id: customId });
    }
    /** A link: it opens the address and tells the script nothing. */
    setUrl(url) {
      return this.with({ url, style: 5 });
    }
    setSkuId(skuId) {
      return this.with({ sku_id: skuId, style: 6 });
    }
    setLabel(label2) {
      return this.with({ label: label2 });
    }
    setEmoji(emoji) {
      return this.with({ emoji: emojiOf(emoji) });
    }
    setDisabled(disabled = true) {
      return this.with({ disabled });
    }
  };
  function emojiOf(emoji) {
    if (typeof emoji !== "string") return emoji;
    const own = /^<?(a)?:?(\w{2,32}):(\d{17,20})>?$/.exec(emoji);
    if (own === null) return { name: emoji };
    return present({ name: own[2], id: own[3], animated: own[1] === "a" ? true : void 0 });
  }
  var SelectBuilder = class extends ComponentBuilder {
    #kind;
    constructor(type, customId, kind) {
      super(type, present({ custom_id: customId }));
      this.#kind = kind;
    }
    change(changes) {
      Object.assign(this.data, changes);
      return this;
    }
    setCustomId(customId) {
      return this.change({ custom_id: customId });
    }
    setPlaceholder(placeholder) {
      return this.change({ placeholder });
    }
    setMinValues(count2) {
      return this.change({ min_values: count2 });
    }
    setMaxValues(count2) {
      return this.change({ max_values: count2 });
    }
    /** In a modal: whether something must be chosen. */
    setRequired(required = true) {
      return this.change({ required });
    }
    setDisabled(disabled = true) {
      return this.change({ disabled });
    }
    /** Which kinds of channel a channel select offers. */
    setChannelTypes(...types) {
      return this.change({ channel_types: types.flat() });
    }
    setDefaultValues(...values) {
      return this.change({ default_values: values.flat().map((value) => this.defaultOf(value)) });
    }
    setDefaultUsers(...ids) {
      return this.setDefaultsOf("user", ids.flat());
    }
    setDefaultRoles(...ids) {
      return this.setDefaultsOf("role", ids.flat());
    }
    setDefaultChannels(...ids) {
      return this.setDefaultsOf("channel", ids.flat());
    }
    addDefaultUser(id) {
      return this.addDefaultValue({ id, type: "user" });
    }
    addDefaultRole(id) {
      return this.addDefaultValue({ id, type: "role" });
    }
    addDefaultChannel(id) {
      return this.addDefaultValue({ id, type: "channel" });
    }
    addDefaultValue(value, type) {
      return this.change({ default_values: [...this.defaults(), this.defaultOf(value, type)] });
    }
    setDefaultsOf(type, ids) {
      const others = this.defaults().filter((value) => value.type !== type);
      return this.change({ default_values: [...others, ...ids.map((id) => ({ id, type }))] });
    }
    defaults() {
      return this.data.default_values ?? [];
    }
    defaultOf(value, type = this.#kind) {
      if (typeof value !== "string") return value;
      if (type === void 0) throw new TypeError(`say what ${value} is: { id: "${value}", type: "user" } or "role"`);
      return { id: value, type };
    }
  };
  var StringSelectBuilder = class extends SelectBuilder {
    constructor(customId) {
      super(3, customId);
      this.data.options = [];
    }
    setOptions(...options) {
      this.data.options = options.flat().map(selectOption);
      return this;
    }
    addOptions(...options) {
      return this.setOptions(...this.data.options ?? [], ...options);
    }
  };
  function selectOption(option) {
    if (typeof option === "string") return { label: option, value: option };
    return option.emoji === void 0 ? option : { ...option, emoji: emojiOf(option.emoji) };
  }
  var ActionRowBuilder = class extends ComponentBuilder {
    constructor(components = []) {
      super(1);
      this.setComponents(...components);
    }
    addComponents(...components) {
      return this.setComponents(...this.data.components ?? [], ...components);
    }
    setComponents(...components) {
      return this.with({ components: components.flat().map((part) => built(part)) });
    }
  };
  var TextDisplayBuilder = class extends ComponentBuilder {
    constructor(content) {
      super(10, present({ content }));
    }
    setContent(content) {
      return this.with({ content });
    }
  };
  var ThumbnailBuilder = class extends ComponentBuilder {
    constructor(url) {
      super(11, url === void 0 ? {} : { media: { url } });
    }
    setUrl(url) {
      return this.with({ media: { url } });
    }
    setDescription(description) {
      return this.with({ description });
    }
    setSpoiler(spoiler2 = true) {
      return this.with({ spoiler: spoiler2 });
    }
  };
  var SectionBuilder = class extends ComponentBuilder {
    constructor(texts = []) {
      super(9);
      this.setComponents(...texts);
    }
    addComponents(...components) {
      return this.setComponents(...this.data.components ?? [], ...components);
    }
    setComponents(...components) {
      return this.with({ components: components.flat().map(textOf) });
    }
    /** What stands at its right: a button or a thumbnail. */
    setAccessory(accessory) {
      return this.with({ accessory: built(accessory) });
    }
  };
  function textOf(text) {
    return typeof text === "string" ? { type: 10, content: text } : built(text);
  }
  var MediaGalleryBuilder = class extends ComponentBuilder {
    constructor() {
      super(12, { items: [] });
    }
    addItem(url, options = {}) {
      return this.with({ items: [...this.data.items ?? [], galleryItem({ url, ...options })] });
    }
    setItems(...items) {
      return this.with({ items: items.flat().map(galleryItem) });
    }
  };
  function galleryItem(item) {
    if (typeof item === "string") return { media: { url: item } };
    if ("media" in item) return item;
    const { url, ...options } = item;
    return present({ media: { url }, ...options });
  }
  var FileBuilder = class extends ComponentBuilder {
    constructor(url) {
      super(13, url === void 0 ? {} : { file: { url } });
    }
    /** `attachment://name`: a file that the same message sends. */
    setUrl(url) {
      return this.with({ file: { url } });
    }
    setSpoiler(spoiler2 = true) {
      return this.with({ spoiler: spoiler2 });
    }
  };
  var SeparatorBuilder = class extends ComponentBuilder {
    constructor(divider = true) {
      super(14, { divider });
    }
    setDivider(divider = true) {
      return this.with({ divider });
    }
    setSpacing(spacing) {
      const named2 = { small: SeparatorSpacing.Small, large: SeparatorSpacing.Large };
      return this.with({ spacing: typeof spacing === "string" ? named2[spacing] : spacing });
    }
  };
  var ContainerBuilder = class extends ComponentBuilder {
    constructor(components = []) {
      super(17);
      this.setComponents(...components);
    }
    addComponents(...components) {
      return this.setComponents(...this.data.components ?? [], ...components);
    }
    setComponents(...components) {
      return this.with({ components: inRows(components.flat()) });
    }
    /** The line at its left. */
    setAccentColor(color) {
      return this.with({ accent_color: color === null ? null : colorOf(color) });
    }
    setSpoiler(spoiler2 = true) {
      return this.with({ spoiler: spoiler2 });
    }
  };
  var ROW_BUTTONS = 5;
  var isSelect2 = (type) => type === 3 || type >= 5 && type <= 8;
  function inRows(components) {
    const placed = [];
    let row;
    for (const given of components) {
      const part = partOf(given);
      const bare = part.type === 2 || part.type === 4 || isSelect2(part.type);
      if (part.type === 2 && row !== void 0 && row.components.length < ROW_BUTTONS) row.components.push(part);
      else {
        const own = { type: 1, components: [part] };
        placed.push(bare ? own : part);
        row = part.type === 2 ? own : void 0;
      }
    }
    return placed;
  }
  function partOf(given) {
    if (typeof given === "string") return { type: 10, content: given };
    return built(given);
  }
  var actionRow = (...components) => new ActionRowBuilder(components);
  var button = (initial) => new ButtonBuilder(initial);
  var stringSelect = (customId) => new StringSelectBuilder(customId);
  var userSelect = (customId) => new SelectBuilder(5, customId, "user");
  var roleSelect = (customId) => new SelectBuilder(6, customId, "role");
  var mentionableSelect = (customId) => new SelectBuilder(7, customId);
  var channelSelect = (customId) => new SelectBuilder(8, customId, "channel");
  var section = (...texts) => new SectionBuilder(texts);
  var textDisplay = (content) => new TextDisplayBuilder(content);
  var thumbnail = (url) => new ThumbnailBuilder(url);
  var mediaGallery = () => new MediaGalleryBuilder();
  var file = (url) => new FileBuilder(url);
  var separator = (divider = true) => new SeparatorBuilder(divider);
  var container = (...components) => new ContainerBuilder(components);

  // builders/format.ts
  var idOf = (target) => typeof target === "string" ? target : target.id;
  function userMention(user) {
    return `<@${idOf(user)}>`;
  }
  function roleMention(role) {
    return `<@&${idOf(role)}>`;
  }
  function channelMention(channel) {
    return `<#${idOf(channel)}>`;
  }
  function commandMention(name, id) {
    return `</${name}:${id}>`;
  }
  function emojiMention(emoji) {
    const name = emoji.name ?? "_";
    return emoji.id ? `<${emoji.animated === true ? "a" : ""}:${name}:${emoji.id}>` : name;
  }
  function timestamp(when = /* @__PURE__ */ new Date(), style) {
    const seconds = Math.floor(new Date(when).getTime() / 1e3);
    if (Number.isNaN(seconds)) throw new TypeError(`"${String(when)}" is not a point in time`);
    return style === void 0 ? `<t:${seconds}>` : `<t:${seconds}:${style}>`;
  }
  function relativeTime(when) {
    return timestamp(when, "R");
  }
  function messageLink(guildId, channelId, messageId) {
    return `https://discord.com/channels/${guildId}/${channelId}/${messageId}`;
  }
  var DISCORD_EPOCH = 1420070400000n;
  function createdAt(id) {
    return new Date(Number((BigInt(idOf(id)) >> 22n) + DISCORD_EPOCH));
  }
  var bold = (text) => `**${text}**`;
  var italic = (text) => `*${text}*`;
  var underline = (text) => `__${text}__`;
  var strikethrough = (text) => `~~${text}~~`;
  var spoiler = (text) => `||${text}||`;
  var inlineCode = (text) => `\`${text.replace(/`/g, "ˋ")}\``;
  var quote = (text) => text.replace(/^/gm, "> ");
  var heading = (text, level = 1) => `${"#".repeat(level)} ${text}`;
  var subtext = (text) => `-# ${text}`;
  var hyperlink = (text, url, title) => title === void 0 ? `[${text}](${url})` : `[${text}](${url} "${title}")`;
  var hideLinkEmbed = (url) => `<${url}>`;
  var bulletList = (items) => items.map((item) => `- ${item}`).join("\n");
  function codeBlock(text, language = "") {
    return `\`\`\`${language}
${text.replace(/```/g, "`​``")}
\`\`\``;
  }
  function escapeMarkdown(text) {
    return text.replace(/[\\*_~`|[\]()]/g, "\\$&").replace(/^(\s*)(#{1,3}|>|-#?|\d+\.)(?=\s|$)/gm, "$1\\$2");
  }
  function escapeMentions(text) {
    return text.replace(/@(?=everyone|here)|<@/g, (found2) => `${found2}​`);
  }
  function mentionedIds(text, kind = "user") {
    const sign = { user: "@!?", role: "@&", channel: "#" }[kind];
    const found2 = text.matchAll(new RegExp(`<${sign}(\\d{17,20})>`, "g"));
    return [...new Set([...found2].map((match) => match[1]))];
  }
  function truncate(text, longest2, end = "…") {
    if (text.length <= longest2) return text;
    const cut = text.slice(0, Math.max(0, longest2 - end.length));
    return cut.replace(/[\ud800-\udbff]$/, "") + end;
  }
  var UNITS = [
    ["week", 6048e5],
    ["day", 864e5],
    ["hour", 36e5],
    ["minute", 6e4],
    ["second", 1e3]
  ];
  function formatDuration(milliseconds, parts = 2) {
    let left2 = Math.max(0, Math.round(milliseconds / 1e3) * 1e3);
    const words = [];
    for (const [unit, size] of UNITS) {
      const count2 = Math.floor(left2 / size);
      left2 -= count2 * size;
      if (count2 > 0 && words.length < parts) words.push(`${count2} ${unit}${count2 === 1 ? "" : "s"}`);
    }
    return words.length > 0 ? words.join(" ") : "0 seconds";
  }
  var SIZES = { w: 6048e5, d: 864e5, h: 36e5, m: 6e4, s: 1e3 };
  var AMOUNT = "(\\d+(?:\\.\\d+)?)\\s*(weeks?|w|days?|d|hours?|hrs?|h|minutes?|mins?|m|seconds?|secs?|s)(?![a-z])";
  var AMOUNTS = new RegExp(`^(?:${AMOUNT}[\\s,]*)+$`);
  function parseDuration(text) {
    const clean = text.trim().toLowerCase();
    if (/^\d+$/.test(clean)) return Number(clean) * 6e4;
    if (!AMOUNTS.test(clean)) return void 0;
    let total = 0;
    for (const [, amount, unit = ""] of clean.matchAll(new RegExp(AMOUNT, "g"))) {
      total += Number(amount) * (SIZES[unit.charAt(0)] ?? 0);
    }
    return total;
  }

  // builders/interactions.ts
  function focusedOption(options) {
    if (!Array.isArray(options)) return void 0;
    for (const option of options) {
      const found2 = option.focused === true ? option : focusedOption(option.options);
      if (found2 !== void 0) return { name: found2.name, value: found2.value, ...found2.type !== void 0 && { type: found2.type } };
    }
    return void 0;
  }

  // builders/message.ts
  var MESSAGE_LIMITS = {
    content: 2e3,
    embeds: 10,
    files: 10,
    stickers: 3,
    pollQuestion: 300,
    pollAnswer: 55,
    pollAnswers: 10,
    pollHours: 768
  };
  var L3 = MESSAGE_LIMITS;
  function checkMessage(body, what = "this message") {
    const check = new Check("");
    check.at("content").optionalText(body["content"], 0, L3.content);
    if (Array.isArray(body["embeds"])) checkEmbeds(check.at("embeds"), body["embeds"]);
    if (body["components"] !== void 0 && body["components"] !== null) {
      checkComponents(check.at("components"), body["components"]);
    }
    if (Array.isArray(body["attachments"])) check.at("attachments").list(body["attachments"], 0, L3.files);
    if (Array.isArray(body["sticker_ids"])) check.at("stickerIds").list(body["sticker_ids"], 0, L3.stickers);
    if (typeof body["poll"] === "object" && body["poll"] !== null) checkPoll(check.at("poll"), body["poll"]);
    checkV2(check, body);
    check.throwIfAny(what);
  }
  function checkModalBody(modal2) {
    const check = new Check("");
    checkModal(check, modal2);
    check.throwIfAny("this modal");
  }
  function checkEmbeds(check, embeds) {
    if (!check.list(embeds, 0, L3.embeds)) return;
    embeds.forEach((embed2, index) => checkEmbed(check.at(index), embed2));
    const length = embeds.reduce((sum, embed2) => sum + embedLength(embed2), 0);
    if (length > EMBED_LIMITS.total) {
      check.fail(`have ${length} characters together, of at most ${EMBED_LIMITS.total}`, "send them in several messages");
    }
  }
  function checkV2(check, body) {
    if (!hasFlag(body["flags"], MessageFlags.IS_COMPONENTS_V2)) return;
    for (const key2 of ["content", "embeds", "poll", "sticker_ids"]) {
      const value = body[key2];
      const isThere2 = Array.isArray(value) ? value.length > 0 : value !== void 0 && value !== null && value !== "";
      if (isThere2) check.at(key2).fail("does not go with Components V2", "say it in a textDisplay, or leave the V2 parts out");
    }
    const components = Array.isArray(body["components"]) ? body["components"] : [];
    const length = displayedLength(components);
    if (length > COMPONENT_LIMITS.text) {
      check.at("components").fail(`show ${length} characters of at most ${COMPONENT_LIMITS.text}`, "shorten the texts");
    }
  }
  function checkPoll(check, poll2) {
    check.at("question").text(poll2.question?.text, 1, L3.pollQuestion);
    check.at("duration").optionalNumber(poll2.duration, 1, L3.pollHours);
    if (!check.at("answers").list(poll2.answers, 1, L3.pollAnswers)) return;
    poll2.answers.forEach((answer, index) => {
      check.at("answers").at(index).at("text").optionalText(answer?.poll_media?.text, 1, L3.pollAnswer);
    });
  }

  // builders/modal.ts
  var InputTextBuilder = class extends ComponentBuilder {
    constructor(customId) {
      super(4, present({ custom_id: customId, style: 1 }));
    }
    setCustomId(customId) {
      return this.with({ custom_id: customId });
    }
    setStyle(style) {
      return this.with({ style });
    }
    /** Of a text that stands in a row; in a `label` the label has the words. */
    setLabel(label2) {
      return this.with({ label: label2 });
    }
    setMinLength(length) {
      return this.with({ min_length: length });
    }
    setMaxLength(length) {
      return this.with({ max_length: length });
    }
    setRequired(required = true) {
      return this.with({ required });
    }
    /** What is there already. */
    setValue(value) {
      return this.with({ value });
    }
    setPlaceholder(placeholder) {
      return this.with({ placeholder });
    }
  };
  var FileUploadBuilder = class extends ComponentBuilder {
    constructor(customId) {
      super(19, present({ custom_id: customId }));
    }
    setCustomId(customId) {
      return this.with({ custom_id: customId });
    }
    setMinValues(count2) {
      return this.with({ min_values: count2 });
    }
    setMaxValues(count2) {
      return this.with({ max_values: count2 });
    }
    setRequired(required = true) {
      return this.with({ required });
    }
  };
  var groupOption = (option) => typeof option === "string" ? { label: option, value: option } : option;
  var RadioGroupBuilder = class extends ComponentBuilder {
    constructor(customId) {
      super(21, present({ custom_id: customId, options: [] }));
    }
    setCustomId(customId) {
      return this.with({ custom_id: customId });
    }
    setOptions(...options) {
      return this.with({ options: options.flat().map(groupOption) });
    }
    addOptions(...options) {
      return this.setOptions(...this.data.options ?? [], ...options);
    }
    setRequired(required = true) {
      return this.with({ required });
    }
  };
  var CheckboxGroupBuilder = class extends ComponentBuilder {
    constructor(customId) {
      super(22, present({ custom_id: customId, options: [] }));
    }
    setCustomId(customId) {
      return this.with({ custom_id: customId });
    }
    setOptions(...options) {
      return this.with({ options: options.flat().map(groupOption) });
    }
    addOptions(...options) {
      return this.setOptions(...this.data.options ?? [], ...options);
    }
    setMinValues(count2) {
      return this.with({ min_values: count2 });
    }
    setMaxValues(count2) {
      return this.with({ max_values: count2 });
    }
    setRequired(required = true) {
      return this.with({ required });
    }
  };
  var CheckboxBuilder = class extends ComponentBuilder {
    constructor(customId) {
      super(23, present({ custom_id: customId }));
    }
    setCustomId(customId) {
      return this.with({ custom_id: customId });
    }
    setDefault(checked = true) {
      return this.with({ default: checked });
    }
  };
  var LabelBuilder = class extends ComponentBuilder {
    constructor(label2, component) {
      super(18, present({ label: label2 }));
      if (component !== void 0) this.setComponent(component);
    }
    setLabel(label2) {
      return this.with({ label: label2 });
    }
    setDescription(description) {
      return this.with({ description });
    }
    setComponent(component) {
      return this.with({ component: built(component) });
    }
  };
  var ModalBuilder = class {
    #data = { components: [] };
    constructor(customId, title) {
      if (customId !== void 0) this.#data.custom_id = customId;
      if (title !== void 0) this.#data.title = title;
    }
    setCustomId(customId) {
      this.#data.custom_id = customId;
      return this;
    }
    setTitle(title) {
      this.#data.title = title;
      return this;
    }
    addComponents(...components) {
      return this.setComponents(...this.#data.components, ...components);
    }
    setComponents(...components) {
      this.#data.components = inRows(components.flat());
      return this;
    }
    toJSON() {
      return toWire(this.#data);
    }
  };
  function modalValues(data) {
    const found2 = {};
    collect(data.components ?? [], found2);
    return found2;
  }
  function collect(components, found2) {
    for (const part of components) {
      const value = part.value ?? part.values;
      if (part.custom_id !== void 0 && value !== void 0 && value !== null) {
        found2[part.custom_id] = value;
      }
      if (part.component !== void 0) collect([part.component], found2);
      if (part.components !== void 0) collect(part.components, found2);
    }
  }
  var modal = (customId, title) => new ModalBuilder(customId, title);
  var label = (text, component) => new LabelBuilder(text, component);
  var inputText = (customId) => new InputTextBuilder(customId);
  var textInput = inputText;
  var fileUpload = (customId) => new FileUploadBuilder(customId);
  var radioGroup = (customId) => new RadioGroupBuilder(customId);
  var checkboxGroup = (customId) => new CheckboxGroupBuilder(customId);
  var checkbox = (customId) => new CheckboxBuilder(customId);

  // builders/pages.ts
  var PAGE = "flora:page";
  var CONFIRM = "flora:confirm";
  var ID_LENGTH = 100;
  var joined = (...parts) => {
    const id = parts.map((part) => part.replace(/[%:]/g, encodeURIComponent)).join(":");
    if (id.length > ID_LENGTH) throw new RangeError(`"${id}" has ${id.length} characters, and a custom id may have ${ID_LENGTH}`);
    return id;
  };
  var parted = (id, head) => {
    if (!id.startsWith(`${head}:`)) return void 0;
    return id.slice(head.length + 1).split(":").map((part) => part.replace(/%(25|3A)/g, decodeURIComponent));
  };
  var pagePattern = (name) => `${PAGE}:${joined(name)}:*`;
  function pageId(where, { name, page, owner }) {
    return `${PAGE}:${joined(name, String(page), owner ?? "", where)}`;
  }
  function readPageId(customId) {
    const [name, page, owner] = parted(customId, PAGE) ?? [];
    if (name === void 0 || page === void 0) return void 0;
    return owner ? { name, page: Number(page), owner } : { name, page: Number(page) };
  }
  function pageButtons(at, count2) {
    const to = (where, sign, page2, off2) => button({ custom_id: pageId(where, { ...at, page: page2 }), emoji: { name: sign }, style: ButtonStyle.Secondary, disabled: off2 });
    const { page } = at;
    const last = count2 - 1;
    const here = button({ custom_id: pageId("here", at), label: `${page + 1} / ${count2}`, style: ButtonStyle.Secondary, disabled: true });
    return actionRow(
      to("first", "⏮️", 0, page <= 0),
      to("back", "◀️", Math.max(0, page - 1), page <= 0),
      here,
      to("on", "▶️", Math.min(last, page + 1), page >= last),
      to("last", "⏭️", last, page >= last)
    ).toJSON();
  }
  function pageMessage(at, pages) {
    if (pages.length === 0) return { content: "There is nothing to show.", components: [] };
    const page = Math.min(Math.max(0, at.page), pages.length - 1);
    const shown2 = pages[page];
    const message = typeof shown2 === "string" ? { content: shown2 } : shown2;
    const buttons = pages.length > 1 ? [pageButtons({ ...at, page }, pages.length)] : [];
    return { ...message, components: [...message.components ?? [], ...buttons] };
  }
  function pagesOfLines(lines, { title, perPage = 10, color } = {}) {
    return chunk(lines, perPage).map((part) => {
      const page = embed().setDescription(part.join("\n"));
      if (title !== void 0) page.setTitle(title);
      if (color !== void 0) page.setColor(color);
      return { embeds: [page] };
    });
  }
  function chunk(items, size) {
    if (!(size >= 1)) throw new RangeError(`pieces of ${size} are no pieces`);
    const pieces = [];
    for (let at = 0; at < items.length; at += size) pieces.push(items.slice(at, at + size));
    return pieces;
  }
  var confirmPattern = (name) => `${CONFIRM}:${joined(name)}:*`;
  function confirmMessage(name, question, options = {}) {
    const id = (answer) => `${CONFIRM}:${joined(name, answer, options.owner ?? "", options.subject ?? "")}`;
    const yes = button({ custom_id: id("yes"), label: options.confirmLabel ?? "Confirm" });
    const no = button({ custom_id: id("no"), label: options.cancelLabel ?? "Cancel", style: ButtonStyle.Secondary });
    yes.setStyle(options.danger === true ? ButtonStyle.Danger : ButtonStyle.Success);
    const message = typeof question === "string" ? { content: question } : question;
    const row = actionRow(yes, no).toJSON();
    const ephemeral = options.ephemeral ?? message.ephemeral;
    return { ...message, components: [...message.components ?? [], row], ...ephemeral !== void 0 && { ephemeral } };
  }
  function readConfirmId(customId) {
    const [name, answer, owner, subject] = parted(customId, CONFIRM) ?? [];
    if (name === void 0 || answer === void 0) return void 0;
    return { name, confirmed: answer === "yes", ...owner && { owner }, ...subject && { subject } };
  }

  // builders/poll.ts
  var PollBuilder = class {
    #data;
    constructor(question = "", answers = []) {
      this.#data = { question: { text: question }, answers: [], duration: 24, allow_multiselect: false };
      this.setAnswers(...answers);
    }
    setQuestion(text) {
      this.#data.question = { text };
      return this;
    }
    setAnswers(...answers) {
      this.#data.answers = answers.flat().map((answer) => ({ poll_media: mediaOf(answer) }));
      return this;
    }
    addAnswers(...answers) {
      this.#data.answers.push(...answers.flat().map((answer) => ({ poll_media: mediaOf(answer) })));
      return this;
    }
    setDuration(hours) {
      this.#data.duration = hours;
      return this;
    }
    /** Whether one member may choose several. */
    setMultiselect(allowed = true) {
      this.#data.allow_multiselect = allowed;
      return this;
    }
    toJSON() {
      return { ...this.#data, answers: [...this.#data.answers] };
    }
  };
  function mediaOf(answer) {
    if (typeof answer === "string") return { text: answer };
    return answer.emoji === void 0 ? { text: answer.text } : { text: answer.text, emoji: emojiOf(answer.emoji) };
  }
  var poll = (question, answers) => new PollBuilder(question, answers);

  // host.ts
  var found = globalThis.__host;
  delete globalThis.__host;
  var host = found;
  var setTimer = globalThis.setTimeout;
  var clearTimer = globalThis.clearTimeout;
  var changed = () => host.registrationsChanged?.();
  function warn(text) {
    host.log("warn", text);
  }
  function define(name, value, enumerable = true) {
    Object.defineProperty(globalThis, name, { value, writable: true, configurable: true, enumerable });
  }

  // bytes.ts
  var fromBase64Native = Uint8Array.fromBase64;
  var toBase64 = (bytes) => bytes.toBase64();
  var fromBase64 = (text) => fromBase64Native.call(Uint8Array, text);
  function viewOf(value) {
    if (value instanceof Uint8Array) return value;
    if (value instanceof ArrayBuffer) return new Uint8Array(value);
    if (ArrayBuffer.isView(value)) return new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
    return void 0;
  }

  // uncurried.ts
  var bind = Function.prototype.call.bind(Function.prototype.bind, Function.prototype.call);
  var uncurry = (method) => bind(method);
  var mapGet = uncurry(Map.prototype.get);
  var mapSet = uncurry(Map.prototype.set);
  var mapDelete = uncurry(Map.prototype.delete);
  var charCodeAt = uncurry(String.prototype.charCodeAt);
  var indexOf = uncurry(String.prototype.indexOf);
  var slice = uncurry(String.prototype.slice);
  var replace = uncurry(String.prototype.replace);
  var isArray = Array.isArray;

  // payload.ts
  var MOST_NAMES = 4e3;
  var camelNames = /* @__PURE__ */ new Map([["__proto__", "proto"]]);
  var snakeNames = /* @__PURE__ */ new Map();
  var UNDERSCORE = /(?<=[a-z0-9])_([a-z0-9])/g;
  var CAMEL = /^[a-z]+[0-9]*(?:[A-Z][a-z0-9]*)+$/;
  var CAPITAL = /[A-Z]/g;
  var keysOf = Object.keys;
  var toUpper = (_, letter) => letter.toUpperCase();
  var toLower = (letter) => `_${letter.toLowerCase()}`;
  function camelName(name) {
    if (indexOf(name, "_") < 0) return name;
    let known3 = mapGet(camelNames, name);
    if (known3 === void 0) {
      known3 = replace(name, UNDERSCORE, toUpper);
      if (camelNames.size < MOST_NAMES) mapSet(camelNames, name, known3);
    }
    return known3;
  }
  function camel2(value) {
    if (typeof value !== "object" || value === null) return value;
    if (isArray(value)) {
      const list = new Array(value.length);
      for (let index = 0; index < list.length; index++) list[index] = camel2(value[index]);
      return list;
    }
    const copy = {};
    const names = keysOf(value);
    for (let index = 0; index < names.length; index++) {
      const name = names[index];
      const field = value[name];
      copy[camelName(name)] = typeof field === "object" && field !== null ? camel2(field) : field;
    }
    return copy;
  }
  var inherit = Object.setPrototypeOf;
  function both(value) {
    if (typeof value !== "object" || value === null) return value;
    if (isArray(value)) return value.map(both);
    const copy = inherit({}, value);
    for (const name of keysOf(value)) copy[camelName(name)] = both(value[name]);
    return copy;
  }
  function snakeName(name) {
    let known3 = mapGet(snakeNames, name);
    if (known3 === void 0) {
      known3 = CAMEL.test(name) ? replace(name, CAPITAL, toLower) : name;
      if (snakeNames.size < MOST_NAMES) mapSet(snakeNames, name, known3);
    }
    return known3;
  }
  function snake(value) {
    if (typeof value === "bigint") return String(value);
    if (typeof value !== "object" || value === null) return value;
    if (typeof value.toJSON === "function") return snake(value.toJSON());
    if (isArray(value)) return value.map(snake);
    const copy = {};
    for (const name of keysOf(value)) {
      const field = value[name];
      if (field === void 0 || typeof field === "function") continue;
      copy[snakeName(name)] = typeof field === "object" || typeof field === "bigint" ? snake(field) : field;
    }
    return copy;
  }
  function emojiName(emoji) {
    if (typeof emoji === "object" && emoji !== null) return emoji.id ? `${emoji.name ?? "_"}:${emoji.id}` : String(emoji.name);
    const text = String(emoji);
    const custom = /^<a?:(\w+:\d+)>$/.exec(text);
    return custom ? custom[1] : indexOf(text, "%") >= 0 ? decodeURIComponent(text) : slice(text, 0);
  }

  // entropy.ts
  var BLOCK = 64;
  var KEY = 32;
  var ROUNDS = 10;
  var CONSTANTS = [1634760805, 857760878, 2036477234, 1797285236];
  var key;
  var pool = new Uint8Array(8 * BLOCK);
  var left = 0;
  function seeded() {
    const seed = host.entropy?.() ?? "";
    if (seed.length !== 2 * KEY) throw new Error("there is no randomness before a script is loaded");
    const words = new Uint32Array(KEY / 4);
    for (let index = 0; index < words.length; index++) words[index] = parseInt(seed.slice(8 * index, 8 * index + 8), 16);
    return words;
  }
  function block(words, counter, out, at) {
    const start = new Uint32Array(16);
    start.set(CONSTANTS, 0);
    start.set(words, 4);
    start[12] = counter;
    const state = start.slice();
    const quarter = (a, b, c, d) => {
      const mix = (to, by, onto, turn) => {
        state[to] = state[to] + state[by];
        const mixed = state[onto] ^ state[to];
        state[onto] = mixed << turn | mixed >>> 32 - turn;
      };
      mix(a, b, d, 16);
      mix(c, d, b, 12);
      mix(a, b, d, 8);
      mix(c, d, b, 7);
    };
    for (let round = 0; round < ROUNDS; round++) {
      for (let column = 0; column < 4; column++) quarter(column, column + 4, column + 8, column + 12);
      quarter(0, 5, 10, 15);
      quarter(1, 6, 11, 12);
      quarter(2, 7, 8, 13);
      quarter(3, 4, 9, 14);
    }
    const view = new DataView(out.buffer, out.byteOffset);
    for (let index = 0; index < 16; index++) view.setUint32(at + 4 * index, state[index] + start[index], true);
  }
  function refill() {
    key ??= seeded();
    for (let index = 0; index < pool.length / BLOCK; index++) block(key, index, pool, index * BLOCK);
    key = new Uint32Array(pool.buffer.slice(0, KEY));
    pool.fill(0, 0, KEY);
    left = pool.length - KEY;
  }
  function fillRandom(bytes) {
    for (let at = 0; at < bytes.length; ) {
      if (left === 0) refill();
      const from = pool.length - left;
      const count2 = Math.min(left, bytes.length - at);
      bytes.set(pool.subarray(from, from + count2), at);
      pool.fill(0, from, from + count2);
      left -= count2;
      at += count2;
    }
  }

  // nonce.ts
  var prefix = "";
  var count = 0;
  function nonce() {
    if (prefix === "") prefix = drawn();
    return prefix + (count++).toString(36);
  }
  function drawn() {
    const bytes = new Uint8Array(12);
    fillRandom(bytes);
    return Array.from(bytes, (byte) => "0123456789abcdefghijklmnopqrstuv"[byte & 31]).join("");
  }

  // text.ts
  var fromCharCode = String.fromCharCode;
  function utf8(text) {
    const bytes = new Uint8Array(utf8Length(text));
    let at = 0;
    for (let index = 0; index < text.length; index++) {
      const code = text.charCodeAt(index);
      if (code < 128) bytes[at++] = code;
      else at = writePoint(bytes, at, pointAt(text, index, code), () => index++);
    }
    return bytes;
  }
  function utf8Length(text) {
    let length = text.length;
    for (let index = 0; index < text.length; index++) {
      const code = text.charCodeAt(index);
      if (code < 128) continue;
      const point = pointAt(text, index, code);
      length += point < 2048 ? 1 : 2;
      if (point > 65535) index++;
    }
    return length;
  }
  function pointAt(text, index, code) {
    if (code < 55296 || code > 57343) return code;
    const next = text.charCodeAt(index + 1);
    return code < 56320 && next >= 56320 && next <= 57343 ? text.codePointAt(index) : 65533;
  }
  function writePoint(bytes, at, point, second) {
    if (point < 2048) bytes[at++] = 192 | point >> 6;
    else {
      if (point < 65536) bytes[at++] = 224 | point >> 12;
      else {
        second();
        bytes[at++] = 240 | point >> 18;
        bytes[at++] = 128 | point >> 12 & 63;
      }
      bytes[at++] = 128 | point >> 6 & 63;
    }
    bytes[at++] = 128 | point & 63;
    return at;
  }

  // messages.ts
  var EPHEMERAL = 1 << 6;
  var COMPONENTS_V2 = 1 << 15;
  var SECOND_KIND = /* @__PURE__ */ new Set([9, 10, 11, 12, 13, 14, 17]);
  var SELECTS = /* @__PURE__ */ new Set([3, 5, 6, 7, 8]);
  var OURS = /* @__PURE__ */ new Set(["attachments", "files", "ephemeral", "replyTo", "messageId", "withResponse", "mentionReply"]);
  var SAFE_MENTIONS = Object.freeze({ parse: Object.freeze(["users"]), replied_user: true });
  var isBuilder2 = (value) => typeof value === "object" && value !== null && typeof value.toJSON === "function";
  function optionsOf(input) {
    if (typeof input === "string" && input.length <= MESSAGE_LIMITS.content) return { content: input };
    if (Array.isArray(input)) return input.every((one) => typeof jsonOf(one).type === "number") ? { components: input } : { embeds: input };
    if (isBuilder2(input)) return typeof jsonOf(input).type === "number" ? { components: [input] } : { embeds: [input] };
    if (typeof input === "object" && input !== null) return input;
    return { content: String(input) };
  }
  var jsonOf = (value) => isBuilder2(value) ? value.toJSON() : value ?? {};
  async function prepare(input, fresh) {
    const options = optionsOf(input);
    const body = checkedBody(options, fresh);
    const wanted = [...options.files ?? [], ...options.attachments ?? []];
    if (wanted.length === 0) return options.attachments === void 0 ? { body } : { body: { ...body, attachments: [] } };
    const kept = wanted.filter((one) => isKept(one)).map(snake);
    const files = await Promise.all(wanted.filter((one) => !isKept(one)).map(fileOf));
    body.attachments = [...kept, ...files.map((file2, index) => describedFile(file2, index))];
    return { body, files };
  }
  function prepareNow(input, fresh) {
    if (typeof input === "string" && input.length <= MESSAGE_LIMITS.content) return { body: fresh ? { content: input, allowed_mentions: SAFE_MENTIONS } : { content: input } };
    const options = optionsOf(input);
    if (options.files !== void 0 || options.attachments !== void 0) return prepare(options, fresh);
    return { body: checkedBody(options, fresh) };
  }
  function checkedBody(options, fresh) {
    const body = bodyOf(options);
    if (fresh) {
      body.allowed_mentions ??= SAFE_MENTIONS;
      refuseEmpty(body, options);
    }
    checkMessage(body, fresh ? "this message" : "this edit");
    return body;
  }
  function bodyOf(options) {
    const plain2 = {};
    for (const name of Object.keys(options)) if (!OURS.has(name)) plain2[name] = options[name];
    const body = snake(plain2);
    if (options.ephemeral) body.flags = (body.flags ?? 0) | EPHEMERAL;
    if (Array.isArray(body.components)) arrangeComponents(body);
    if (body.embed !== void 0) {
      body.embeds = [body.embed, ...body.embeds ?? []];
      delete body.embed;
    }
    return body;
  }
  function refuseEmpty(body, options) {
    const some = (list) => Array.isArray(list) && list.length > 0;
    const says = body.content !== void 0 && body.content !== null && body.content !== "";
    if (says || body.poll !== void 0 || body.message_reference?.type === 1) return;
    if ([body.embeds, body.components, body.sticker_ids, options.files, options.attachments].some(some)) return;
    throw Object.assign(new TypeError("a message needs content, embeds, components, files or a poll"), { code: "INVALID_INPUT" });
  }
  function arrangeComponents(body) {
    const arranged = [];
    let row = [];
    const flush = () => {
      if (row.length > 0) arranged.push({ type: 1, components: row });
      row = [];
    };
    for (const component of body.components) {
      const isButton = component?.type === 2;
      if (!isButton || row.length === 5) flush();
      if (isButton) row.push(component);
      else arranged.push(SELECTS.has(component?.type) ? { type: 1, components: [component] } : component);
    }
    flush();
    body.components = arranged;
    if (arranged.some((component) => SECOND_KIND.has(component?.type))) body.flags = (body.flags ?? 0) | COMPONENTS_V2;
  }
  var isKept = (file2) => typeof file2?.id === "string" && file2.data === void 0 && file2.base64 === void 0;
  async function fileOf(file2) {
    const name = String(file2.name ?? file2.filename ?? nameIn(file2.url ?? file2.Url?.url) ?? "file");
    const about = { name, ...file2.description !== void 0 && { description: String(file2.description) } };
    const nested = file2.Base64 ?? file2.base64;
    if (typeof nested === "object" && nested !== null) return { ...about, ...named(nested), data: String(nested.data) };
    if (typeof nested === "string") return { ...about, data: nested };
    const address = typeof file2.Url === "object" ? file2.Url.url : typeof file2.url === "object" ? file2.url.url : file2.url;
    if (address !== void 0) return { ...about, ...await fetched(String(address)) };
    const type = file2.contentType ?? file2.data?.type;
    return { ...about, ...type && { contentType: String(type) }, data: await encoded(file2.data) };
  }
  var named = (file2) => file2.filename === void 0 ? {} : { name: String(file2.filename) };
  var nameIn = (address) => typeof address === "string" ? /([^/?#]+)(?:[?#].*)?$/.exec(address)?.[1] ?? void 0 : void 0;
  async function fetched(url) {
    const answer = await host.op("fetch", { url, method: "GET", headers: [], body: null, redirect: "follow" });
    if (answer.status >= 400) {
      throw Object.assign(new Error(`the attachment ${url} could not be fetched: HTTP ${answer.status}`), {
        code: "FETCH_FAILED",
        status: answer.status
      });
    }
    const type = answer.headers.find(([name]) => name.toLowerCase() === "content-type");
    return { data: answer.body, ...type && { contentType: type[1] } };
  }
  async function encoded(data) {
    if (typeof data === "string") return toBase64(utf8(data));
    const view = viewOf(data);
    if (view !== void 0) return toBase64(view);
    if (typeof data?.arrayBuffer === "function") return toBase64(new Uint8Array(await data.arrayBuffer()));
    throw new TypeError("a file's data is text, bytes, a Blob or an address (url)");
  }
  var describedFile = (file2, index) => ({
    id: String(index),
    filename: file2.name,
    ...file2.description !== void 0 && { description: file2.description }
  });
  function sendMessage(channelId, prepared, replyTo) {
    const { body } = prepared;
    if (replyTo) body.message_reference = { type: 0, message_id: replyTo, fail_if_not_exists: false };
    if (body.nonce === void 0) {
      body.nonce = nonce();
      body.enforce_nonce = true;
    }
    return host.op("rest.createMessage", withFiles({ channelId, body }, prepared));
  }
  function withFiles(args, prepared) {
    return prepared.files === void 0 || prepared.files.length === 0 ? args : { ...args, files: prepared.files };
  }

  // context.ts
  var nothing = (what, event) => Object.assign(new TypeError(`there is no ${what} in a ${event} event`), { code: "INVALID_INPUT" });
  var EventContext = class {
    /** Discord's name of the event in camel case. */
    event;
    /** The payload as Discord sent it. */
    raw;
    #before;
    #msg;
    #looked = false;
    #replied;
    constructor(event, raw, before) {
      this.event = event;
      this.raw = raw;
      this.#before = before;
    }
    /** The payload with names in camel case. */
    get msg() {
      if (!this.#looked) {
        this.#looked = true;
        this.#msg = this.present(camel2(this.raw));
      }
      return this.#msg;
    }
    set msg(value) {
      this.#looked = true;
      this.#msg = value;
    }
    /** What was there before an update or deletion, where flora still had it; else null. */
    get old() {
      return this.#before === void 0 ? null : this.msg?.old ?? camel2(this.#before);
    }
    get guildId() {
      return this.raw?.guild_id;
    }
    get channelId() {
      return this.raw?.channel_id;
    }
    /** Where names in camel case are not all there is to it. */
    present(msg) {
      if (typeof msg !== "object" || msg === null) return msg;
      if (this.#before !== void 0) msg.old = camel2(this.#before);
      switch (this.event) {
        case "messageUpdate":
          msg.old ??= null;
          Object.defineProperty(msg, "new", { value: msg, writable: true, configurable: true });
          break;
        case "messageDelete":
          msg.old ??= null;
          return msg;
        case "messageCreate":
          break;
        default:
          return msg;
      }
      if (msg.member && msg.author) msg.member.user ??= msg.author;
      return msg;
    }
    /** The message that the event is about. */
    get messageId() {
      const { raw, event } = this;
      return raw?.message_id ?? (event === "messageCreate" || event === "messageUpdate" ? raw?.id : void 0);
    }
    #channel() {
      const channel = this.channelId;
      if (channel === void 0) throw nothing("channel to answer in", this.event);
      return channel;
    }
    #message() {
      const messageId = this.messageId;
      if (messageId === void 0) throw nothing("message", this.event);
      return { channelId: this.#channel(), messageId };
    }
    /** Answers in the channel of the event, referring to its message. */
    async reply(input) {
      const channel = this.#channel();
      const options = typeof input === "object" && input !== null && !Array.isArray(input) ? input : {};
      const replyTo = options.replyTo === void 0 ? options.messageId ?? this.messageId : options.replyTo;
      const sent = (async () => sendMessage(channel, await prepareNow(input, true), replyTo))();
      this.#replied = sent;
      return both(await sent);
    }
    /** Sends into the channel of the event. */
    async send(input) {
      return both(await sendMessage(this.#channel(), await prepareNow(input, true)));
    }
    /** Changes the reply that was given here; where none was, the message of the event, which must be the bot's own. */
    async edit(input) {
      const replied = await this.#replied;
      const at = replied ? { channelId: replied.channel_id ?? this.#channel(), messageId: replied.id } : this.#editable();
      const prepared = await prepareNow(input, false);
      return both(await host.op("rest.updateMessage", withFiles({ ...at, body: prepared.body }, prepared)));
    }
    #editable() {
      if (this.messageId === void 0) throw new Error("Message edit requires a message payload");
      return this.#message();
    }
    /** Removes the message of the event. */
    async delete(reason) {
      await host.op("rest.deleteMessage", { ...this.#message(), ...reason && { reason } });
    }
    async deleteReply() {
      const replied = await this.#replied;
      if (replied === void 0) throw new Error("there is no reply to delete");
      await host.op("rest.deleteMessage", { channelId: replied.channel_id ?? this.#channel(), messageId: replied.id });
    }
    /** Reacts to the message of the event. */
    async react(emoji) {
      await host.op("rest.addMyMessageReaction", { ...this.#message(), emojiName: emojiName(emoji) });
    }
    /** Shows that something is being written, for ten seconds or until a message comes. */
    async typing() {
      await host.op("rest.triggerTypingIndicator", { channelId: this.#channel() });
    }
  };
  var ANSWER = { message: 4, deferMessage: 5, deferUpdate: 6, update: 7, choices: 8, modal: 9 };
  var INTERACTION = { command: 2, component: 3, autocomplete: 4, modal: 5 };
  var EPHEMERAL2 = 1 << 6;
  var application;
  var applicationId = () => application;
  var InteractionContext = class extends EventContext {
    stage = "open";
    /** The member was shown that the answer takes a while, and has not had one. */
    deferredForIt = false;
    #first;
    onAnswer;
    constructor(event, raw, before) {
      super(event, raw, before);
      application = raw.application_id ?? application;
    }
    get kind() {
      return this.raw.type;
    }
    get user() {
      return this.msg.user;
    }
    get member() {
      return this.msg.member ?? null;
    }
    get customId() {
      return this.raw.data?.custom_id;
    }
    /** What was chosen in a select menu. */
    get values() {
      return this.raw.data?.values ?? [];
    }
    get commandName() {
      return this.raw.data?.name;
    }
    /** What a modal's inputs hold, by their custom ids. */
    get fields() {
      const found2 = {};
      gatherFields(this.raw.data?.components ?? [], found2);
      return found2;
    }
    get messageId() {
      return this.raw.message?.id;
    }
    present(msg) {
      if (typeof msg !== "object" || msg === null) return msg;
      msg.interactionId = this.raw.id;
      msg.interactionToken = this.raw.token;
      msg.user ??= msg.member?.user;
      msg.messageId = this.raw.message?.id ?? null;
      if (this.raw.data) msg.data = both(this.raw.data);
      if (this.raw.data?.name !== void 0) msg.commandName = this.raw.data.name;
      return msg;
    }
    /** Answers: the first time for all to see (or, with `ephemeral`, for the member alone), afterwards by a follow-up. */
    async reply(input) {
      if (this.stage !== "open") await this.#settled();
      if (this.stage === "open") return this.#answer("message", "answered", () => prepareNow(input, true), input);
      if (this.stage === "deferred") return this.editReply(input, true);
      return this.followUp(input);
    }
    send(input) {
      return this.stage === "open" ? this.reply(input) : this.followUp(input);
    }
    /** Says that the answer takes a while. For components see `deferUpdate`. */
    async defer(options = {}) {
      const ephemeral = typeof options === "boolean" ? options : Boolean(options.ephemeral);
      await this.#settled();
      if (this.stage !== "open") return;
      await this.#answer("deferMessage", "deferred", () => ephemeral ? { body: { flags: EPHEMERAL2 } } : void 0);
    }
    /** Says that the message with the component may change in a while, or not at all. */
    async deferUpdate() {
      await this.#settled();
      if (this.stage === "open") await this.#answer("deferUpdate", "deferredUpdate", () => void 0);
    }
    /** Changes the message that the component belongs to. */
    async update(input) {
      await this.#settled();
      if (this.raw.message === void 0) throw nothing("message to update", this.event);
      if (this.stage === "open") return this.#answer("update", "answered", () => prepareNow(input, false), input);
      return this.editReply(input);
    }
    /** Changes the first answer. */
    async editReply(input, isFirst = false) {
      const prepared = await prepareNow(input, isFirst);
      await this.#settled();
      if (this.stage === "open") throw new Error("there is no reply to edit yet: use reply, defer or update");
      this.stage = this.stage === "deferred" ? "answered" : this.stage;
      this.deferredForIt = false;
      if (isFirst) delete prepared.body.enforce_nonce;
      const args = withFiles({ ...this.#original(), body: withoutEphemeral(prepared.body) }, prepared);
      return both(await host.op("rest.updateOriginalWebhookMessage", args));
    }
    async #settled() {
      await this.#first?.catch(() => void 0);
    }
    async edit(input) {
      if (this.stage !== "open") return this.editReply(input);
      return this.raw.message === void 0 ? this.reply(input) : this.update(input);
    }
    async deleteReply() {
      await this.#settled();
      this.stage = "answered";
      this.deferredForIt = false;
      await host.op("rest.deleteOriginalWebhookMessage", this.#original());
    }
    /** Of a component: its message. Of anything else: the answer. */
    async delete(reason) {
      return this.raw.message === void 0 ? this.deleteReply() : super.delete(reason);
    }
    /** Another message, after the first answer. */
    async followUp(input) {
      const prepared = await prepareNow(input, true);
      await this.#settled();
      if (this.stage === "open") return this.reply(input);
      if (this.stage === "deferred") return this.editReply(input, true);
      const args = withFiles({ ...this.#original(), query: { wait: true }, body: prepared.body }, prepared);
      return both(await host.op("rest.executeWebhook", args));
    }
    /** Opens a form. It must be the first answer: Discord takes none after a deferral. */
    async showModal(modal2) {
      if (this.stage !== "open") {
        throw Object.assign(new Error(`a modal must be the first answer, and this interaction is ${this.stage} already`), {
          code: "ALREADY_ANSWERED"
        });
      }
      await this.#answer("modal", "answered", () => prepareModal(modal2));
    }
    /** Suggestions for the option that is being typed. */
    async respond(choices) {
      const list = Array.from(choices, choiceOf).slice(0, 25);
      await this.#answer("choices", "answered", () => ({ body: { choices: list } }));
    }
    /** Takes the one first answer before anything is awaited, and gives it back when it could not be sent. */
    #answer(kind, stage, prepare2, input) {
      this.stage = stage;
      this.onAnswer?.();
      this.#first = this.#sendAnswer(kind, prepare2, input).catch((error) => {
        this.stage = "open";
        throw error;
      });
      return this.#first;
    }
    async #sendAnswer(kind, prepare2, input) {
      const prepared = await prepare2();
      const body = prepared === void 0 ? { type: ANSWER[kind] } : { type: ANSWER[kind], data: prepared.body };
      const { id, token } = this.raw;
      const query = wantsAnswer(input) ? { query: { with_response: true } } : {};
      const args = { interactionId: id, interactionToken: token, ...query, body };
      const answer = await host.op("rest.createInteractionResponse", prepared ? withFiles(args, prepared) : args);
      return both(answer?.resource?.message);
    }
    #original() {
      return { webhookId: this.raw.application_id, webhookToken: this.raw.token };
    }
  };
  var wantsAnswer = (input) => typeof input === "object" && input?.withResponse === true;
  function withoutEphemeral(body) {
    if (typeof body.flags === "number") body.flags &= ~EPHEMERAL2;
    if (body.flags === 0) delete body.flags;
    return body;
  }
  async function prepareModal(modal2) {
    const given = typeof modal2?.toJSON === "function" ? modal2.toJSON() : modal2;
    const { toJSON: _, ...plain2 } = optionsOf(given);
    const body = snake(plain2);
    if (Array.isArray(body.components)) body.components = body.components.map(inRow);
    checkModalBody(body);
    return { body };
  }
  var inRow = (component) => component?.type === 4 ? { type: 1, components: [component] } : component;
  function choiceOf(choice) {
    if (typeof choice === "object" && choice !== null) return { ...choice, name: String(choice.name).slice(0, 100) };
    return { name: String(choice).slice(0, 100), value: choice };
  }
  function gatherFields(components, found2) {
    for (const component of components) {
      if (component.custom_id !== void 0) found2[component.custom_id] = component.value ?? component.values ?? null;
      if (component.components) gatherFields(component.components, found2);
      if (component.component) gatherFields([component.component], found2);
    }
  }

  // names.ts
  var EVENTS = [
    "ready",
    "applicationCommandPermissionsUpdate",
    "autoModerationRuleCreate",
    "autoModerationRuleUpdate",
    "autoModerationRuleDelete",
    "autoModerationActionExecution",
    "channelCreate",
    "channelUpdate",
    "channelDelete",
    "channelPinsUpdate",
    "channelInfo",
    "threadCreate",
    "threadUpdate",
    "threadDelete",
    "threadListSync",
    "threadMemberUpdate",
    "threadMembersUpdate",
    "entitlementCreate",
    "entitlementUpdate",
    "entitlementDelete",
    "guildCreate",
    "guildUpdate",
    "guildDelete",
    "guildAuditLogEntryCreate",
    "guildBanAdd",
    "guildBanRemove",
    "guildEmojisUpdate",
    "guildStickersUpdate",
    "guildIntegrationsUpdate",
    "guildMemberAdd",
    "guildMemberUpdate",
    "guildMemberRemove",
    "guildMembersChunk",
    "guildRoleCreate",
    "guildRoleUpdate",
    "guildRoleDelete",
    "guildScheduledEventCreate",
    "guildScheduledEventUpdate",
    "guildScheduledEventDelete",
    "guildScheduledEventUserAdd",
    "guildScheduledEventUserRemove",
    "guildScheduledEventExceptionCreate",
    "guildScheduledEventExceptionUpdate",
    "guildScheduledEventExceptionDelete",
    "guildSoundboardSoundCreate",
    "guildSoundboardSoundUpdate",
    "guildSoundboardSoundDelete",
    "guildSoundboardSoundsUpdate",
    "soundboardSounds",
    "guildJoinRequestCreate",
    "guildJoinRequestUpdate",
    "guildJoinRequestDelete",
    "integrationCreate",
    "integrationUpdate",
    "integrationDelete",
    "interactionCreate",
    "inviteCreate",
    "inviteDelete",
    "messageCreate",
    "messageUpdate",
    "messageDelete",
    "messageDeleteBulk",
    "messageReactionAdd",
    "messageReactionRemove",
    "messageReactionRemoveAll",
    "messageReactionRemoveEmoji",
    "messagePollVoteAdd",
    "messagePollVoteRemove",
    "presenceUpdate",
    "stageInstanceCreate",
    "stageInstanceUpdate",
    "stageInstanceDelete",
    "subscriptionCreate",
    "subscriptionUpdate",
    "subscriptionDelete",
    "typingStart",
    "voiceChannelEffectSend",
    "voiceChannelStatusUpdate",
    "voiceChannelStartTimeUpdate",
    "voiceStateUpdate",
    "voiceServerUpdate",
    "webhooksUpdate"
  ];
  var ALIASES = {
    __proto__: null,
    reactionAdd: "messageReactionAdd",
    reactionRemove: "messageReactionRemove",
    reactionRemoveAll: "messageReactionRemoveAll",
    reactionRemoveEmoji: "messageReactionRemoveEmoji"
  };
  var INTERACTION_EVENTS = ["componentInteraction", "modalSubmit", "autocomplete"];

  // nearest.ts
  function distance2(from, to, limit) {
    if (Math.abs(from.length - to.length) > limit) return limit + 1;
    let row = Array.from({ length: to.length + 1 }, (_, index) => index);
    for (let i = 1; i <= from.length; i++) {
      const next = [i];
      for (let j = 1; j <= to.length; j++) {
        const change = from[i - 1] === to[j - 1] ? 0 : 1;
        next[j] = Math.min(next[j - 1] + 1, row[j] + 1, row[j - 1] + change);
      }
      row = next;
    }
    return row[to.length];
  }
  var plain = (name) => name.toLowerCase().replace(/[^a-z0-9]/g, "");
  function nearest2(name, names) {
    const asked = plain(name);
    if (asked.length < 3) return void 0;
    const limit = asked.length < 5 ? 0 : Math.min(4, Math.max(1, Math.floor(asked.length / 4)));
    let best, bestDistance = limit + 1, part;
    for (const known3 of names) {
      const candidate = plain(known3);
      const far = distance2(asked, candidate, limit);
      if (far < bestDistance) [best, bestDistance] = [known3, far];
      if (asked.length >= 6 && (candidate.endsWith(asked) || candidate.startsWith(asked) || `on${candidate}` === asked)) {
        if (part === void 0 || known3.length < part.length) part = known3;
      }
    }
    return best ?? part;
  }

  // names_check.ts
  var known = /* @__PURE__ */ new Set([...EVENTS, ...Object.keys(ALIASES), ...INTERACTION_EVENTS]);
  function canonical(event) {
    if (typeof event !== "string" || event === "") throw new TypeError("on() needs the name of an event");
    if (known.has(event)) return ALIASES[event] ?? event;
    if (event.startsWith("__")) return event;
    const meant = nearest2(event, known);
    if (meant !== void 0) throw new TypeError(`there is no event "${event}"; did you mean "${meant}"?`);
    if (/^[a-z]{3,}[A-Z]/.test(event)) warn(`flora knows no event "${event}"; handlers run if Discord ever sends one`);
    return event;
  }

  // events.ts
  var handlers = /* @__PURE__ */ new Map();
  var byKind = /* @__PURE__ */ new Map();
  var originals = /* @__PURE__ */ new WeakMap();
  var internal = /* @__PURE__ */ new Map();
  var KINDS = /* @__PURE__ */ new Set(["componentInteraction", "modalSubmit", "autocomplete"]);
  var tableOf = (event) => KINDS.has(event) ? byKind : handlers;
  var routeInteraction;
  function setInteractionRouter(route2) {
    if (routeInteraction !== route2) changed();
    routeInteraction = route2;
  }
  function handleInternal(event, run2) {
    mapSet(internal, event, run2);
  }
  var listeningTo = (kind) => mapGet(byKind, kind) ?? [];
  function add(event, handler) {
    const table2 = tableOf(event);
    mapSet(table2, event, [...mapGet(table2, event) ?? [], handler]);
    changed();
  }
  function on(event, handler) {
    const name = canonical(event);
    if (typeof handler !== "function") throw new TypeError(`on("${event}") needs a function`);
    add(name, handler);
    return () => remove(name, handler);
  }
  function once(event, handler) {
    const name = canonical(event);
    if (typeof handler !== "function") throw new TypeError(`once("${event}") needs a function`);
    const single = (context) => {
      remove(name, single);
      return handler(context);
    };
    originals.set(single, handler);
    add(name, single);
    return () => remove(name, single);
  }
  function off(event, handler) {
    const name = canonical(event);
    if (handler !== void 0) return remove(name, handler);
    mapDelete(tableOf(name), name);
    changed();
  }
  function remove(name, handler) {
    const table2 = tableOf(name);
    const listening = mapGet(table2, name);
    if (listening === void 0) return;
    const index = listening.findIndex((one) => one === handler || originals.get(one) === handler);
    if (index < 0) return;
    const rest2 = listening.filter((_, at) => at !== index);
    if (rest2.length === 0) mapDelete(table2, name);
    else mapSet(table2, name, rest2);
    changed();
  }
  function eventNames() {
    const names = [...handlers.keys()];
    const wantsInteractions = byKind.size > 0 || routeInteraction !== void 0;
    return wantsInteractions && !handlers.has("interactionCreate") ? [...names, "interactionCreate"] : names;
  }
  async function runAll(listening, context, event) {
    let failed = false, failure;
    for (let index = 0; index < listening.length; index++) {
      try {
        await listening[index](context);
      } catch (error) {
        if (failed) host.uncaught(error, event);
        else [failed, failure] = [true, error];
      }
    }
    if (failed) throw failure;
  }
  function run(listening, context, event) {
    return listening.length === 1 ? listening[0](context) : runAll(listening, context, event);
  }
  var TILDE = 126;
  var none = [];
  function dispatch(event, payload) {
    let before;
    if (charCodeAt(event, 0) === TILDE && isArray(payload)) {
      event = slice(event, 1);
      before = payload[1];
      payload = payload[0];
    }
    const listening = mapGet(handlers, event);
    if (event === "interactionCreate") {
      if (payload?.type === void 0) return listening && run(listening, new EventContext(event, payload, before), event);
      if (routeInteraction === void 0 && byKind.size === 0 && listening === void 0) return void 0;
      const context = new InteractionContext(event, payload, before);
      return routeInteraction === void 0 ? void 0 : routeInteraction(context, listening ?? none);
    }
    if (listening !== void 0) return run(listening, new EventContext(event, payload, before), event);
    return mapGet(internal, event)?.(payload);
  }

  // clocks.ts
  var MOST_CRONS = 32;
  var OVERLAP = ["skip", "queue", "allow"];
  var CATCH_UP = ["skip", "once", "all"];
  var crons = /* @__PURE__ */ new Map();
  var timerHandlers = /* @__PURE__ */ new Map();
  var cronsJson = () => Array.from(crons.values(), (one) => one.json);
  var timerNames = () => [...timerHandlers.keys()];
  function oneOf(value, allowed, what) {
    if (value !== void 0 && !allowed.includes(value)) {
      throw new TypeError(`${what} is one of ${allowed.join(", ")}; not ${String(value)}`);
    }
  }
  function registerCron(name, schedule2, run2, options = {}) {
    if (typeof name !== "string" || name.trim() === "") throw new TypeError("a cron needs a name");
    if (typeof schedule2 !== "string" || schedule2.trim() === "") throw new TypeError(`cron "${name}" needs a schedule: "0 9 * * *"`);
    if (typeof run2 !== "function") throw new TypeError(`cron "${name}" needs a function`);
    const fields = schedule2.trim().split(/\s+/).length;
    if (!schedule2.startsWith("@") && fields !== 5) {
      throw new TypeError(`cron "${name}": "${schedule2}" has ${fields} fields, and a schedule has 5: minute hour day month weekday`);
    }
    if (crons.has(name)) throw new Error(`there are two crons named "${name}"`);
    if (crons.size >= MOST_CRONS) throw new RangeError(`a guild has at most ${MOST_CRONS} crons`);
    const overlap = options.overlap ?? (options.skipIfRunning === void 0 ? void 0 : options.skipIfRunning ? "skip" : "allow");
    oneOf(overlap, OVERLAP, `cron "${name}": overlap`);
    oneOf(options.catchUp, CATCH_UP, `cron "${name}": catchUp`);
    const timeZone = options.timeZone ?? options.timezone;
    const json = {
      name,
      schedule: schedule2,
      ...timeZone !== void 0 && { timeZone },
      ...overlap !== void 0 && { overlap },
      ...options.catchUp !== void 0 && { catchUp: options.catchUp }
    };
    crons.set(name, { json, run: run2 });
    handleInternal("__cron", runCron);
    changed();
  }
  var iso = (at) => typeof at === "string" ? at : new Date(Number(at)).toISOString();
  var CronContext = class {
    constructor(raw) {
      this.raw = raw;
      const scheduledAt = iso(raw.scheduledFor);
      const { name, runId, manual } = raw;
      this.msg = { name, scheduledAt, scheduledFor: scheduledAt, runId, manual: Boolean(manual) };
    }
    raw;
    event = "cron";
    msg;
    get name() {
      return this.msg.name;
    }
    get scheduledAt() {
      return this.msg.scheduledAt;
    }
    /** Whether somebody asked for this run, rather than the schedule. */
    get manual() {
      return this.msg.manual;
    }
  };
  function runCron(payload) {
    const found2 = crons.get(payload?.name);
    if (found2 === void 0) throw Object.assign(new Error(`there is no cron "${payload?.name}"`), { code: "NO_HANDLER" });
    return found2.run(new CronContext(payload));
  }
  var ask = (operation2) => (name) => host.op(`cron.${operation2}`, { name });
  var cron = Object.assign(registerCron, {
    list: () => host.op("cron.list", {}),
    pause: ask("pause"),
    resume: ask("resume"),
    /** Begins a run now, and answers its id. */
    run: ask("run"),
    runs: (options = {}) => host.op("cron.runs", options)
  });
  var UNITS2 = { ms: 1, s: 1e3, m: 6e4, h: 36e5, d: 864e5, w: 6048e5 };
  function duration(text) {
    if (typeof text === "number") return text;
    const parts = [...String(text).matchAll(/(\d+(?:\.\d+)?)\s*(ms|[smhdw])[a-z]*/gi)];
    const rest2 = String(text).replace(/(\d+(?:\.\d+)?)\s*(ms|[smhdw])[a-z]*/gi, "").replace(/[\s,]|and/gi, "");
    if (parts.length === 0 || rest2 !== "") throw new TypeError(`"${text}" is no duration; write "90s", "1h30m" or "3d"`);
    return parts.reduce((sum, part) => sum + Number(part[1]) * UNITS2[part[2].toLowerCase()], 0);
  }
  function moment(when) {
    if (when instanceof Date) {
      if (Number.isNaN(when.getTime())) throw new TypeError("the date of a timer is no date");
      return when.getTime();
    }
    if (typeof when === "number") return when;
    if (typeof when === "string") return /^\d+(?:\.\d+)?\s*[a-z]/i.test(when) ? Date.now() + duration(when) : when;
    if (when?.in !== void 0) return Date.now() + duration(when.in);
    if (when?.at !== void 0) return moment(when.at);
    throw new TypeError('when? a Date, an ISO time, Unix milliseconds, "3d", { in: "3d" } or { at: date }');
  }
  var TimerContext = class {
    constructor(raw) {
      this.raw = raw;
    }
    raw;
    event = "timer";
    get name() {
      return this.raw.name;
    }
    get payload() {
      return this.raw.payload;
    }
    get scheduledAt() {
      return iso(this.raw.scheduledFor);
    }
    get msg() {
      const { name, payload, scheduledAt } = this;
      return { name, payload, scheduledAt, scheduledFor: scheduledAt };
    }
  };
  function onTimer(name, run2) {
    if (typeof name !== "string" || name === "") throw new TypeError("a timer's handler needs the timer's name");
    if (typeof run2 !== "function") throw new TypeError(`timer "${name}" needs a function`);
    if (timerHandlers.has(name)) throw new Error(`there are two handlers for timers named "${name}"`);
    timerHandlers.set(name, run2);
    handleInternal("__timer", runTimer);
    changed();
  }
  function runTimer(payload) {
    const run2 = timerHandlers.get(payload?.name);
    if (run2 === void 0) throw Object.assign(new Error(`nothing in this script handles the timer "${payload?.name}"`), { code: "NO_HANDLER" });
    return run2(new TimerContext(payload));
  }
  async function schedule(name, when, payload = null) {
    if (!timerHandlers.has(name)) {
      const meant = nearest2(String(name), timerHandlers.keys());
      throw new TypeError(`no handler is registered for timers named "${name}"${meant ? `; did you mean "${meant}"?` : ": write timers.on"}`);
    }
    return (await host.op("timers.schedule", { name, at: moment(when), payload })).id;
  }
  async function cancel(which) {
    const asked = typeof which === "string" ? { id: which } : which;
    return (await host.op("timers.cancel", asked)).cancelled;
  }
  var timers = {
    on: onTimer,
    schedule,
    cancel,
    list: (options = {}) => host.op("timers.list", options)
  };

  // commands/cooldown.ts
  var MOST_KEYS = 5e3;
  var PER = /* @__PURE__ */ new Set(["user", "channel", "guild"]);
  function cooldownOf(given, where) {
    if (given === void 0 || given === null || given === 0) return void 0;
    const { seconds, per = "user" } = typeof given === "object" ? given : { seconds: given };
    if (!(seconds > 0) || !PER.has(per)) {
      throw new TypeError(`${where}: a cooldown is seconds, or { seconds, per: "user" | "channel" | "guild" }`);
    }
    return { seconds, per };
  }
  var Cooldowns = class {
    #until = /* @__PURE__ */ new Map();
    /** Seconds that are still to wait; 0 when it may be used, which then counts. */
    use(command, cooldown, ids) {
      const now = Date.now();
      const key2 = `${command} ${ids[cooldown.per] ?? ""}`;
      const until = this.#until.get(key2) ?? 0;
      if (until > now) return Math.ceil((until - now) / 1e3);
      if (this.#until.size >= MOST_KEYS) this.#sweep(now);
      this.#until.set(key2, now + cooldown.seconds * 1e3);
      return 0;
    }
    #sweep(now) {
      for (const [key2, until] of this.#until) if (until <= now) this.#until.delete(key2);
      if (this.#until.size >= MOST_KEYS) this.#until.clear();
    }
  };
  var cooldowns = new Cooldowns();

  // commands/options.ts
  var OPTION_TYPES2 = {
    subcommand: 1,
    subcommand_group: 2,
    string: 3,
    integer: 4,
    boolean: 5,
    user: 6,
    channel: 7,
    role: 8,
    mentionable: 9,
    number: 10,
    attachment: 11
  };
  var CHANNEL_TYPES = {
    text: 0,
    voice: 2,
    category: 4,
    announcement: 5,
    announcement_thread: 10,
    thread: 11,
    private_thread: 12,
    stage: 13,
    forum: 15,
    media: 16
  };
  var NAME2 = /^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$/u;
  var MOST = 25;
  var TEXT = OPTION_TYPES2.string;
  var INTEGER = OPTION_TYPES2.integer;
  var NUMBER = OPTION_TYPES2.number;
  function refuse(where, what) {
    throw Object.assign(new TypeError(`${where}: ${what}`), { code: "INVALID_COMMAND" });
  }
  function checkName2(where, name) {
    if (typeof name !== "string" || !NAME2.test(name)) {
      refuse(where, `${JSON.stringify(name)} is no name: 1 to 32 letters, digits, - and _`);
    }
    if (name !== name.toLowerCase()) refuse(where, `the name "${name}" must be in lower case: "${name.toLowerCase()}"`);
    return name;
  }
  function checkDescription(where, text) {
    if (typeof text !== "string" || text.length < 1 || text.length > 100) {
      refuse(where, "a description of 1 to 100 characters is needed");
    }
    return text;
  }
  function typeNumber(where, type) {
    if (type === void 0 || type === null) return TEXT;
    if (typeof type === "number") {
      if (Number.isInteger(type) && type >= 1 && type <= 11) return type;
      refuse(where, `there is no option type ${type}`);
    }
    const name = String(type).toLowerCase().replace(/[-\s]/g, "_").replace(/([a-z])group$/, "$1_group");
    const known3 = OPTION_TYPES2[name];
    if (known3 === void 0) {
      const meant = nearest2(name, Object.keys(OPTION_TYPES2));
      refuse(where, `there is no option type "${String(type)}"${meant ? `; did you mean "${meant}"?` : ""}`);
    }
    return known3;
  }
  function optionsJson(where, options, path, completions) {
    if (options === void 0) return [];
    const list = Array.isArray(options) ? options : namedOptions(options);
    if (list.length > MOST) refuse(where, `${list.length} options, and Discord takes ${MOST}`);
    const seen = /* @__PURE__ */ new Set();
    let sawOptional = false;
    return list.map((one) => {
      const given = typeof one?.toJSON === "function" ? one.toJSON() : one;
      const json = optionJson(where, given, path, completions);
      if (seen.has(json.name)) refuse(where, `there are two options "${json.name}"`);
      seen.add(json.name);
      if (json.type > 2 && json.required && sawOptional) {
        refuse(where, `the required option "${json.name}" must come before those that are not required`);
      }
      sawOptional ||= json.type > 2 && !json.required;
      return json;
    });
  }
  function namedOptions(options) {
    return Object.keys(options ?? {}).map((name) => ({ name, ...options[name] }));
  }
  function optionJson(outer, option, path, completions) {
    const name = checkName2(outer, option?.name);
    const where = `${outer}, option "${name}"`;
    const type = typeNumber(where, option.type);
    const json = {
      type,
      name,
      description: checkDescription(where, option.description ?? (type > 2 ? name : void 0)),
      ...localized(where, option)
    };
    if (type <= 2) {
      const inner = [...option.options ?? [], ...(option.subcommands ?? []).map((one) => ({ ...one, type: one.type ?? 1 }))];
      json.options = optionsJson(where, inner, `${path} ${name}`, completions);
      return json;
    }
    json.required = Boolean(option.required);
    addBounds(where, option, type, json);
    addChoices(where, option, type, json);
    addCompletion(where, option, type, json, `${path} ${name}`, completions);
    const channels = option.channelTypes ?? option.channel_types;
    if (channels !== void 0) json.channel_types = channels.map((one) => channelType(where, one));
    return json;
  }
  function localized(where, given) {
    const { name_localizations: names, description_localizations: descriptions } = snake({
      nameLocalizations: given.nameLocalizations ?? given.name_localizations,
      descriptionLocalizations: given.descriptionLocalizations ?? given.description_localizations
    });
    for (const name of Object.values(names ?? {})) checkName2(`${where}, localised`, name);
    for (const text of Object.values(descriptions ?? {})) checkDescription(`${where}, localised`, text);
    return { ...names && { name_localizations: names }, ...descriptions && { description_localizations: descriptions } };
  }
  function channelType(where, type) {
    const number = typeof type === "number" ? type : CHANNEL_TYPES[String(type)];
    if (number === void 0) refuse(where, `there is no channel type "${String(type)}"`);
    return number;
  }
  function addBounds(where, option, type, json) {
    const isText = type === TEXT;
    const least = (isText ? option.minLength ?? option.min_length : option.minValue ?? option.min_value) ?? option.min;
    const most = (isText ? option.maxLength ?? option.max_length : option.maxValue ?? option.max_value) ?? option.max;
    if (least === void 0 && most === void 0) return;
    if (!isText && type !== INTEGER && type !== NUMBER) refuse(where, "only texts and numbers have a least and a most");
    for (const bound of [least, most]) if (bound !== void 0 && !Number.isFinite(bound)) refuse(where, `${bound} is no number`);
    if (least > most) refuse(where, `the least, ${least}, is above the most, ${most}`);
    if (isText && (least < 0 || least > 6e3 || most < 1 || most > 6e3)) refuse(where, "a text has 0 to 6,000 characters");
    if (least !== void 0) json[isText ? "min_length" : "min_value"] = least;
    if (most !== void 0) json[isText ? "max_length" : "max_value"] = most;
  }
  function addChoices(where, option, type, json) {
    if (option.choices === void 0) return;
    if (type !== TEXT && type !== INTEGER && type !== NUMBER) refuse(where, "only texts and numbers have choices");
    const given = Array.isArray(option.choices) ? option.choices : Object.keys(option.choices).map((name) => ({ name, value: option.choices[name] }));
    if (given.length > MOST) refuse(where, `${given.length} choices, and Discord takes ${MOST}; use autocomplete`);
    json.choices = given.map((choice) => choiceJson(where, choice, type));
    const names = new Set(json.choices.map((choice) => choice.name));
    if (names.size < json.choices.length) refuse(where, "two choices have the same name");
  }
  function choiceJson(where, choice, type) {
    const { name, value, ...more } = typeof choice === "object" && choice !== null ? choice : { name: String(choice), value: choice };
    const json = { name, value: value ?? name, ...localized(where, more) };
    if (typeof json.name !== "string" || json.name.length < 1 || json.name.length > 100) {
      refuse(where, "the name of a choice has 1 to 100 characters");
    }
    const isText = typeof json.value === "string";
    if (isText !== (type === TEXT) || type === INTEGER && !Number.isInteger(json.value)) {
      refuse(where, `the choice "${json.name}" has the value ${JSON.stringify(json.value)}, which is of another type than the option`);
    }
    if (isText && json.value.length > 100) refuse(where, "the value of a choice has at most 100 characters");
    return json;
  }
  function addCompletion(where, option, type, json, path, completions) {
    if (!option.autocomplete) return;
    if (type !== TEXT && type !== INTEGER && type !== NUMBER) refuse(where, "only texts and numbers have autocomplete");
    if (json.choices !== void 0) refuse(where, "an option has choices or autocomplete, not both");
    json.autocomplete = true;
    if (typeof option.autocomplete === "function") completions.set(path, option.autocomplete);
  }
  function characters2(json) {
    const longest2 = (text, other) => Math.max(text?.length ?? 0, ...Object.values(other ?? {}).map((one) => String(one).length));
    let count2 = longest2(json.name, json.name_localizations) + longest2(json.description, json.description_localizations);
    for (const choice of json.choices ?? []) count2 += longest2(choice.name, choice.name_localizations) + String(choice.value).length;
    for (const option of json.options ?? []) count2 += characters2(option);
    return count2;
  }

  // commands/used.ts
  var SUBCOMMAND = 1;
  var GROUP = 2;
  var UsedOptions = class {
    /** "group sub", "sub" or "". */
    path;
    values = {};
    focused;
    #data;
    constructor(data) {
      this.#data = data;
      const path = [];
      let options = data?.options ?? [];
      while (options[0]?.type === SUBCOMMAND || options[0]?.type === GROUP) {
        path.push(options[0].name);
        options = options[0].options ?? [];
      }
      this.path = path.join(" ");
      for (const option of options) {
        this.values[option.name] = option.value;
        if (option.focused) this.focused = option;
      }
    }
    /** Gives a context what its command's handler reads. */
    attachTo(context) {
      const words = this.path === "" ? [] : this.path.split(" ");
      const set = (name, value) => Object.defineProperty(context, name, { value, writable: true, configurable: true, enumerable: true });
      set("options", this.values);
      if (words.length > 0) set("subcommand", words.at(-1));
      if (words.length > 1) set("subcommandGroup", words[0]);
      const resolved = (kind) => (name) => this.#resolved(kind, name);
      for (const [method, kind] of RESOLVED) Object.defineProperty(context, method, { value: resolved(kind), configurable: true });
      if (this.#data?.target_id !== void 0) this.#attachTarget(context, set);
    }
    #attachTarget(context, set) {
      const { target_id: id, resolved = {} } = this.#data;
      set("targetId", id);
      const target = resolved.messages?.[id] ?? resolved.users?.[id];
      set("target", camel2(target) ?? null);
      if (resolved.members?.[id]) set("targetMember", camel2(resolved.members[id]));
    }
    /** The whole object that an option's id stands for. */
    #resolved(kind, name) {
      const id = this.values[name];
      return id === void 0 ? null : camel2(this.#data?.resolved?.[kind]?.[id]) ?? null;
    }
  };
  var RESOLVED = [
    ["getUser", "users"],
    ["getMember", "members"],
    ["getRole", "roles"],
    ["getChannel", "channels"],
    ["getAttachment", "attachments"]
  ];
  var optionsOfUse = (data) => new UsedOptions(data);

  // commands/registry.ts
  var CHAT = 1;
  var USER = 2;
  var MESSAGE = 3;
  var MOST2 = { [CHAT]: 100, [USER]: 15, [MESSAGE]: 15 };
  var MOST_CHARACTERS = 8e3;
  var registered = /* @__PURE__ */ new Map();
  var commandsJson = () => Array.from(registered.values(), (one) => one.json);
  function compile(given, type = given?.type ?? CHAT) {
    const kind = typeof type === "number" ? type : type === "user" ? USER : type === "message" ? MESSAGE : CHAT;
    return kind === CHAT ? compileChat(given) : compileMenu(given, kind);
  }
  function compileChat(given) {
    const where = `slash "${String(given?.name)}"`;
    const name = checkName2(where, given?.name);
    const completions = /* @__PURE__ */ new Map();
    const runs = /* @__PURE__ */ new Map();
    const nested = nestedOptions(where, given);
    const json = {
      type: CHAT,
      name,
      description: checkDescription(where, given.description),
      ...localized(where, given),
      ...permissions(where, given),
      options: optionsJson(where, nested ?? given.options, "", completions)
    };
    if (nested === void 0) {
      if (typeof given.run !== "function") refuse(where, "it needs a run function, or subcommands that have one");
      runs.set("", given.run);
    } else gatherRuns(where, nested, "", runs);
    if (json.options.length === 0) delete json.options;
    const count2 = characters2(json);
    if (count2 > MOST_CHARACTERS) refuse(where, `${count2} characters in names, descriptions and choices; Discord takes ${MOST_CHARACTERS}`);
    return { json, runs, completions, mode: given.autoDefer ?? true, cooldown: cooldownOf(given.cooldown, where) };
  }
  function compileMenu(given, type) {
    const where = `${type === USER ? "userCommand" : "messageCommand"} "${String(given?.name)}"`;
    if (typeof given?.name !== "string" || given.name.length < 1 || given.name.length > 32) {
      refuse(where, "the name of a context menu has 1 to 32 characters");
    }
    if (typeof given.run !== "function") refuse(where, "it needs a run function");
    const { name_localizations: names } = localizedNames(given);
    const json = { type, name: given.name, ...names && { name_localizations: names }, ...permissions(where, given) };
    const runs = /* @__PURE__ */ new Map([["", given.run]]);
    return { json, runs, completions: /* @__PURE__ */ new Map(), mode: given.autoDefer ?? true, cooldown: cooldownOf(given.cooldown, where) };
  }
  var localizedNames = (given) => ({ name_localizations: given.nameLocalizations ?? given.name_localizations });
  function permissions(where, given) {
    const asked = given.defaultMemberPermissions ?? given.default_member_permissions ?? given.permissions;
    const nsfw = given.nsfw === void 0 ? {} : { nsfw: Boolean(given.nsfw) };
    if (asked === void 0) return nsfw;
    if (asked !== null && !/^\d+$/.test(String(asked))) refuse(where, `${String(asked)} are no permissions: give their bits`);
    return { default_member_permissions: asked === null ? null : String(asked), ...nsfw };
  }
  function nestedOptions(where, given) {
    const fromOptions = (Array.isArray(given.options) ? given.options : []).filter(
      (one) => [1, 2, "subcommand", "subcommand_group", "subcommandGroup"].includes(one?.type)
    );
    const subcommands = [...given.subcommands ?? [], ...given.groups ?? []].map((one) => ({
      ...one,
      type: one.subcommands !== void 0 || one.type === 2 || one.type === "subcommand_group" ? 2 : 1
    }));
    if (fromOptions.length === 0 && subcommands.length === 0) return void 0;
    const all = [...fromOptions, ...subcommands];
    if (fromOptions.length > 0 && fromOptions.length < given.options.length) {
      refuse(where, "it has subcommands, and so no options of its own");
    }
    return all;
  }
  function gatherRuns(where, options, path, runs) {
    for (const option of options) {
      const type = typeNumber(where, option.type);
      const own = path === "" ? option.name : `${path} ${option.name}`;
      if (type === 2) {
        if (path !== "") refuse(where, `the group "${option.name}" is inside another; Discord has one level of groups`);
        gatherRuns(where, [...option.options ?? [], ...(option.subcommands ?? []).map((one) => ({ ...one, type: 1 }))], own, runs);
        continue;
      }
      if (type !== 1) refuse(where, `"${option.name}" stands beside subcommands, and is none`);
      if (typeof option.run !== "function") refuse(where, `the subcommand "${own}" needs a run function`);
      runs.set(own, option.run);
    }
  }
  function registerCommands(given) {
    const added = given.map((one) => compile(one));
    const all = new Map(registered);
    for (const one of added) {
      const key2 = `${one.json.type} ${one.json.name}`;
      if (all.has(key2)) refuse(`command "${one.json.name}"`, "there are two of this name");
      all.set(key2, one);
    }
    for (const type of [CHAT, USER, MESSAGE]) {
      const count2 = Array.from(all.values()).filter((one) => one.json.type === type).length;
      if (count2 > MOST2[type]) refuse("commands", `${count2} of one kind, and Discord takes ${MOST2[type]}`);
    }
    checkedCommands(Array.from(all.values(), (one) => one.json));
    for (const [key2, one] of all) registered.set(key2, one);
    changed();
  }
  var of = (context) => registered.get(`${context.raw.data?.type ?? CHAT} ${context.raw.data?.name}`);
  function commandOf(context) {
    const command = of(context);
    return command && { run: (given) => runCommand(command, given), autoDefer: command.mode };
  }
  function runCommand(command, context) {
    const used = optionsOfUse(context.raw.data);
    const handler = command.runs.get(used.path);
    if (handler === void 0) {
      const name = `/${command.json.name} ${used.path}`.trim();
      throw Object.assign(new Error(`nothing in this script handles ${name}`), { code: "NO_HANDLER" });
    }
    const { raw } = context;
    const ids = { user: raw.member?.user?.id ?? raw.user?.id, channel: raw.channel_id, guild: raw.guild_id };
    const wait = command.cooldown === void 0 ? 0 : cooldowns.use(`/${command.json.name}`, command.cooldown, ids);
    if (wait > 0) return context.reply({ content: `You can use this again in ${wait} s.`, ephemeral: true });
    used.attachTo(context);
    return handler(context);
  }
  function autocompleteOf(context) {
    const used = optionsOfUse(context.raw.data);
    const focused = used.focused;
    if (focused === void 0) return void 0;
    const path = ` ${[used.path, focused.name].filter((word) => word !== "").join(" ")}`;
    const handler = of(context)?.completions.get(path);
    if (handler === void 0) return void 0;
    used.attachTo(context);
    Object.defineProperty(context, "focused", { value: focused, configurable: true });
    Object.defineProperty(context, "value", { value: focused.value, configurable: true });
    return async (given) => {
      const choices = await handler(given);
      if (given.stage === "open") await given.respond(choices ?? []);
    };
  }

  // patterns.ts
  var PLACE = /\{(\w+)\}|\*/g;
  function patternOf(pattern) {
    if (pattern instanceof RegExp) return { text: String(pattern), test: new RegExp(pattern, pattern.flags.replace(/[gy]/g, "")), plain: false };
    if (typeof pattern !== "string" || pattern === "") throw new TypeError("a custom id is a text or a regular expression");
    let source = "", kept = 0, rest2 = 0;
    for (const found2 of pattern.matchAll(PLACE)) {
      source += RegExpEscape(pattern.slice(kept, found2.index));
      source += found2[0] === "*" ? `(?<rest${rest2++ || ""}>.*)` : `(?<${found2[1]}>[^:]+)`;
      kept = found2.index + found2[0].length;
    }
    if (kept === 0 && source === "") return { text: pattern, test: /$^/, plain: true };
    return { text: pattern, test: new RegExp(`^${source}${RegExpEscape(pattern.slice(kept))}$`, "s"), plain: false };
  }
  var RegExpEscape = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  function matchPattern(pattern, id) {
    if (pattern.plain) return pattern.text === id ? {} : void 0;
    const found2 = pattern.test.exec(id);
    return found2 === null ? void 0 : { ...found2.groups };
  }

  // interactions.ts
  var DEFER_AFTER_MS = 1500;
  var routes = [];
  function wantInteractions() {
    setInteractionRouter(route);
  }
  function routeNames() {
    return routes.map((one) => one.pattern.text);
  }
  function register(kind, pattern, handler) {
    if (typeof handler !== "function") throw new TypeError(`the handler of ${kind} "${String(pattern)}" is no function`);
    const routed = { kind, handler, pattern: patternOf(pattern) };
    if (routes.some((one) => one.kind === kind && one.pattern.text === routed.pattern.text)) {
      throw new Error(`there are two handlers for ${kind} "${routed.pattern.text}"`);
    }
    routes.push(routed);
    wantInteractions();
    return () => void (routes.includes(routed) && routes.splice(routes.indexOf(routed), 1));
  }
  var onButton = (pattern, handler) => register("button", pattern, handler);
  var onSelect = (pattern, handler) => register("select", pattern, handler);
  var onComponent = (pattern, handler) => register("component", pattern, handler);
  var onModal = (pattern, handler) => register("modal", pattern, handler);
  var BUTTON = 2;
  function routeOf(context) {
    const id = context.customId;
    if (id === void 0) return void 0;
    const { kind } = context;
    const own = kind === INTERACTION.modal ? "modal" : context.raw.data.component_type === BUTTON ? "button" : "select";
    for (const one of routes) {
      if (one.kind !== own && !(one.kind === "component" && kind === INTERACTION.component)) continue;
      const params = matchPattern(one.pattern, id);
      if (params === void 0) continue;
      Object.defineProperty(context, "params", { value: params, configurable: true });
      return one.handler;
    }
    return void 0;
  }
  function handlersOf(context, listening) {
    switch (context.kind) {
      case INTERACTION.command: {
        const command = commandOf(context);
        return command === void 0 ? listening : [command.run, ...listening];
      }
      case INTERACTION.autocomplete:
        return [autocompleteOf(context), ...listeningTo("autocomplete")].filter((one) => one !== void 0);
      case INTERACTION.component:
      case INTERACTION.modal: {
        const own = routeOf(context);
        const kind = context.kind === INTERACTION.modal ? "modalSubmit" : "componentInteraction";
        const found2 = [...own ? [own] : [], ...listeningTo(kind)];
        return found2.length > 0 ? found2 : listening;
      }
      default:
        return listening;
    }
  }
  function route(context, listening) {
    const found2 = handlersOf(context, listening);
    if (found2.length === 0) return nobody(context);
    if (context.kind === INTERACTION.autocomplete) return run(found2, context, context.event);
    const mode = context.kind === INTERACTION.command ? modeOf(context) : true;
    return inTime(context, found2, mode);
  }
  var modeOf = (context) => commandOf(context)?.autoDefer ?? true;
  function nobody(context) {
    if (context.kind === INTERACTION.autocomplete) return;
    const name = context.kind === INTERACTION.command ? `command ${context.commandName}` : `"${context.customId}"`;
    throw Object.assign(new Error(`nothing in this script handles ${name}`), { code: "NO_HANDLER" });
  }
  async function inTime(context, found2, mode) {
    const timer = mode === false ? void 0 : setTimer(() => deferInTime(context, mode), delayOf(mode));
    context.onAnswer = () => clearTimer(timer);
    try {
      await run(found2, context, context.event);
    } catch (error) {
      clearTimer(timer);
      if (context.deferredForIt) await sayItFailed(context);
      throw error;
    }
    if (context.stage !== "open") return;
    if (context.kind === INTERACTION.command) warn(`/${context.commandName} ended without an answer`);
    else await context.deferUpdate().catch((error) => host.uncaught(error, "deferral"));
  }
  var delayOf = (mode) => typeof mode === "number" ? mode : DEFER_AFTER_MS;
  function deferInTime(context, mode) {
    if (context.stage !== "open") return;
    const isComponent = context.kind === INTERACTION.component;
    const deferred = isComponent ? context.deferUpdate() : context.defer({ ephemeral: mode === "ephemeral" });
    context.deferredForIt = !isComponent;
    deferred.catch((error) => host.uncaught(error, "deferral"));
  }
  async function sayItFailed(context) {
    const content = "This server's bot script failed: an error was thrown. Whoever maintains the script finds more in its log.";
    await context.editReply(content).catch((error) => host.uncaught(error, "deferral"));
  }

  // commands/prefix.ts
  var known2 = /* @__PURE__ */ new Map();
  var prefixes = [];
  var onCooldown;
  var prefixNames = () => [...new Set(Array.from(known2.values(), (one) => one.command.name))];
  function registerPrefix(commands, options) {
    const all = options.help ? [...commands, helpCommand(options.help === true ? "help" : options.help)] : commands;
    prefixes = (typeof options.prefix === "string" ? [options.prefix] : [...options.prefix]).sort((a, b) => b.length - a.length);
    if (prefixes.some((one) => typeof one !== "string" || one === "")) throw new TypeError("a prefix is a text that is not empty");
    onCooldown = options.onCooldown;
    for (const command of all) registerOne(command);
    if (known2.size > 0) add("messageCreate", handle);
    changed();
  }
  function registerOne(command) {
    if (typeof command?.name !== "string" || command.name === "" || /\s/.test(command.name)) {
      throw new TypeError(`prefix: ${JSON.stringify(command?.name)} is no name: it has no spaces, and is not empty`);
    }
    if (typeof command.run !== "function") throw new TypeError(`prefix "${command.name}" needs a run function`);
    const one = { command, cooldown: cooldownOf(command.cooldown, `prefix "${command.name}"`) };
    for (const name of [command.name, ...command.aliases ?? []]) {
      if (known2.has(name)) throw new Error(`there are two prefix commands "${name}"`);
      known2.set(name, one);
    }
  }
  function splitArguments(text) {
    const words = [];
    for (const found2 of text.matchAll(/"((?:\\.|[^"\\])*)"|'((?:\\.|[^'\\])*)'(?=\s|$)|“([^”]*)”|(\S+)/gs)) {
      const quoted = found2[1] ?? found2[2] ?? found2[3];
      words.push(quoted === void 0 ? found2[4] : quoted.replace(/\\(["'\\])/g, "$1"));
    }
    return words;
  }
  function handle(context) {
    const { raw } = context;
    const content = raw?.content;
    if (typeof content !== "string" || content === "" || raw.author?.bot) return void 0;
    const text = content.trim();
    const prefix3 = prefixes.find((one) => text.startsWith(one));
    if (prefix3 === void 0) return void 0;
    const after = text.slice(prefix3.length).trim();
    const name = /^\S+/.exec(after)?.[0];
    const found2 = name === void 0 ? void 0 : known2.get(name);
    if (found2 === void 0) return void 0;
    const ids = { user: raw.author?.id, channel: raw.channel_id, guild: raw.guild_id };
    const wait = found2.cooldown === void 0 ? 0 : cooldowns.use(prefix3 + found2.command.name, found2.cooldown, ids);
    if (wait > 0) return onCooldown ? onCooldown(context, wait) : context.reply(`You can use this again in ${wait} s.`);
    const rest2 = after.slice(name.length).trim();
    attach(context, { args: splitArguments(rest2), rest: rest2, prefix: prefix3, commandName: found2.command.name });
    return found2.command.run(context);
  }
  function attach(context, values) {
    for (const name of Object.keys(values)) {
      Object.defineProperty(context, name, { value: values[name], writable: true, configurable: true, enumerable: true });
    }
  }
  function helpCommand(name) {
    return { name, description: "What this bot can do", run: (context) => context.reply({ content: helpText(context.args[0]), allowedMentions: { parse: [] } }) };
  }
  var DISCORDS_LIMIT = 2e3;
  function helpText(asked) {
    const prefix3 = prefixes[0];
    const one = asked === void 0 ? void 0 : known2.get(asked)?.command;
    if (asked !== void 0 && one === void 0) return `There is no command ${prefix3}${asked}.`;
    if (one !== void 0) return helpOf(prefix3, one);
    const shown2 = [...new Set(Array.from(known2.values(), (each) => each.command))].filter((each) => !each.hidden);
    const lines = shown2.map((each) => `\`${prefix3}${each.name}\`${each.description ? `: ${each.description}` : ""}`);
    const text = lines.join("\n");
    return text.length <= DISCORDS_LIMIT ? text : `${text.slice(0, DISCORDS_LIMIT - 1)}…`;
  }
  function helpOf(prefix3, command) {
    const aliases = command.aliases?.length ? `
Also: ${command.aliases.map((name) => `\`${prefix3}${name}\``).join(", ")}` : "";
    const usage = command.usage === void 0 ? "" : ` ${command.usage}`;
    return `\`${prefix3}${command.name}${usage}\`${command.description ? `
${command.description}` : ""}${aliases}`;
  }

  // commands/bot.ts
  var defined = { slash: [], prefix: [] };
  var created = false;
  function prefix2(command) {
    if (typeof command?.run !== "function") throw new TypeError(`prefix "${String(command?.name)}" needs a run function`);
    defined.prefix.push(command);
    return command;
  }
  function slash(command) {
    compile(command);
    defined.slash.push(command);
    return command;
  }
  function userCommand(command) {
    return slash({ ...command, type: 2 });
  }
  function messageCommand(command) {
    return slash({ ...command, type: 3 });
  }
  function createBot(options = {}) {
    if (created) return warn("createBot was called before; this call is ignored");
    created = true;
    const commands = [...options.slashCommands ?? [], ...options.contextMenus ?? []];
    const withMode = commands.map((one) => options.autoDefer === void 0 ? one : { autoDefer: options.autoDefer, ...one });
    registerCommands(withMode);
    if (commands.length > 0) wantInteractions();
    const prefixed = options.commands ?? options.prefixCommands ?? [];
    const { prefix: sign = "!", help, onCooldown: onCooldown2 } = options;
    if (prefixed.length > 0 || help) registerPrefix(prefixed, { prefix: sign, help, onCooldown: onCooldown2 });
    registerAll(options.components, onComponent);
    registerAll(options.buttons, onButton);
    registerAll(options.selects, onSelect);
    registerAll(options.modals, onModal);
  }
  function registerAll(handlers2, register2) {
    for (const pattern of Object.keys(handlers2 ?? {})) register2(pattern, handlers2[pattern]);
  }
  function adoptDefined() {
    if (created || defined.slash.length === 0 && defined.prefix.length === 0) return;
    createBot({ slashCommands: defined.slash, commands: defined.prefix });
  }
  function registerSlashCommands(commands) {
    created = true;
    registerCommands(commands.map((one) => typeof one?.run === "function" || one?.subcommands ? one : { ...one, run: () => void 0 }));
    return Promise.resolve();
  }

  // commands/helpers.ts
  var helpers_exports = {};
  __export(helpers_exports, {
    flattenCommands: () => flattenCommands2,
    flattenInteractionOptions: () => flattenInteractionOptions,
    getSubcommand: () => getSubcommand,
    getSubcommandGroup: () => getSubcommandGroup,
    handleSubcommand: () => handleSubcommand,
    hasRole: () => hasRole
  });
  var SUBCOMMAND2 = 1;
  var GROUP2 = 2;
  var firstOption = (context) => context?.raw?.data?.options?.[0] ?? context?.msg?.data?.options?.[0];
  function hasRole(context, roleId) {
    const roles = context?.raw?.member?.roles ?? context?.msg?.member?.roles ?? context?.member?.roles ?? context?.roles;
    return Array.isArray(roles) && roles.includes(String(roleId));
  }
  function getSubcommand(context) {
    const first = firstOption(context);
    if (first?.type === GROUP2) return first.options?.[0]?.name;
    return first?.type === SUBCOMMAND2 ? first.name : void 0;
  }
  function getSubcommandGroup(context) {
    const first = firstOption(context);
    return first?.type === GROUP2 ? first.name : void 0;
  }
  function flattenInteractionOptions(options = []) {
    const flat = {};
    for (const option of options) {
      if (option.type === SUBCOMMAND2 || option.type === GROUP2) Object.assign(flat, flattenInteractionOptions(option.options));
      else flat[option.name] = option.value;
    }
    return flat;
  }
  function flattenCommands2(commands) {
    return commands.map(({ run: _, subcommands, ...command }) => ({
      ...command,
      ...subcommands && { options: subcommands.map(({ run: __, ...sub }) => ({ ...sub, type: "subcommand" })) }
    }));
  }
  async function handleSubcommand(context, handlers2) {
    const name = getSubcommand(context);
    const list = Array.isArray(handlers2) ? handlers2 : handlers2.subcommands;
    const found2 = Array.isArray(list) ? list.find((one) => one.name === name)?.run : handlers2[name ?? ""];
    if (typeof found2 !== "function") return false;
    context.options ??= flattenInteractionOptions(context.raw?.data?.options);
    await found2(context);
    return true;
  }

  // console.ts
  var show = (values) => {
    let text = "";
    for (let index = 0; index < values.length; index++) text += (index > 0 ? " " : "") + host.preview(values[index]);
    return text;
  };
  var counts = /* @__PURE__ */ new Map();
  var started = /* @__PURE__ */ new Map();
  var since = (label2) => `${label2}: ${Date.now() - (started.get(label2) ?? Date.now())} ms`;
  var console = {
    debug: (...values) => host.log("debug", show(values)),
    log: (...values) => host.log("info", show(values)),
    info: (...values) => host.log("info", show(values)),
    warn: (...values) => host.log("warn", show(values)),
    error: (...values) => host.log("error", show(values)),
    trace: (...values) => host.log("debug", `${show(values)}
${new Error().stack ?? ""}`.trim()),
    dir: (value) => host.log("info", show([value])),
    table: (value) => host.log("info", show([value])),
    assert: (holds, ...values) => {
      if (!holds) host.log("error", values.length > 0 ? `Assertion failed: ${show(values)}` : "Assertion failed");
    },
    count: (label2 = "default") => {
      counts.set(label2, (counts.get(label2) ?? 0) + 1);
      host.log("info", `${label2}: ${counts.get(label2)}`);
    },
    countReset: (label2 = "default") => void counts.delete(label2),
    time: (label2 = "default") => void started.set(label2, Date.now()),
    timeLog: (label2 = "default", ...values) => host.log("info", show([since(label2), ...values])),
    timeEnd: (label2 = "default") => {
      host.log("info", since(label2));
      started.delete(label2);
    },
    group: (...values) => void (values.length > 0 && host.log("info", show(values))),
    groupCollapsed: (...values) => void (values.length > 0 && host.log("info", show(values))),
    groupEnd: () => void 0
  };

  // kv.ts
  var DEFAULT_STORE = "default";
  var MOST_TRIES = 20;
  var invalid = (text) => Object.assign(new TypeError(text), { code: "KV_INVALID_VALUE" });
  function written(value) {
    const view = viewOf(value);
    if (view !== void 0) return { bytes: toBase64(view) };
    if (value === void 0 || typeof value === "function" || typeof value === "symbol") {
      throw invalid(`${typeof value} cannot be stored; null, delete or some JSON can`);
    }
    return { value };
  }
  var read = (found2) => found2.bytes === void 0 ? found2.value : fromBase64(found2.bytes);
  var moment2 = (at) => at instanceof Date ? at.getTime() / 1e3 : at;
  function settings({ ttl, expiration, metadata, ifVersion } = {}) {
    return {
      ...ttl !== void 0 && { ttl },
      ...expiration !== void 0 && expiration !== null && { expiration: moment2(expiration) },
      ...metadata !== void 0 && { metadata },
      ...ifVersion !== void 0 && { ifVersion }
    };
  }
  var KvStore = class {
    name;
    constructor(name) {
      if (typeof name !== "string" || name === "") throw invalid("a store has a name");
      this.name = name;
    }
    #ask(operation2, key2, more = {}) {
      return host.op(`kv.${operation2}`, { store: this.name, key: String(key2), ...more });
    }
    /** The value, or null. */
    async get(key2) {
      const found2 = await this.#ask("get", key2);
      return found2 === null || found2 === void 0 ? null : read(found2);
    }
    /** The value with its metadata, expiry and version; null when there is none. */
    async getEntry(key2) {
      const found2 = await this.#ask("get", key2);
      if (!found2) return null;
      const { metadata, expiration, version } = found2;
      return { value: read(found2), metadata: metadata ?? void 0, expiration: expiration ?? void 0, version };
    }
    async getWithMetadata(key2) {
      return await this.getEntry(key2) ?? { value: null, metadata: void 0, expiration: void 0, version: 0 };
    }
    /** Many at once, as they were at one moment; null for those that are not there. */
    async getMany(keys) {
      const found2 = await host.op("kv.getMany", { store: this.name, keys: Array.from(keys, String) });
      return found2.map((one) => one === null ? null : read(one));
    }
    has(key2) {
      return this.#ask("has", key2);
    }
    /** Durable once it is awaited. With `ifVersion`, false when somebody else wrote meanwhile. */
    async set(key2, value, options) {
      const done = await this.#ask("set", key2, { ...written(value), ...settings(options) });
      return done?.ok ?? true;
    }
    /** Only where nothing is; whether it was stored. */
    async setIfAbsent(key2, value, options) {
      return (await this.#ask("setIfAbsent", key2, { ...written(value), ...settings(options) })).ok;
    }
    /** Only if the key still has the version that `getEntry` gave; whether it was stored. */
    async compareAndSet(key2, version, value, options) {
      return (await this.#ask("compareAndSet", key2, { version, ...written(value), ...settings(options) })).ok;
    }
    /** Reads, changes and writes, again if somebody else wrote meanwhile. `undefined` removes the key. */
    async update(key2, change, options) {
      for (let tries = 0; tries < MOST_TRIES; tries++) {
        const entry = await this.getEntry(key2);
        const version = entry?.version ?? 0;
        const value = await change(entry?.value ?? null);
        if (value === void 0) {
          if (version === 0 || await this.delete(key2, { ifVersion: version })) return void 0;
        } else if (await this.compareAndSet(key2, version, value, options)) return value;
      }
      throw Object.assign(new Error(`"${key2}" was written by others ${MOST_TRIES} times meanwhile`), { code: "KV_CONFLICT" });
    }
    /** Adds to a number and answers the sum; a key that is not there counts from 0. */
    async increment(key2, amount = 1, options) {
      return (await this.#ask("increment", key2, { amount, ...settings(options) })).value;
    }
    decrement(key2, amount = 1, options) {
      return this.increment(key2, -amount, options);
    }
    /** Whether there was one (and, with a version, still that one). */
    async delete(key2, options = {}) {
      const version = options.ifVersion === void 0 ? {} : { version: options.ifVersion };
      const done = await this.#ask("delete", key2, version);
      return done?.ok !== false && (done?.existed ?? true);
    }
    async updateMetadata(key2, metadata) {
      await this.#ask("updateMetadata", key2, { metadata: metadata ?? null });
    }
    /** A page of keys in the order of their bytes. */
    async list(options = {}) {
      const asked = { store: this.name };
      for (const name of ["prefix", "start", "end", "reverse", "limit", "cursor"]) {
        if (options[name] !== void 0 && options[name] !== null) asked[name] = options[name];
      }
      const page = await host.op("kv.list", asked);
      const keys = page.keys.map(withoutNulls);
      const { listComplete, cursor } = page;
      const answer = { keys, listComplete, ...cursor !== null && { cursor } };
      Object.defineProperty(answer, "list_complete", { value: listComplete });
      return answer;
    }
    /** Every key there is, page after page. */
    async *keys(options = {}) {
      for (let cursor; ; ) {
        const page = await this.list({ ...options, cursor });
        for (const key2 of page.keys) yield key2.name;
        cursor = page.cursor;
        if (page.listComplete || cursor === void 0) return;
      }
    }
    /** How many keys there are. */
    async count() {
      return (await host.op("kv.count", { store: this.name })).count;
    }
    /** Removes everything at once, and answers how much it was. */
    clear() {
      return host.op("kv.clear", { store: this.name });
    }
  };
  var withoutNulls = (key2) => {
    const { name, metadata, expiration, version } = key2;
    return { name, ...expiration !== null && { expiration }, ...metadata !== null && { metadata }, version };
  };
  var Transaction = class {
    #checks = [];
    #mutations = [];
    #store;
    constructor(store2) {
      this.#store = store2;
    }
    #at = (key2, store2) => ({ store: store2 ?? this.#store, key: String(key2) });
    /** It fails unless the key has this version; 0: unless there is none. */
    check(key2, version, store2) {
      this.#checks.push({ ...this.#at(key2, store2), version });
      return this;
    }
    set(key2, value, options = {}) {
      this.#mutations.push({ type: "set", ...this.#at(key2, options.store), ...written(value), ...settings(options) });
      return this;
    }
    delete(key2, store2) {
      this.#mutations.push({ type: "delete", ...this.#at(key2, store2) });
      return this;
    }
    increment(key2, amount = 1, options = {}) {
      this.#mutations.push({ type: "increment", ...this.#at(key2, options.store), amount, ...settings(options) });
      return this;
    }
    updateMetadata(key2, metadata, store2) {
      this.#mutations.push({ type: "updateMetadata", ...this.#at(key2, store2), metadata: metadata ?? null });
      return this;
    }
    /** Whether it was done; `check` says which of the conditions did not hold. */
    commit() {
      return host.op("kv.transact", { checks: this.#checks, mutations: this.#mutations });
    }
  };
  var store = (name) => new KvStore(name);
  var Kv = class extends KvStore {
    store(name) {
      return store(name);
    }
    /** The guild's stores, with how much is in each. */
    stores() {
      return host.op("kv.stores", {});
    }
    transaction(store2 = DEFAULT_STORE) {
      return new Transaction(store2);
    }
  };
  var kv = new Kv(DEFAULT_STORE);

  // operations.ts
  var OPERATIONS = [
    ["getChannel", true, "channelId"],
    ["deleteChannel", false, "channelId"],
    ["updateChannel", false, "channelId"],
    ["listChannelInvites", true, "channelId"],
    ["createChannelInvite", false, "channelId"],
    ["listMessages", true, "channelId"],
    ["createMessage", false, "channelId"],
    ["bulkDeleteMessages", false, "channelId"],
    ["listPins", true, "channelId"],
    ["createPin", false, "channelId messageId"],
    ["deletePin", false, "channelId messageId"],
    ["getMessage", true, "channelId messageId"],
    ["deleteMessage", false, "channelId messageId"],
    ["updateMessage", false, "channelId messageId"],
    ["crosspostMessage", false, "channelId messageId"],
    ["deleteAllMessageReactions", false, "channelId messageId"],
    ["listMessageReactionsByEmoji", true, "channelId messageId emojiName"],
    ["deleteAllMessageReactionsByEmoji", false, "channelId messageId emojiName"],
    ["addMyMessageReaction", false, "channelId messageId emojiName"],
    ["deleteMyMessageReaction", false, "channelId messageId emojiName"],
    ["deleteUserMessageReaction", false, "channelId messageId emojiName userId"],
    ["createThreadFromMessage", false, "channelId messageId"],
    ["setChannelPermissionOverwrite", false, "channelId overwriteId"],
    ["deleteChannelPermissionOverwrite", false, "channelId overwriteId"],
    ["getAnswerVoters", true, "channelId messageId answerId"],
    ["pollExpire", false, "channelId messageId"],
    ["listThreadMembers", true, "channelId"],
    ["joinThread", false, "channelId"],
    ["leaveThread", false, "channelId"],
    ["getThreadMember", true, "channelId userId"],
    ["addThreadMember", false, "channelId userId"],
    ["deleteThreadMember", false, "channelId userId"],
    ["createThread", false, "channelId"],
    ["listPrivateArchivedThreads", true, "channelId"],
    ["listPublicArchivedThreads", true, "channelId"],
    ["threadSearch", true, "channelId"],
    ["triggerTypingIndicator", false, "channelId"],
    ["listMyPrivateArchivedThreads", true, "channelId"],
    ["updateVoiceChannelStatus", false, "channelId"],
    ["listChannelWebhooks", true, "channelId"],
    ["createWebhook", false, "channelId"],
    ["getGuild", true, ""],
    ["updateGuild", false, ""],
    ["listGuildAuditLogEntries", true, ""],
    ["listAutoModerationRules", true, ""],
    ["createAutoModerationRule", false, ""],
    ["getAutoModerationRule", true, "ruleId"],
    ["deleteAutoModerationRule", false, "ruleId"],
    ["updateAutoModerationRule", false, "ruleId"],
    ["listGuildBans", true, ""],
    ["getGuildBan", true, "userId"],
    ["banUserFromGuild", false, "userId"],
    ["unbanUserFromGuild", false, "userId"],
    ["bulkBanUsersFromGuild", false, ""],
    ["listGuildChannels", true, ""],
    ["createGuildChannel", false, ""],
    ["bulkUpdateGuildChannels", false, ""],
    ["listGuildEmojis", true, ""],
    ["createGuildEmoji", false, ""],
    ["getGuildEmoji", true, "emojiId"],
    ["deleteGuildEmoji", false, "emojiId"],
    ["updateGuildEmoji", false, "emojiId"],
    ["updateGuildIncidentActions", false, ""],
    ["listGuildIntegrations", true, ""],
    ["deleteGuildIntegration", false, "integrationId"],
    ["listGuildInvites", true, ""],
    ["listGuildMembers", true, ""],
    ["updateMyGuildMember", false, ""],
    ["searchGuildMembers", true, ""],
    ["getGuildMember", true, "userId"],
    ["addGuildMember", false, "userId"],
    ["deleteGuildMember", false, "userId"],
    ["updateGuildMember", false, "userId"],
    ["addGuildMemberRole", false, "userId roleId"],
    ["deleteGuildMemberRole", false, "userId roleId"],
    ["guildSearch", true, ""],
    ["getGuildNewMemberWelcome", true, ""],
    ["getGuildsOnboarding", true, ""],
    ["putGuildsOnboarding", false, ""],
    ["getGuildPreview", true, ""],
    ["previewPruneGuild", true, ""],
    ["pruneGuild", false, ""],
    ["listGuildVoiceRegions", true, ""],
    ["getGuildJoinRequests", true, ""],
    ["actionGuildJoinRequest", false, "requestId"],
    ["listGuildRoles", true, ""],
    ["createGuildRole", false, ""],
    ["bulkUpdateGuildRoles", false, ""],
    ["guildRoleMemberCounts", true, ""],
    ["getGuildRole", true, "roleId"],
    ["deleteGuildRole", false, "roleId"],
    ["updateGuildRole", false, "roleId"],
    ["listGuildScheduledEvents", true, ""],
    ["createGuildScheduledEvent", false, ""],
    ["getGuildScheduledEvent", true, "guildScheduledEventId"],
    ["deleteGuildScheduledEvent", false, "guildScheduledEventId"],
    ["updateGuildScheduledEvent", false, "guildScheduledEventId"],
    ["createGuildScheduledEventException", false, "guildScheduledEventId"],
    ["deleteGuildScheduledEventException", false, "guildScheduledEventId exceptionId"],
    ["updateGuildScheduledEventException", false, "guildScheduledEventId exceptionId"],
    ["listGuildScheduledEventUsers", true, "guildScheduledEventId"],
    ["countGuildScheduledEventUsers", true, "guildScheduledEventId"],
    ["listGuildScheduledEventExceptionUsers", true, "guildScheduledEventId guildScheduledEventExceptionId"],
    ["listGuildSoundboardSounds", true, ""],
    ["createGuildSoundboardSound", false, ""],
    ["getGuildSoundboardSound", true, "soundId"],
    ["deleteGuildSoundboardSound", false, "soundId"],
    ["updateGuildSoundboardSound", false, "soundId"],
    ["listGuildStickers", true, ""],
    ["createGuildSticker", false, ""],
    ["getGuildSticker", true, "stickerId"],
    ["deleteGuildSticker", false, "stickerId"],
    ["updateGuildSticker", false, "stickerId"],
    ["listGuildTemplates", true, ""],
    ["createGuildTemplate", false, ""],
    ["syncGuildTemplate", false, "code"],
    ["deleteGuildTemplate", false, "code"],
    ["updateGuildTemplate", false, "code"],
    ["getActiveGuildThreads", true, ""],
    ["getGuildVanityUrl", true, ""],
    ["getSelfVoiceState", true, ""],
    ["updateSelfVoiceState", false, ""],
    ["getVoiceState", true, "userId"],
    ["updateVoiceState", false, "userId"],
    ["getGuildWebhooks", true, ""],
    ["getGuildWelcomeScreen", true, ""],
    ["updateGuildWelcomeScreen", false, ""],
    ["getGuildWidgetSettings", true, ""],
    ["updateGuildWidgetSettings", false, ""],
    ["getGuildWidget", true, ""],
    ["createInteractionResponse", false, "interactionId interactionToken"],
    ["getStageInstance", true, "channelId"],
    ["deleteStageInstance", false, "channelId"],
    ["updateStageInstance", false, "channelId"],
    ["getWebhook", true, "webhookId"],
    ["deleteWebhook", false, "webhookId"],
    ["updateWebhook", false, "webhookId"],
    ["getWebhookByToken", true, "webhookId webhookToken"],
    ["executeWebhook", false, "webhookId webhookToken"],
    ["deleteWebhookByToken", false, "webhookId webhookToken"],
    ["updateWebhookByToken", false, "webhookId webhookToken"],
    ["getOriginalWebhookMessage", true, "webhookId webhookToken"],
    ["deleteOriginalWebhookMessage", false, "webhookId webhookToken"],
    ["updateOriginalWebhookMessage", false, "webhookId webhookToken"],
    ["getWebhookMessage", true, "webhookId webhookToken messageId"],
    ["deleteWebhookMessage", false, "webhookId webhookToken messageId"],
    ["updateWebhookMessage", false, "webhookId webhookToken messageId"]
  ];

  // rest_legacy.ts
  var REPLY = 4;
  var DEFERRED = 5;
  var UPDATE = 7;
  var EPHEMERAL3 = 1 << 6;
  var REGISTERED = "commands are registered by createBot, and kept as the script says; they cannot be changed one by one";
  var withBody = ({ payload, ...args }) => payload === void 0 ? args : { ...args, body: { ...payload, ...args.body } };
  var threadAs = ({ threadId, channelId, ...args }) => ({ channelId: channelId ?? threadId, ...args });
  var originalAt = ({ token, interactionToken, webhookToken, interactionId: _, guildId: __, ...args }) => ({
    webhookId: args.applicationId ?? applicationId(),
    webhookToken: webhookToken ?? interactionToken ?? token,
    ...args
  });
  var callback = (type, { interactionId, token, interactionToken, ...data }) => ({
    interactionId,
    interactionToken: interactionToken ?? token,
    body: { type, ...Object.keys(data).length > 0 && { data } }
  });
  var reaction = ({ emoji, emojiName: emojiName2, ...args }) => ({ ...args, emojiName: emojiName2 ?? emoji });
  var unsupported = async () => {
    throw Object.assign(new Error(REGISTERED), { code: "NOT_SUPPORTED" });
  };
  function legacyOperations(now) {
    const as = (name, change = withBody) => (args = {}) => now[name](change(args));
    return {
      sendMessage: as("createMessage", ({ messageId, replyTo, ...args }) => ({ ...args, replyTo: replyTo ?? messageId })),
      editMessage: as("updateMessage"),
      bulkDeleteMessages: as("bulkDeleteMessages", ({ messageIds, messages, ...args }) => ({ ...args, messages: messages ?? messageIds })),
      pinMessage: as("createPin"),
      unpinMessage: as("deletePin"),
      fetchMessage: as("getMessage"),
      fetchMessages: as("listMessages"),
      addReaction: as("addMyMessageReaction", reaction),
      removeReaction: (args = {}) => now[args.userId ? "deleteUserMessageReaction" : "deleteMyMessageReaction"](reaction(args)),
      clearReactions: (args = {}) => args.emoji || args.emojiName ? now.deleteAllMessageReactionsByEmoji(reaction(args)) : now.deleteAllMessageReactions(args),
      sendInteractionResponse: as("createInteractionResponse", (args) => callback(REPLY, args)),
      deferInteractionResponse: as("createInteractionResponse", ({ ephemeral, ...args }) => callback(DEFERRED, ephemeral ? { ...args, flags: EPHEMERAL3 } : args)),
      updateInteractionResponse: as("createInteractionResponse", (args) => callback(UPDATE, args)),
      editOriginalInteractionResponse: as("updateOriginalWebhookMessage", originalAt),
      deleteOriginalInteractionResponse: as("deleteOriginalWebhookMessage", originalAt),
      createFollowupMessage: as("executeWebhook", (args) => ({ wait: true, ...originalAt(args) })),
      editFollowupMessage: as("updateWebhookMessage", originalAt),
      deleteFollowupMessage: as("deleteWebhookMessage", originalAt),
      upsertGuildCommands: async (args = {}) => both(await registerSlashCommands(args.commands ?? [])),
      createGuildCommand: unsupported,
      editGuildCommand: unsupported,
      deleteGuildCommand: unsupported,
      getGuildCommands: unsupported,
      getGuildCommand: unsupported,
      editGuildCommandPermissions: unsupported,
      getGuildCommandsPermissions: unsupported,
      getGuildCommandPermissions: unsupported,
      kickMember: as("deleteGuildMember"),
      banMember: as("banUserFromGuild"),
      unbanMember: as("unbanUserFromGuild"),
      addMemberRole: as("addGuildMemberRole"),
      removeMemberRole: as("deleteGuildMemberRole"),
      editMember: as("updateGuildMember"),
      editCurrentMember: as("updateMyGuildMember"),
      createChannel: as("createGuildChannel"),
      editChannel: as("updateChannel"),
      deleteChannel: as("deleteChannel"),
      createThread: as("createThread"),
      createThreadFromMessage: as("createThreadFromMessage"),
      joinThread: as("joinThread", threadAs),
      leaveThread: as("leaveThread", threadAs),
      addThreadMember: as("addThreadMember", threadAs),
      removeThreadMember: as("deleteThreadMember", threadAs),
      executeWebhook: as("executeWebhook", ({ token, webhookToken, ...args }) => ({ ...args, webhookToken: webhookToken ?? token })),
      editWebhook: webhook(now, "updateWebhook"),
      deleteWebhook: webhook(now, "deleteWebhook")
    };
  }
  var webhook = (now, name) => (args = {}) => {
    const { token, webhookToken = token, ...rest2 } = withBody(args);
    return webhookToken === void 0 ? now[name](rest2) : now[`${name}ByToken`]({ ...rest2, webhookToken });
  };

  // rest.ts
  var OWN = /* @__PURE__ */ new Set(["query", "body", "files", "reason", "guildId", "applicationId"]);
  var MESSAGES = {
    createMessage: true,
    executeWebhook: true,
    updateMessage: false,
    updateWebhookMessage: false,
    updateOriginalWebhookMessage: false
  };
  var WEBHOOK_QUERY = ["wait", "threadId", "withComponents"];
  function operation(name, readsOnly, path) {
    if (name in MESSAGES) return messageOperation(name, path, MESSAGES[name]);
    return async (args = {}) => {
      const { named: named2, loose } = split(name, args, path);
      const { body = {}, query, reason, files } = args;
      const asked = { ...named2 };
      const filled = { ...query, ...readsOnly ? loose : {} };
      if (Object.keys(filled).length > 0) asked.query = snakeQuery(filled);
      const sent = readsOnly || Array.isArray(body) ? body : { ...body, ...loose };
      if (!readsOnly && Object.keys(sent).length > 0) asked.body = snake(sent);
      if (reason !== void 0) asked.reason = String(reason);
      if (name === "createInteractionResponse") return both(await interactionResponse(asked, args));
      if (files === void 0) return both(await host.op(`rest.${name}`, asked));
      return both(await host.op(`rest.${name}`, withFiles(asked, await prepareNow({ content: "-", files }, false))));
    };
  }
  function split(name, args, path) {
    const named2 = {}, loose = {};
    for (const field of path) {
      const value = args[field] ?? (field === "webhookId" ? applicationId() : void 0);
      if (value === void 0 || value === null) throw missing(name, field);
      named2[field] = field === "emojiName" ? emojiName(value) : String(value);
    }
    for (const field of Object.keys(args)) if (!(field in named2) && !OWN.has(field)) loose[field] = args[field];
    return { named: named2, loose };
  }
  var missing = (name, field) => Object.assign(new TypeError(`rest.${name} needs ${field}`), { code: "INVALID_INPUT" });
  function snakeQuery(query) {
    const asked = {};
    for (const name of Object.keys(query)) {
      if (query[name] !== void 0) asked[snakeName(name)] = snake(query[name]);
    }
    return asked;
  }
  function messageOperation(name, path, fresh) {
    return async (args = {}) => {
      const { named: named2, loose } = split(name, args, path);
      const query = { ...args.query };
      if (name === "executeWebhook") {
        for (const field of WEBHOOK_QUERY) {
          if (loose[field] === void 0) continue;
          query[field] = loose[field];
          delete loose[field];
        }
      }
      const { replyTo, ...options } = { ...optionsOf(args.body ?? {}), ...loose };
      const prepared = await prepareNow({ ...options, ...args.files && { files: args.files } }, fresh);
      if (name === "createMessage") return both(await sendMessage(named2.channelId, prepared, replyTo));
      const asked = { ...named2, ...Object.keys(query).length > 0 && { query: snakeQuery(query) }, body: prepared.body };
      return both(await host.op(`rest.${name}`, withFiles(asked, prepared)));
    };
  }
  var NEW_MESSAGE = 4;
  var CHANGED_MESSAGE = 7;
  async function interactionResponse(asked, args) {
    const { type, data } = asked.body ?? {};
    if (type !== NEW_MESSAGE && type !== CHANGED_MESSAGE || data === void 0) {
      return host.op("rest.createInteractionResponse", asked);
    }
    const prepared = await prepareNow({ ...data, ...args.files && { files: args.files } }, type === NEW_MESSAGE);
    return host.op("rest.createInteractionResponse", withFiles({ ...asked, body: { type, data: prepared.body } }, prepared));
  }
  var table = {};
  for (const [name, readsOnly, path] of OPERATIONS) {
    table[name] = operation(name, readsOnly, path === "" ? [] : path.split(" "));
  }
  var byName = { ...table };
  var rest = Object.assign(table, legacyOperations(byName));

  // secrets.ts
  var SecretReference = class {
    #name;
    #asked;
    constructor(name) {
      this.#name = name;
    }
    /** Only headers may hold this form; the host puts the value in its place. */
    toString() {
      return `~flora.secret.${this.#name}~`;
    }
    toJSON() {
      return this.toString();
    }
    [Symbol.toPrimitive]() {
      return this.toString();
    }
    then(fulfilled, rejected) {
      this.#asked ??= host.op("secrets.get", { name: this.#name }).then((found2) => found2 ?? void 0);
      return this.#asked.then(fulfilled, rejected);
    }
    catch(rejected) {
      return this.then(void 0, rejected);
    }
    finally(run2) {
      return this.then().finally(run2);
    }
  };
  var secrets = {
    get(name) {
      if (typeof name !== "string" || name === "") throw new TypeError("secrets.get needs the name of a secret");
      return new SecretReference(name);
    },
    list: () => host.op("secrets.list", {})
  };
  var vars = {
    get: async (name) => await host.op("vars.get", { name }) ?? void 0,
    list: () => host.op("vars.list", {})
  };

  // main.ts
  for (const [name, value] of Object.entries(globals_exports)) define(name, value);
  var globals = {
    on,
    once,
    off,
    op: (name, args) => host.op(name, args),
    console,
    prefix: prefix2,
    slash,
    userCommand,
    messageCommand,
    createBot,
    registerSlashCommands,
    onButton,
    onSelect,
    onComponent,
    onModal,
    kv,
    store,
    secrets,
    vars,
    rest,
    cron,
    timers,
    schedule,
    cancel,
    duration,
    ...helpers_exports
  };
  for (const name of Object.keys(globals)) define(name, globals[name]);
  function registrations() {
    adoptDefined();
    const all = {
      events: eventNames(),
      commands: commandsJson(),
      crons: cronsJson(),
      components: routeNames(),
      timers: timerNames(),
      prefixCommands: prefixNames()
    };
    const found2 = { events: all.events };
    for (const name of Object.keys(all)) if (all[name].length > 0) found2[name] = all[name];
    return found2;
  }
  host.setDispatcher(dispatch);
  host.setRegistrations(registrations);
})();
