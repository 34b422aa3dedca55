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
    flattenCommands: () => flattenCommands,
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

  // nearest.ts
  function distance(from, to2, limit) {
    if (Math.abs(from.length - to2.length) > limit) return limit + 1;
    let row = Array.from({ length: to2.length + 1 }, (_3, index) => index);
    for (let i2 = 1; i2 <= from.length; i2++) {
      const next = [i2];
      for (let j3 = 1; j3 <= to2.length; j3++) {
        const change = from[i2 - 1] === to2[j3 - 1] ? 0 : 1;
        next[j3] = Math.min(next[j3 - 1] + 1, row[j3] + 1, row[j3 - 1] + change);
      }
      row = next;
    }
    return row[to2.length];
  }
  var plain = (name) => name.toLowerCase().replace(/[^a-z0-9]/g, "");
  function nearest(name, names) {
    const asked = plain(name);
    if (asked.length < 3) return void 0;
    const limit = asked.length < 5 ? 0 : Math.min(4, Math.max(1, Math.floor(asked.length / 4)));
    let best, bestDistance = limit + 1, part;
    for (const known4 of names) {
      const candidate = plain(known4);
      const far = distance(asked, candidate, limit);
      if (far < bestDistance) [best, bestDistance] = [known4, far];
      if (asked.length >= 6 && (candidate.endsWith(asked) || candidate.startsWith(asked) || `on${candidate}` === asked)) {
        if (part === void 0 || known4.length < part.length) part = known4;
      }
    }
    return best ?? part;
  }

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
  function permissionBits(permissions) {
    if (permissions === null || permissions === void 0) return 0n;
    if (typeof permissions === "bigint") return permissions;
    if (typeof permissions === "number") return BigInt(permissions);
    if (typeof permissions === "string") return bitsOfText(permissions);
    return permissions.reduce((sum, one) => sum | permissionBits(one), 0n);
  }
  function bitsOfText(text) {
    if (/^\d+$/.test(text)) return BigInt(text);
    const name = BY_SHOUTED_NAME.get(shouted(text));
    if (name !== void 0) return PermissionFlags[name];
    const close = nearest(text, Object.keys(PermissionFlags));
    const hint = close === void 0 ? "see PermissionFlags" : `did you mean ${close}?`;
    throw new TypeError(`there is no permission "${text}"; ${hint}`);
  }
  function permissionNames(permissions) {
    const bits = permissionBits(permissions);
    return Object.keys(PermissionFlags).filter((name) => (bits & PermissionFlags[name]) !== 0n);
  }
  function hasPermissions(permissions, wanted, { administrator = true } = {}) {
    const bits = permissionBits(permissions);
    if (administrator && (bits & PermissionFlags.Administrator) !== 0n) return true;
    const needed = permissionBits(wanted);
    return (bits & needed) === needed;
  }
  function missingPermissions(permissions, wanted) {
    return permissionNames(wanted).filter((name) => !hasPermissions(permissions, name));
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
      if (length > longest2)
        this.fail(`has ${length} characters of ${longest2} at most`, `shorten it by ${length - longest2}`);
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
    /** Whether each item of a list is an object. */
    objects(list, hint) {
      const wrong = list.findIndex((one) => typeof one !== "object" || one === null);
      if (wrong >= 0) this.at(wrong).fail(`${shown(list[wrong])} is no object`, hint);
      return wrong < 0;
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
    for (let at2 = 0; at2 < text.length - 1; at2++) {
      if ((text.charCodeAt(at2) & 64512) === 55296 && (text.charCodeAt(at2 + 1) & 64512) === 56320) length--;
    }
    return length;
  }
  function shown(value) {
    if (value === void 0) return "nothing";
    if (typeof value === "function") return "a function";
    if (typeof value === "bigint") return `${value}n`;
    const text = asText(value);
    return text.length > 60 ? text.slice(0, 60) + "…" : text;
  }
  function asText(value) {
    try {
      return JSON.stringify(value, (_3, inner) => typeof inner === "bigint" ? `${inner}n` : inner) ?? String(value);
    } catch {
      return typeof value;
    }
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
  var toUpper = (_3, letter) => letter.toUpperCase();
  var toLower = (letter) => `_${letter.toLowerCase()}`;
  var asKey = (text) => keysOf({ [text]: 0 })[0];
  function camelName(name) {
    const known4 = mapGet(camelNames, name);
    if (known4 !== void 0) return known4;
    const code = charCodeAt(name, 0);
    const isId = code >= 48 && code <= 57;
    if (isId) return name;
    const own3 = asKey(indexOf(name, "_") < 0 ? name : replace(name, UNDERSCORE, toUpper));
    if (camelNames.size < MOST_NAMES) mapSet(camelNames, name, own3);
    return own3;
  }
  function camel(value) {
    if (typeof value !== "object" || value === null) return value;
    if (isArray(value)) {
      const list = [];
      for (let index = 0; index < value.length; index++) list[index] = camel(value[index]);
      return list;
    }
    const copy = {};
    for (const name in value) {
      const field = value[name];
      copy[camelName(name)] = typeof field === "object" && field !== null ? camel(field) : field;
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
    let known4 = mapGet(snakeNames, name);
    if (known4 === void 0) {
      known4 = CAMEL.test(name) ? replace(name, CAPITAL, toLower) : name;
      if (snakeNames.size < MOST_NAMES) mapSet(snakeNames, name, known4);
    }
    return known4;
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

  // builders/wire.ts
  function built(value) {
    return isBuilder(value) ? value.toJSON() : value;
  }
  function isBuilder(value) {
    return typeof value === "object" && value !== null && typeof value.toJSON === "function";
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
  var CHANNEL_TYPES = {
    text: ChannelType.GuildText,
    voice: ChannelType.GuildVoice,
    category: ChannelType.GuildCategory,
    announcement: ChannelType.GuildAnnouncement,
    announcement_thread: ChannelType.AnnouncementThread,
    thread: ChannelType.PublicThread,
    private_thread: ChannelType.PrivateThread,
    stage: ChannelType.GuildStageVoice,
    forum: ChannelType.GuildForum,
    media: ChannelType.GuildMedia
  };
  function flattenCommands(commands) {
    return commands.map(flattenCommand);
  }
  function flattenCommand(command) {
    const given = command;
    const type = commandType(command.type);
    const options = innerOf(given).map(flattenOption);
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
  var LISTS = ["subcommands", "groups", "options"];
  function innerOf(outer) {
    return LISTS.flatMap(
      (key2) => entriesOf(outer[key2]).map(([index, given]) => {
        const type = given["type"] === void 0 && key2 !== "options" ? nestType(given) : optionType(given["type"]);
        return { key: key2, index, type, given };
      })
    );
  }
  var isNest = (type) => type === OptionType.Subcommand || type === OptionType.SubcommandGroup;
  var nestType = (given) => given["subcommands"] === void 0 ? OptionType.Subcommand : OptionType.SubcommandGroup;
  function entriesOf(list) {
    if (list === void 0 || list === null) return [];
    if (Array.isArray(list)) return list.map((one, index) => [index, built(one)]);
    return Object.entries(list).map(([name, given]) => [name, { name, ...given }]);
  }
  function flattenOption({ given, type }) {
    const inner = innerOf(given).map(flattenOption);
    const least = type === OptionType.String ? "length" : "value";
    return present({
      type,
      name: given["name"],
      description: given["description"] ?? (isNest(type) ? void 0 : given["name"]),
      required: given["required"],
      choices: flattenChoices(given["choices"]),
      autocomplete: given["autocomplete"] === void 0 ? void 0 : Boolean(given["autocomplete"]),
      min_value: bound(given, "min", "value", least),
      max_value: bound(given, "max", "value", least),
      min_length: bound(given, "min", "length", least),
      max_length: bound(given, "max", "length", least),
      channel_types: channelTypes(either(given, "channelTypes", "channel_types")),
      options: inner.length > 0 ? inner : void 0,
      ...localizations(given)
    });
  }
  function bound(given, end, of2, meant) {
    const camel3 = of2 === "value" ? `${end}Value` : `${end}Length`;
    return either(given, camel3, `${end}_${of2}`) ?? (of2 === meant ? given[end] : void 0);
  }
  var channelTypes = (types) => Array.isArray(types) ? types.map((type) => CHANNEL_TYPES[String(type)] ?? type) : types;
  function flattenChoices(choices) {
    if (choices === void 0 || choices === null) return void 0;
    if (Array.isArray(choices)) return choices.map(flattenChoice);
    return Object.entries(choices).map(([name, value]) => ({ name, value }));
  }
  function flattenChoice(choice) {
    if (typeof choice !== "object" || choice === null) return { name: String(choice), value: choice };
    const names = localizations(choice).name_localizations;
    const { name, value = name } = choice;
    return names === void 0 ? { name, value } : { name, value, name_localizations: names };
  }
  function commandType(type) {
    if (type === void 0 || type === null) return CommandType.ChatInput;
    return typeof type === "number" ? type : (typeof type === "string" ? COMMAND_TYPES[type.toLowerCase()] : void 0) ?? Number.NaN;
  }
  function optionType(type) {
    if (typeof type === "number") return type;
    if (type === void 0 || type === null) return OptionType.String;
    if (typeof type !== "string") return Number.NaN;
    const name = type.toLowerCase().replace(/[-\s]/g, "_").replace(/([a-z])group$/, "$1_group");
    return OPTION_TYPES[name] ?? Number.NaN;
  }
  function memberPermissions(given) {
    const wanted = either(given, "defaultMemberPermissions", "default_member_permissions") ?? given["permissions"];
    if (wanted === void 0 || wanted === null) return wanted;
    try {
      return permissionBits(wanted).toString();
    } catch {
      return shown(wanted).replace(/^"|"$/g, "");
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
    /** What Discord's pages say; its table of operations says 6,000, and the smaller of the two is taken everywhere. */
    choiceValue: 100,
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
  function wireCommand(check, command) {
    if (!isCommand(check, command)) return void 0;
    const wire = flattenCommand(command);
    checkCommand(check, wire, command);
    return wire;
  }
  function isCommand(check, command) {
    if (typeof command !== "object" || command === null) {
      check.fail(`${shown(command)} is not a command`, "write slash({ name, description, run })");
      return false;
    }
    return hasLists(check, command, 0);
  }
  var DEEPEST = 4;
  function hasLists(check, given, depth) {
    const wrong = LISTS.filter((key2) => !isListOfObjects(given[key2]));
    for (const key2 of wrong) check.at(key2).fail("is not a list of objects", "write [{ name, description }]");
    if (given["choices"] !== void 0 && !isList(given["choices"])) {
      check.at("choices").fail("is not a list", 'write ["a", "b"] or [{ name, value }]');
      return false;
    }
    if (wrong.length > 0 || depth > DEEPEST) return wrong.length === 0;
    return innerOf(given).map(({ key: key2, index, given: inner }) => hasLists(check.at(key2).at(index), inner, depth + 1)).every((isFine) => isFine);
  }
  var isObject = (value) => typeof value === "object" && value !== null;
  var isList = (value) => value === null || typeof value === "object";
  var isListOfObjects = (value) => value === void 0 || isList(value) && Object.values(value ?? {}).every(isObject);
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
    const seen3 = /* @__PURE__ */ new Map();
    commands.forEach((command, index) => {
      const key2 = `${command.type} ${shown(command.name)}`;
      const first = seen3.get(key2);
      if (first === void 0) seen3.set(key2, index);
      else
        check.at(index).at("name").fail(`"${command.name}" is the name of commands[${first}] too`, "give each its own");
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
  function checkPermissions(check, permissions) {
    if (permissions === void 0 || permissions === null) return;
    const here = check.at("defaultMemberPermissions");
    if (/^\d+$/.test(permissions)) {
      if (BigInt(permissions) > MOST_PERMISSIONS) here.fail("has bits that Discord does not know", "use PermissionFlags");
      return;
    }
    const close = nearest(permissions, Object.keys(PermissionFlags));
    here.fail(
      `"${permissions}" is no permission`,
      close === void 0 ? "use PermissionFlags" : `did you mean ${close}?`
    );
  }
  function checkMenuCommand(check, command, given) {
    const name = check.at("name");
    if (name.text(command.name, 1, L.name) && command.name.trim() !== command.name) {
      name.fail("begins or ends with a space", "take it away");
    }
    if (command.description !== "") {
      check.at("description").fail("commands of a menu have no description", "leave it out");
    }
    if (innerOf(given).length > 0) {
      check.at("options").fail("commands of a menu have no options", "ask for what you need in a modal");
    }
    checkLocalizations(check, command, isMenuName);
  }
  var isMenuName = (check, name) => void check.text(name, 1, L.name);
  function checkChatCommand(check, command, given) {
    checkNamed(check, command);
    if (command.options === void 0) return;
    checkOptions(check, command.options, given, "command");
    const length = characters(command);
    if (length > L.characters) {
      check.fail(
        `its names, descriptions and values have ${length} characters of at most ${L.characters}`,
        "shorten descriptions, or move subcommands into a command of their own"
      );
    }
  }
  function checkNamed(check, named4) {
    checkName(check.at("name"), named4.name);
    check.at("description").text(named4.description, 1, L.description);
    checkLocalizations(check, named4, checkName);
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
  function checkLocalizations(check, named4, rule) {
    checkLocales(check.at("nameLocalizations"), named4.name_localizations, rule);
    if (!("description" in named4)) return;
    checkLocales(check.at("descriptionLocalizations"), named4.description_localizations, (here, text) => {
      here.text(text, 1, L.description);
    });
  }
  function checkLocales(check, texts, rule) {
    if (texts === void 0 || texts === null) return;
    for (const [locale, text] of Object.entries(texts)) {
      const here = check.at(locale);
      if (!LOCALES.includes(locale)) {
        const close = nearest(locale, LOCALES);
        here.fail(
          "is no locale that Discord knows",
          close === void 0 ? `use one of ${LOCALES.join(", ")}` : `did you mean "${close}"?`
        );
      }
      rule(here, text);
    }
  }
  function checkOptions(check, options, outer, level) {
    if (options.length > L.options) {
      check.at("options").fail(`has ${options.length} of at most ${L.options}`, `leave ${options.length - L.options} out`);
    }
    const inner = innerOf(outer);
    const at2 = (index) => check.at(inner[index].key).at(inner[index].index);
    checkMixture(check, options);
    checkOrder(options, at2);
    checkTwins(options, at2);
    options.forEach((option, index) => checkOption(at2(index), option, inner[index].given, level));
  }
  function checkMixture(check, options) {
    const nests = options.filter((option) => isNest(option.type)).length;
    if (nests === 0 || nests === options.length) return;
    check.at("options").fail(
      "subcommands stand beside plain options",
      "move the plain options into each subcommand: the command itself can no longer be called"
    );
  }
  function checkOrder(options, at2) {
    const firstOptional = options.findIndex((option) => !isNest(option.type) && option.required !== true);
    options.forEach((option, index) => {
      if (firstOptional < 0 || index < firstOptional || option.required !== true || isNest(option.type)) return;
      const before = options[firstOptional]?.name ?? "";
      at2(index).at("required").fail(`a required option stands after "${before}", which is not`, `move it before "${before}"`);
    });
  }
  function checkTwins(options, at2) {
    const seen3 = /* @__PURE__ */ new Set();
    options.forEach((option, index) => {
      if (seen3.has(option.name))
        at2(index).at("name").fail(`${shown(option.name)} is there twice`, "give each its own name");
      seen3.add(option.name);
    });
  }
  var MAY_HOLD = {
    command: [OptionType.Subcommand, OptionType.SubcommandGroup],
    group: [OptionType.Subcommand],
    subcommand: []
  };
  function checkOption(check, option, given, level) {
    if (Number.isNaN(option.type) || !Object.values(OptionType).includes(option.type)) {
      failType(check.at("type"), given["type"]);
      return;
    }
    checkNamed(check, option);
    if (isNest(option.type)) checkNest(check, option, given, level);
    else if (level === "group") check.fail("a plain option stands in a group", "put it into a subcommand of the group");
    else checkPlain(check, option);
  }
  var TYPE_NAMES = Object.keys(OPTION_TYPES).filter((name) => !name.startsWith("sub_"));
  function failType(check, type) {
    const close = typeof type === "string" ? nearest(type, TYPE_NAMES) : void 0;
    check.fail(
      `${shown(type)} is no kind of option`,
      close === void 0 ? `use one of ${TYPE_NAMES.join(", ")}` : `did you mean "${close}"?`
    );
  }
  function checkNest(check, option, given, level) {
    if (!MAY_HOLD[level].includes(option.type)) {
      check.at("type").fail("is nested too deeply", "a command holds groups, a group subcommands, a subcommand options");
      return;
    }
    const isGroup = option.type === OptionType.SubcommandGroup;
    const inner = option.options ?? [];
    if (isGroup && inner.length === 0) check.at("subcommands").fail("a group is empty", "add a subcommand to it");
    checkOptions(check, inner, given, isGroup ? "group" : "subcommand");
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
      if (isThere2 && !types.includes(option.type)) check.at(camel2(key2)).fail(`belongs to ${what} only`, "leave it out");
    }
  }
  var camel2 = (key2) => key2.replace(/_(.)/g, (_3, letter) => letter.toUpperCase());
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
      if (names.has(choice.name)) here.at("name").fail(`${shown(choice.name)} is there twice`, "give each its own name");
      names.add(choice.name);
      here.at("name").text(choice.name, 1, L.choiceName);
      checkLocalizations(here, choice, (at2, name) => void at2.text(name, 1, L.choiceName));
      checkValue(here.at("value"), option, choice.value);
    });
  }
  function checkValue(check, option, value) {
    if (option.type === OptionType.String) check.text(value, 0, L.choiceValue);
    else if (option.type === OptionType.Integer) check.number(value, -SAFE, SAFE);
    else if (option.type === OptionType.Number) check.number(value, -Number.MAX_VALUE, Number.MAX_VALUE, false);
  }
  function characters(named4) {
    const own3 = longest(named4.name, named4.name_localizations) + longest(named4.description, named4.description_localizations);
    const choices = "choices" in named4 ? named4.choices ?? [] : [];
    const chosen2 = choices.reduce(
      (sum, choice) => sum + longest(choice.name, choice.name_localizations) + lengthOf(String(choice.value)),
      0
    );
    return own3 + chosen2 + (named4.options ?? []).reduce((sum, option) => sum + characters(option), 0);
  }
  function longest(text, localized) {
    return Math.max(...[text, ...Object.values(localized ?? {})].map((one) => lengthOf(String(one ?? ""))));
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
    const parts = partsOf(check, components, 0, L2.inMessage);
    if (parts === void 0) return;
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
  var isObject2 = (value) => typeof value === "object" && value !== null;
  function withInner(part) {
    const list = Array.isArray(part["components"]) ? part["components"] : [];
    const inner = [...list, part["accessory"], part["component"]];
    return [part, ...inner.filter(isObject2).flatMap(withInner)];
  }
  var WRITTEN = "write actionRow(...), container(...), label(...) or their plain objects";
  function partsOf(check, value, fewest, most) {
    return check.list(value, fewest, most) && check.objects(value, WRITTEN) ? value : void 0;
  }
  function checkTwins2(check, everything) {
    const seen3 = /* @__PURE__ */ new Set();
    for (const { custom_id: customId } of everything) {
      if (isThere(customId) && seen3.has(customId)) {
        check.fail(`two components have the custom id ${shown(customId)}`, "give each its own");
      }
      seen3.add(customId);
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
    partsOf(inner, part["components"], 1, L2.inMessage)?.forEach((one, index) => {
      checkBlock(inner.at(index), one, "a container holds what a message holds, but no other container");
    });
  }
  function checkBlock(check, part, allowed) {
    const rule = typeof part.type === "number" ? BLOCKS[part.type] : void 0;
    if (rule === void 0) check.fail(`a component of type ${shown(part.type)} cannot stand here`, allowed);
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
    const parts = partsOf(inner, row["components"], 1, L2.inRow);
    if (parts === void 0) return;
    if (parts.length > 1 && parts.some((part) => isSelect(part.type))) {
      inner.fail("a select shares its row", "give each select a row of its own");
    }
    parts.forEach((part, index) => {
      if (part.type === 2) checkButton(inner.at(index), part);
      else if (isSelect(part.type)) checkSelect(inner.at(index), part, L2.options);
      else inner.at(index).fail(`a component of type ${shown(part.type)} in a row`, "a row holds buttons, or one select");
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
    partsOf(texts, section2["components"], 1, L2.sectionTexts)?.forEach((part, index) => {
      if (part.type === 10) checkText(texts.at(index), part);
      else texts.at(index).fail("is no text display", "a section holds texts; buttons go into setAccessory");
    });
    const accessory = isObject2(section2["accessory"]) ? section2["accessory"] : void 0;
    if (accessory?.type === 2) checkButton(check.at("accessory"), accessory);
    else if (accessory?.type === 11) checkMedia(check.at("accessory.media"), accessory["media"], false);
    else check.at("accessory").fail("is missing", "a section needs a button or thumbnail: setAccessory(...)");
  }
  function checkText(check, part) {
    check.at("content").text(part["content"], 1, L2.text);
  }
  function checkGallery(check, gallery) {
    const items = check.at("items");
    partsOf(items, gallery["items"], 1, L2.galleryItems)?.forEach((item, index) => {
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
    const parts = Array.isArray(components) ? components.filter(isObject2) : [];
    const texts = parts.flatMap(withInner).map((part) => part.type === 10 ? part["content"] : "");
    return texts.reduce((sum, text) => sum + (typeof text === "string" ? lengthOf(text) : 0), 0);
  }
  function checkModal(check, modal2) {
    check.at("custom_id").text(modal2.custom_id, 1, L2.customId);
    check.at("title").text(modal2.title, 1, L2.modalTitle);
    const parts = check.at("components");
    const given = partsOf(parts, modal2.components, 1, L2.rows);
    if (given === void 0) return;
    checkTwins2(parts, given.flatMap(withInner));
    given.forEach((part, index) => checkModalPart(parts.at(index), part));
  }
  function checkModalPart(check, part) {
    if (part.type === 18) checkLabel(check, part);
    else if (part.type === 10) checkText(check, part);
    else if (part.type === 1) checkInputRow(check, part);
    else
      check.fail(`a component of type ${shown(part.type)} cannot stand here`, "put it into label(...).setComponent(...)");
  }
  function checkInputRow(check, row) {
    const inner = check.at("components");
    const [input] = partsOf(inner, row["components"], 1, 1) ?? [];
    if (input === void 0) return;
    if (input.type !== 4) {
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
    if (!isObject2(part)) here.fail("is missing", "a label needs what it stands over: setComponent(...)");
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
      check.fail(
        `a component of type ${shown(part.type)} in a label`,
        "a label holds a text input, a select, a choice or a file upload"
      );
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
    const wire = snake(rest2);
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
    const listed = Array.isArray(data.fields) ? data.fields : [];
    const fields = listed.flatMap((field) => [field?.name, field?.value]);
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
      return snake(this.data);
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
    const own3 = /^<?(a)?:?(\w{2,32}):(\d{17,20})>?$/.exec(emoji);
    if (own3 === null) return { name: emoji };
    return present({
      name: own3[2],
      id: own3[3],
      animated: own3[1] === "a" ? true : void 0
    });
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
      const named4 = { small: SeparatorSpacing.Small, large: SeparatorSpacing.Large };
      return this.with({ spacing: typeof spacing === "string" ? named4[spacing] : spacing });
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
        const own3 = { type: 1, components: [part] };
        placed.push(bare ? own3 : part);
        row = part.type === 2 ? own3 : void 0;
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
    const seconds2 = Math.floor(new Date(when).getTime() / 1e3);
    if (Number.isNaN(seconds2)) throw new TypeError(`"${String(when)}" is not a point in time`);
    return style === void 0 ? `<t:${seconds2}>` : `<t:${seconds2}:${style}>`;
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
    const clean2 = text.trim().toLowerCase();
    if (/^\d+$/.test(clean2)) return Number(clean2) * 6e4;
    if (!AMOUNTS.test(clean2)) return void 0;
    let total = 0;
    for (const [, amount2, unit = ""] of clean2.matchAll(new RegExp(AMOUNT, "g"))) {
      total += Number(amount2) * (SIZES[unit.charAt(0)] ?? 0);
    }
    return total;
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
    if (typeof body["poll"] === "object" && body["poll"] !== null)
      checkPoll(check.at("poll"), body["poll"]);
    checkV2(check, body);
    check.throwIfAny(what);
  }
  function checkModalBody(modal2) {
    const check = new Check("");
    checkModal(check, modal2);
    check.throwIfAny("this modal");
  }
  function checkEmbeds(check, embeds) {
    if (!check.list(embeds, 0, L3.embeds) || !check.objects(embeds, "write embed() or its plain object")) return;
    embeds.forEach((embed2, index) => checkEmbed(check.at(index), embed2));
    const length = embeds.reduce((sum, embed2) => sum + embedLength(embed2), 0);
    if (length > EMBED_LIMITS.total) {
      check.fail(`have ${length} characters together, of at most ${EMBED_LIMITS.total}`, "send them in several messages");
    }
  }
  function checkV2(check, body) {
    check.at("flags").optionalNumber(body["flags"], 0, Number.MAX_SAFE_INTEGER);
    if (typeof body["flags"] !== "number" || !hasFlag(body["flags"], MessageFlags.IS_COMPONENTS_V2)) return;
    for (const key2 of ["content", "embeds", "poll", "sticker_ids"]) {
      const value = body[key2];
      const isThere2 = Array.isArray(value) ? value.length > 0 : value !== void 0 && value !== null && value !== "";
      if (isThere2)
        check.at(key2).fail("does not go with Components V2", "say it in a textDisplay, or leave the V2 parts out");
    }
    const length = displayedLength(body["components"]);
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
      return snake(this.#data);
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
    if (id.length > ID_LENGTH)
      throw new RangeError(`"${id}" has ${id.length} characters, and a custom id may have ${ID_LENGTH}`);
    return id;
  };
  var parted = (id, head) => {
    if (id === void 0 || !id.startsWith(`${head}:`)) return void 0;
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
  function pageButtons(at2, count2) {
    const to2 = (where, sign, page2, off2) => button({
      custom_id: pageId(where, { ...at2, page: page2 }),
      emoji: { name: sign },
      style: ButtonStyle.Secondary,
      disabled: off2
    });
    const { page } = at2;
    const last = count2 - 1;
    const here = button({
      custom_id: pageId("here", at2),
      label: `${page + 1} / ${count2}`,
      style: ButtonStyle.Secondary,
      disabled: true
    });
    return actionRow(
      to2("first", "⏮️", 0, page <= 0),
      to2("back", "◀️", Math.max(0, page - 1), page <= 0),
      here,
      to2("on", "▶️", Math.min(last, page + 1), page >= last),
      to2("last", "⏭️", last, page >= last)
    ).toJSON();
  }
  function pageMessage(at2, pages) {
    if (pages.length === 0) return { content: "There is nothing to show.", components: [] };
    const page = Math.min(Math.max(0, at2.page), pages.length - 1);
    const shown2 = pages[page];
    const message = typeof shown2 === "string" ? { content: shown2 } : shown2;
    const buttons = pages.length > 1 ? [pageButtons({ ...at2, page }, pages.length)] : [];
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
    for (let at2 = 0; at2 < items.length; at2 += size) pieces.push(items.slice(at2, at2 + size));
    return pieces;
  }
  var confirmPattern = (name) => `${CONFIRM}:${joined(name)}:*`;
  function confirmMessage(name, question, options = {}) {
    const id = (answer) => `${CONFIRM}:${joined(name, answer, options.owner ?? "", options.subject ?? "")}`;
    const yes = button({ custom_id: id("yes"), label: options.confirmLabel ?? "Confirm" });
    const no2 = button({ custom_id: id("no"), label: options.cancelLabel ?? "Cancel", style: ButtonStyle.Secondary });
    yes.setStyle(options.danger === true ? ButtonStyle.Danger : ButtonStyle.Success);
    const message = typeof question === "string" ? { content: question } : question;
    const row = actionRow(yes, no2).toJSON();
    const ephemeral = options.ephemeral ?? message.ephemeral;
    return {
      ...message,
      components: [...message.components ?? [], row],
      ...ephemeral !== void 0 && { ephemeral }
    };
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
  var toHex = (bytes) => bytes.toHex();
  function viewOf(value) {
    if (value instanceof Uint8Array) return value;
    if (value instanceof ArrayBuffer) return new Uint8Array(value);
    if (ArrayBuffer.isView(value)) return new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
    return void 0;
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
  function block(words, counter, out, at2) {
    const start = new Uint32Array(16);
    start.set(CONSTANTS, 0);
    start.set(words, 4);
    start[12] = counter;
    const state = start.slice();
    const quarter = (a3, b3, c2, d2) => {
      const mix = (to2, by, onto, turn) => {
        state[to2] = state[to2] + state[by];
        const mixed = state[onto] ^ state[to2];
        state[onto] = mixed << turn | mixed >>> 32 - turn;
      };
      mix(a3, b3, d2, 16);
      mix(c2, d2, b3, 12);
      mix(a3, b3, d2, 8);
      mix(c2, d2, b3, 7);
    };
    for (let round = 0; round < ROUNDS; round++) {
      for (let column = 0; column < 4; column++) quarter(column, column + 4, column + 8, column + 12);
      quarter(0, 5, 10, 15);
      quarter(1, 6, 11, 12);
      quarter(2, 7, 8, 13);
      quarter(3, 4, 9, 14);
    }
    const view = new DataView(out.buffer, out.byteOffset);
    for (let index = 0; index < 16; index++) view.setUint32(at2 + 4 * index, state[index] + start[index], true);
  }
  function refill() {
    key ??= seeded();
    for (let index = 0; index < pool.length / BLOCK; index++) block(key, index, pool, index * BLOCK);
    key = new Uint32Array(pool.buffer.slice(0, KEY));
    pool.fill(0, 0, KEY);
    left = pool.length - KEY;
  }
  function fillRandom(bytes) {
    for (let at2 = 0; at2 < bytes.length; ) {
      if (left === 0) refill();
      const from = pool.length - left;
      const count2 = Math.min(left, bytes.length - at2);
      bytes.set(pool.subarray(from, from + count2), at2);
      pool.fill(0, from, from + count2);
      left -= count2;
      at2 += count2;
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
  var CHUNK = 8192;
  function utf8(text) {
    const bytes = new Uint8Array(utf8Length(text));
    let at2 = 0;
    for (let index = 0; index < text.length; index++) {
      const code = text.charCodeAt(index);
      if (code < 128) bytes[at2++] = code;
      else at2 = writePoint(bytes, at2, pointAt(text, index, code), () => index++);
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
  function writePoint(bytes, at2, point, second) {
    if (point < 2048) bytes[at2++] = 192 | point >> 6;
    else {
      if (point < 65536) bytes[at2++] = 224 | point >> 12;
      else {
        second();
        bytes[at2++] = 240 | point >> 18;
        bytes[at2++] = 128 | point >> 12 & 63;
      }
      bytes[at2++] = 128 | point >> 6 & 63;
    }
    bytes[at2++] = 128 | point & 63;
    return at2;
  }
  var TextGatherer = class {
    text = "";
    #units = [];
    add(unit) {
      this.#units.push(unit);
      if (this.#units.length >= CHUNK) this.#flush();
    }
    addPoint(point) {
      if (point < 65536) return this.add(point);
      this.add(55232 + (point >> 10));
      this.add(56320 | point & 1023);
    }
    take() {
      this.#flush();
      const { text } = this;
      this.text = "";
      return text;
    }
    #flush() {
      this.text += fromCharCode.apply(void 0, this.#units);
      this.#units = [];
    }
  };

  // web/exception.ts
  var NAMES = [
    "IndexSize",
    "DomstringSize",
    "HierarchyRequest",
    "WrongDocument",
    "InvalidCharacter",
    "NoDataAllowed",
    "NoModificationAllowed",
    "NotFound",
    "NotSupported",
    "InUseAttribute",
    "InvalidState",
    "Syntax",
    "InvalidModification",
    "Namespace",
    "InvalidAccess",
    "Validation",
    "TypeMismatch",
    "Security",
    "Network",
    "Abort",
    "URLMismatch",
    "QuotaExceeded",
    "Timeout",
    "InvalidNodeType",
    "DataClone"
  ];
  var WITHOUT_ERROR = /* @__PURE__ */ new Set(["DomstringSize", "NoDataAllowed", "Validation"]);
  var known = /* @__PURE__ */ new WeakMap();
  function factsOf(exception) {
    const facts = known.get(exception);
    if (facts === void 0) throw new TypeError("this is no DOMException");
    return facts;
  }
  var DOMException = class {
    constructor(message = "", name = "Error") {
      const error = Reflect.construct(Error, [], new.target);
      known.set(error, { message: `${message}`, name: `${name}` });
      return error;
    }
    get name() {
      return factsOf(this).name;
    }
    get message() {
      return factsOf(this).message;
    }
    get code() {
      return CODES.get(factsOf(this).name) ?? 0;
    }
  };
  Object.setPrototypeOf(DOMException.prototype, Error.prototype);
  var CODES = /* @__PURE__ */ new Map();
  NAMES.forEach((name, index) => {
    const constant = `${name.replace("InUse", "Inuse").replace(/(?<=[a-z]|URL)(?=[A-Z])/g, "_").toUpperCase()}_ERR`;
    const property = { value: index + 1, enumerable: true };
    Object.defineProperty(DOMException, constant, property);
    Object.defineProperty(DOMException.prototype, constant, property);
    if (!WITHOUT_ERROR.has(name)) CODES.set(`${name}Error`, index + 1);
  });
  var QuotaExceededError = class extends DOMException {
    #quota;
    #requested;
    constructor(message = "", options = {}) {
      super(message, "QuotaExceededError");
      this.#quota = amount(options?.quota);
      this.#requested = amount(options?.requested);
      if (this.#quota !== null && this.#requested !== null && this.#requested < this.#quota) {
        throw new RangeError("what was requested is within the quota");
      }
    }
    get quota() {
      return this.#quota;
    }
    get requested() {
      return this.#requested;
    }
  };
  function amount(given) {
    if (given === void 0) return null;
    const number = Number(given);
    if (!Number.isFinite(number)) throw new TypeError(`${String(given)} is no amount`);
    if (number < 0) throw new RangeError(`${number} is less than nothing`);
    return number;
  }

  // web/iterate.ts
  var iterators = Object.getPrototypeOf(Object.getPrototypeOf([][Symbol.iterator]()));
  function iterable(owners, name, pairAt2) {
    class PairIterator {
      #owner;
      #kind;
      #index = 0;
      constructor(owner, kind) {
        this.#owner = owner;
        this.#kind = kind;
      }
      next() {
        const pair = pairAt2(this.#owner, this.#index);
        if (pair === void 0) return { value: void 0, done: true };
        this.#index++;
        const value = this.#kind === "entries" ? [...pair] : pair[this.#kind === "keys" ? 0 : 1];
        return { value, done: false };
      }
    }
    Object.setPrototypeOf(PairIterator.prototype, iterators);
    Object.defineProperty(PairIterator.prototype, "next", { enumerable: true });
    Object.defineProperty(PairIterator.prototype, Symbol.toStringTag, { value: `${name} Iterator`, configurable: true });
    Reflect.deleteProperty(PairIterator.prototype, "constructor");
    const methods = {
      entries() {
        pairAt2(this, 0);
        return new PairIterator(this, "entries");
      },
      keys() {
        pairAt2(this, 0);
        return new PairIterator(this, "keys");
      },
      values() {
        pairAt2(this, 0);
        return new PairIterator(this, "values");
      },
      forEach(visit, self2) {
        if (typeof visit !== "function") throw new TypeError(`${name}.forEach needs a function`);
        for (let index = 0, pair = pairAt2(this, 0); pair !== void 0; pair = pairAt2(this, ++index)) {
          visit.call(self2, pair[1], pair[0], this);
        }
      }
    };
    for (const [key2, value] of Object.entries(methods)) {
      Object.defineProperty(owners.prototype, key2, { value, writable: true, configurable: true, enumerable: true });
    }
    Object.defineProperty(owners.prototype, Symbol.iterator, { value: methods.entries, writable: true, configurable: true });
  }
  function pairsOf(given, what, text) {
    const iterate = given[Symbol.iterator];
    if (iterate === void 0 || iterate === null) return [...recordOf(given, text)];
    return Array.from(given, (one) => {
      const pair = typeof one === "object" && one !== null ? Array.from(one, text) : [];
      if (pair.length !== 2) throw new TypeError(`${what} is a name and a value`);
      return pair;
    });
  }
  function recordOf(given, text) {
    const record = /* @__PURE__ */ new Map();
    for (const key2 of Reflect.ownKeys(given)) {
      if (!Object.getOwnPropertyDescriptor(given, key2)?.enumerable) continue;
      const name = text(key2);
      record.set(name, text(given[key2]));
    }
    return record;
  }
  function needs(given, count2, what) {
    if (given.length < count2) throw new TypeError(`${what} needs ${count2} argument${count2 === 1 ? "" : "s"}, and got ${given.length}`);
  }

  // web/base64.ts
  function btoa(text) {
    needs(arguments, 1, "btoa");
    const given = `${text}`;
    const bytes = new Uint8Array(given.length);
    for (let index = 0; index < given.length; index++) {
      const code = given.charCodeAt(index);
      if (code > 255) throw new DOMException("btoa takes characters up to U+00FF only", "InvalidCharacterError");
      bytes[index] = code;
    }
    return toBase64(bytes);
  }
  function atob(text) {
    needs(arguments, 1, "atob");
    let given = `${text}`.replace(/[\t\n\f\r ]/g, "");
    if (given.length % 4 === 0) given = given.replace(/={1,2}$/, "");
    if (given.length % 4 === 1 || /[^A-Za-z0-9+/]/.test(given)) throw new DOMException("atob takes base64 only", "InvalidCharacterError");
    const out = new TextGatherer();
    for (const byte of fromBase64(lenient(given))) out.add(byte);
    return out.take();
  }
  function lenient(given) {
    const extra = given.length % 4;
    return extra === 0 ? given : given + "=".repeat(4 - extra);
  }

  // secrets.ts
  var named = /* @__PURE__ */ new Map();
  var mark;
  function standInOf(name) {
    for (const [standIn2, known4] of named) if (known4 === name) return standIn2;
    const standIn = `${mark ??= freshMark()}${named.size}__`;
    named.set(standIn, name);
    return standIn;
  }
  function freshMark() {
    const bytes = new Uint8Array(16);
    fillRandom(bytes);
    return `__FLORA_NAMED_${toHex(bytes)}_`;
  }
  async function textWithSecrets(text) {
    if (mark === void 0 || !text.includes(mark)) return text;
    let written2 = text;
    for (const [standIn, name] of named) {
      if (written2.includes(standIn)) written2 = written2.replaceAll(standIn, await placeholderOf(name));
    }
    return written2;
  }
  var BASIC = /^(basic +)((?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}(?:==)?|[A-Za-z0-9+/]{3}=?)?)\s*$/i;
  async function headerWithSecrets(value) {
    const basic = mark === void 0 ? null : BASIC.exec(value);
    if (basic === null) return textWithSecrets(value);
    const given = atob(basic[2]), written2 = await textWithSecrets(given);
    return written2 === given ? value : basic[1] + btoa(written2);
  }
  async function bytesWithSecrets(bytes) {
    if (mark === void 0) return bytes;
    const gathered = new TextGatherer();
    for (const byte of bytes) gathered.add(byte);
    const text = gathered.take(), written2 = await textWithSecrets(text);
    return written2 === text ? bytes : Uint8Array.from(written2, (unit) => unit.charCodeAt(0));
  }
  async function placeholderOf(name) {
    const found2 = await host.op("secrets.get", { name });
    if (typeof found2 === "string") return found2;
    const message = `there is no secret "${name}"; somebody who may has to set it: flora secrets set ${name}`;
    throw Object.assign(new Error(message), { code: "UNKNOWN_SECRET" });
  }
  var SecretReference = class {
    #name;
    #asked;
    constructor(name) {
      this.#name = name;
    }
    toString() {
      return standInOf(this.#name);
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
    return input === void 0 || input === null ? {} : { content: String(input) };
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
    if (typeof input === "string" && input !== "" && input.length <= MESSAGE_LIMITS.content) {
      return { body: fresh ? { content: input, allowed_mentions: SAFE_MENTIONS } : { content: input } };
    }
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
    if (typeof nested === "object" && nested !== null) return { ...about, ...named2(nested), data: String(nested.data) };
    if (typeof nested === "string") return { ...about, data: nested };
    const address = typeof file2.Url === "object" ? file2.Url.url : typeof file2.url === "object" ? file2.url.url : file2.url;
    if (address !== void 0) return { ...about, ...await fetched(String(address)) };
    const type = file2.contentType ?? file2.data?.type;
    return { ...about, ...type && { contentType: String(type) }, data: await encoded(file2.data) };
  }
  var named2 = (file2) => file2.filename === void 0 ? {} : { name: String(file2.filename) };
  var nameIn = (address) => typeof address === "string" ? /([^/?#]+)(?:[?#].*)?$/.exec(address)?.[1] ?? void 0 : void 0;
  async function fetched(url) {
    const answer = await host.op("fetch", { url: await textWithSecrets(url), method: "GET", headers: [], body: null, redirect: "follow" });
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
        this.#msg = this.present(camel(this.raw));
      }
      return this.#msg;
    }
    set msg(value) {
      this.#looked = true;
      this.#msg = value;
    }
    /** What was there before an update or deletion, where flora still had it; else null. */
    get old() {
      return this.#before === void 0 ? null : this.msg?.old ?? camel(this.#before);
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
      if (this.#before !== void 0) msg.old = camel(this.#before);
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
        case "ready":
          msg.guildIds = [];
          return msg;
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
      const at2 = replied ? { channelId: replied.channel_id ?? this.#channel(), messageId: replied.id } : this.#editable();
      const prepared = await prepareNow(input, false);
      return both(await host.op("rest.updateMessage", withFiles({ ...at2, body: prepared.body }, prepared)));
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

  // interaction_context.ts
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
      application = raw.application_id || application;
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
    const { toJSON: _3, ...plain2 } = optionsOf(given);
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

  // names_check.ts
  var known2 = /* @__PURE__ */ new Set([...EVENTS, ...Object.keys(ALIASES), ...INTERACTION_EVENTS]);
  function canonical(event) {
    if (typeof event !== "string" || event === "") throw new TypeError("on() needs the name of an event");
    if (known2.has(event)) return ALIASES[event] ?? event;
    if (event.startsWith("__")) return event;
    const meant = nearest(event, known2);
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
  var routeInteraction = (context, listening) => run(listening, context, context.event);
  var interactionsWanted = false;
  function setInteractionRouter(route2) {
    routeInteraction = route2;
  }
  function wantInteractions() {
    if (!interactionsWanted) changed();
    interactionsWanted = true;
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
    const rest2 = listening.filter((_3, at2) => at2 !== index);
    if (rest2.length === 0) mapDelete(table2, name);
    else mapSet(table2, name, rest2);
    changed();
  }
  function eventNames() {
    const names = [...handlers.keys()];
    const wantsInteractions = byKind.size > 0 || interactionsWanted;
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
      if (!interactionsWanted && byKind.size === 0 && listening === void 0) return void 0;
      const context = new InteractionContext(event, payload, before);
      return routeInteraction(context, listening ?? none);
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
    const at2 = host.caller?.();
    const json = {
      name,
      schedule: schedule2,
      ...at2 !== void 0 && { at: { file: at2.file, line: at2.line, column: at2.column } },
      ...timeZone !== void 0 && { timeZone },
      ...overlap !== void 0 && { overlap },
      ...options.catchUp !== void 0 && { catchUp: options.catchUp }
    };
    crons.set(name, { json, run: run2 });
    handleInternal("__cron", runCron);
    changed();
  }
  var iso = (at2) => typeof at2 === "string" ? at2 : new Date(Number(at2)).toISOString();
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
      const meant = nearest(String(name), timerHandlers.keys());
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

  // collect.ts
  var LONGEST_S = 900;
  var MOST = 50;
  var open = 0;
  function collect2(event, options, done) {
    const { filter = () => true, max = Infinity, seconds: seconds2 = 60, each } = options;
    if (typeof done !== "function") throw new TypeError("collect(event, options, done) needs a function for the end");
    if (!(seconds2 > 0 && seconds2 <= LONGEST_S)) throw new RangeError(`seconds is ${seconds2}: give it up to ${LONGEST_S}`);
    if (!(max >= 1)) throw new RangeError(`max is ${max}: give it at least 1`);
    if (open >= MOST) throw new RangeError(`${MOST} collectors are open; end some, or use handlers with patterns`);
    const found2 = [];
    let ended = false;
    const end = (why) => {
      if (ended) return void 0;
      ended = true;
      open--;
      stop();
      clearTimer(timer);
      return done(found2, why);
    };
    const hear = async (context) => {
      if (ended || !filter(context)) return;
      found2.push(context);
      if (each !== void 0) await each(context);
      if (found2.length >= max) await end("max");
    };
    const stop = on(event, hear);
    const timer = setTimer(() => attend(() => end("time")), seconds2 * 1e3);
    open++;
    return { stop: () => attend(() => end("stopped")) };
  }
  function attend(run2) {
    (async () => run2())().catch((error) => host.uncaught(error, "collector"));
  }

  // commands/cooldown.ts
  var MOST_KEYS = 5e3;
  var PER = /* @__PURE__ */ new Set(["user", "channel", "guild"]);
  function cooldownOf(given, where) {
    if (given === void 0 || given === null || given === 0) return void 0;
    const { seconds: seconds2, per = "user" } = typeof given === "object" ? given : { seconds: given };
    if (!(seconds2 > 0) || !PER.has(per)) {
      throw new TypeError(`${where}: a cooldown is seconds, or { seconds, per: "user" | "channel" | "guild" }`);
    }
    return { seconds: seconds2, per };
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
      const set2 = (name, value) => Object.defineProperty(context, name, { value, writable: true, configurable: true, enumerable: true });
      set2("options", this.values);
      if (words.length > 0) set2("subcommand", words.at(-1));
      if (words.length > 1) set2("subcommandGroup", words[0]);
      const resolved = (kind) => (name) => this.#resolved(kind, name);
      for (const [method, kind] of RESOLVED) Object.defineProperty(context, method, { value: resolved(kind), configurable: true });
      if (this.#data?.target_id !== void 0) this.#attachTarget(context, set2);
    }
    #attachTarget(context, set2) {
      const { target_id: id, resolved = {} } = this.#data;
      set2("targetId", id);
      const target = resolved.messages?.[id] ?? resolved.users?.[id];
      set2("target", camel(target) ?? null);
      if (resolved.members?.[id]) set2("targetMember", camel(resolved.members[id]));
    }
    /** The whole object that an option's id stands for. */
    #resolved(kind, name) {
      const id = this.values[name];
      return id === void 0 ? null : camel(this.#data?.resolved?.[kind]?.[id]) ?? null;
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
  var KINDS2 = { user: "userCommand", 2: "userCommand", message: "messageCommand", 3: "messageCommand" };
  var registered = /* @__PURE__ */ new Map();
  var commandsJson = () => Array.from(registered.values(), (one) => one.json);
  function compile(given, mayBeWithoutRun = false) {
    const where = `${KINDS2[given?.type] ?? "slash"} ${shown(given?.name)}`;
    const check = new Check(where);
    const json = wireCommand(check, given);
    const handlers2 = { runs: /* @__PURE__ */ new Map(), completions: /* @__PURE__ */ new Map() };
    if (json !== void 0) gather(check, given, [], handlers2, mayBeWithoutRun);
    check.throwIfAny("this command", "INVALID_COMMAND");
    if (json.type !== CHAT) delete json.description;
    return { json, ...handlers2, mode: given.autoDefer ?? true, cooldown: cooldownOf(given.cooldown, where) };
  }
  function gather(check, given, words, found2, mayBeWithoutRun) {
    const inner = innerOf(given);
    const nests = inner.filter((one) => isNest(one.type));
    for (const one of nests) {
      const at2 = check.at(one.key).at(one.index);
      gather(at2, one.given, [...words, String(one.given["name"])], found2, mayBeWithoutRun);
    }
    if (nests.length > 0) return;
    const { run: run2 } = given;
    if (typeof run2 === "function") found2.runs.set(words.join(" "), run2);
    else if (mayBeWithoutRun) found2.runs.set(words.join(" "), () => void 0);
    else check.at("run").fail(`${shown(run2)} is no function`, "write run: (ctx) => ctx.reply(...)");
    for (const one of inner) addCompletion(one, words, found2);
  }
  function addCompletion({ given }, words, found2) {
    const { autocomplete } = given;
    if (typeof autocomplete === "function") found2.completions.set([...words, given["name"]].join(" "), autocomplete);
  }
  function registerCommands(given, mayBeWithoutRun = false) {
    const added = given.map((one) => compile(one, mayBeWithoutRun));
    const check = new Check("commands");
    checkTotals(check, [...registered.values(), ...added].map((one) => one.json));
    check.throwIfAny("these commands", "INVALID_COMMAND");
    for (const one of added) registered.set(`${one.json.type} ${one.json.name}`, one);
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
    const path = [used.path, focused.name].filter((word) => word !== "").join(" ");
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
    const names = /* @__PURE__ */ new Set();
    let source = "", kept = 0, rest2 = 0;
    for (const found2 of pattern.matchAll(PLACE)) {
      checkPlace(pattern, found2[1], names);
      source += RegExpEscape(pattern.slice(kept, found2.index));
      source += found2[0] === "*" ? `(?<rest${rest2++ || ""}>.*)` : `(?<${found2[1]}>[^:]+)`;
      kept = found2.index + found2[0].length;
    }
    if (kept === 0 && source === "") return { text: pattern, test: /$^/, plain: true };
    return { text: pattern, test: new RegExp(`^${source}${RegExpEscape(pattern.slice(kept))}$`, "s"), plain: false };
  }
  function checkPlace(pattern, name, names) {
    if (name === void 0) return;
    if (/^\d/.test(name)) throw new TypeError(`"${pattern}": the name of a place begins with a letter, and "{${name}}" does not`);
    if (names.has(name)) throw new TypeError(`"${pattern}" has two places "{${name}}": give each a name of its own`);
    names.add(name);
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
    const own3 = kind === INTERACTION.modal ? "modal" : context.raw.data.component_type === BUTTON ? "button" : "select";
    for (const one of routes) {
      if (one.kind !== own3 && !(one.kind === "component" && kind === INTERACTION.component)) continue;
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
        const own3 = routeOf(context);
        const kind = context.kind === INTERACTION.modal ? "modalSubmit" : "componentInteraction";
        const found2 = [...own3 ? [own3] : [], ...listeningTo(kind)];
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
  setInteractionRouter(route);

  // commands/prefix.ts
  var known3 = /* @__PURE__ */ new Map();
  var prefixes = [];
  var onCooldown;
  var prefixNames = () => [...new Set(Array.from(known3.values(), (one) => one.command.name))];
  function registerPrefix(commands, options) {
    const all = options.help ? [...commands, helpCommand(options.help === true ? "help" : options.help)] : commands;
    prefixes = (typeof options.prefix === "string" ? [options.prefix] : [...options.prefix]).sort((a3, b3) => b3.length - a3.length);
    if (prefixes.some((one) => typeof one !== "string" || one === "")) throw new TypeError("a prefix is a text that is not empty");
    onCooldown = options.onCooldown;
    for (const command of all) registerOne(command);
    if (known3.size > 0) add("messageCreate", handle);
    changed();
  }
  function registerOne(command) {
    if (typeof command?.name !== "string" || command.name === "" || /\s/.test(command.name)) {
      throw new TypeError(`prefix: ${JSON.stringify(command?.name)} is no name: it has no spaces, and is not empty`);
    }
    if (typeof command.run !== "function") throw new TypeError(`prefix "${command.name}" needs a run function`);
    const one = { command, cooldown: cooldownOf(command.cooldown, `prefix "${command.name}"`) };
    for (const name of [command.name, ...command.aliases ?? []]) {
      if (known3.has(name)) throw new Error(`there are two prefix commands "${name}": give each name and each alias to one only`);
      known3.set(name, one);
    }
  }
  function splitArguments(text) {
    const words = [];
    for (const found2 of text.matchAll(/"((?:\\.|[^"\\])*)"|'((?:\\.|[^'\\])*)'(?=\s|$)|“([^”]*)”|(\S+)/gs)) {
      const quoted2 = found2[1] ?? found2[2] ?? found2[3];
      words.push(quoted2 === void 0 ? found2[4] : quoted2.replace(/\\(["'\\])/g, "$1"));
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
    const found2 = name === void 0 ? void 0 : known3.get(name);
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
    const one = asked === void 0 ? void 0 : known3.get(asked)?.command;
    if (asked !== void 0 && one === void 0) return `There is no command ${prefix3}${asked}.`;
    if (one !== void 0) return helpOf(prefix3, one);
    const shown2 = [...new Set(Array.from(known3.values(), (each) => each.command))].filter((each) => !each.hidden);
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
  var adopted = false;
  var KIND = /^\d /;
  function prefix2(command) {
    if (typeof command?.run !== "function") throw new TypeError(`prefix "${String(command?.name)}" needs a run function`);
    defined.prefix.push({ command, names: [command.name, ...command.aliases ?? []], place: new Error() });
    return command;
  }
  function slash(command) {
    const { json } = compile(command);
    defined.slash.push({ command, names: [`${json.type} ${json.name}`], place: new Error() });
    return command;
  }
  var subcommand = (command) => command;
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
    if (adopted || defined.slash.length === 0 && defined.prefix.length === 0) return;
    adopted = true;
    if (created) return warnOfUnused();
    refuseTwice("commands", defined.slash);
    refuseTwice("prefix commands", defined.prefix);
    createBot({ slashCommands: defined.slash.map((one) => one.command), commands: defined.prefix.map((one) => one.command) });
  }
  function refuseTwice(what, all) {
    const seen3 = /* @__PURE__ */ new Set();
    for (const { names, place: place2 } of all) {
      const taken = names.find((name) => seen3.has(name));
      if (taken !== void 0) {
        const message = `there are two ${what} "${taken.replace(KIND, "")}": give each name and each alias to one only`;
        throw Object.assign(place2, { name: "DefinitionError", message });
      }
      for (const name of names) seen3.add(name);
    }
  }
  function warnOfUnused() {
    const there = JSON.stringify(commandsJson()), prefixed = new Set(prefixNames());
    for (const { command } of defined.slash) {
      if (!there.includes(`"name":${JSON.stringify(command.name)}`)) unused("slash", command.name, "slashCommands");
    }
    for (const { command } of defined.prefix) if (!prefixed.has(command.name)) unused("prefix", command.name, "commands");
  }
  function unused(kind, name, place2) {
    warn(`${kind} "${String(name)}" is defined and not in the bot: put it among the ${place2} of createBot`);
  }
  function registerSlashCommands(commands) {
    created = true;
    registerCommands(commands, true);
    return Promise.resolve();
  }

  // commands/helpers.ts
  var helpers_exports = {};
  __export(helpers_exports, {
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
  async function handleSubcommand(context, handlers2) {
    const name = getSubcommand(context);
    const list = Array.isArray(handlers2) ? handlers2 : handlers2.subcommands;
    const found2 = Array.isArray(list) ? list.find((one) => one.name === name)?.run : handlers2[name ?? ""];
    if (typeof found2 !== "function") return false;
    context.options ??= flattenInteractionOptions(context.raw?.data?.options);
    await found2(context);
    return true;
  }

  // inspect.ts
  var DEEPEST2 = 6;
  var MOST_ITEMS = 100;
  var MOST_CHARACTERS = 1e4;
  var { stringify } = JSON;
  var { getPrototypeOf, keys: keysOf2 } = Object;
  var { isArray: isArray2 } = Array;
  var { isView } = ArrayBuffer;
  var plainPrototype = Object.prototype;
  var seen = /* @__PURE__ */ new Map();
  function showProperties(of2, names) {
    seen.set(of2.prototype, names);
  }
  function show(value) {
    if (typeof value === "string") return value;
    if (typeof value !== "object" || value === null) return simple(value);
    try {
      return new Inspection().show(value, 0);
    } catch {
      return host.preview(value);
    }
  }
  function simple(value) {
    switch (typeof value) {
      case "string":
        return stringify(value);
      case "bigint":
        return `${value}n`;
      case "function":
        return named3(value);
      default:
        return String(value);
    }
  }
  function named3(value) {
    const kind = /^class\b/.test(Function.prototype.toString.call(value)) ? "class" : "function";
    return value.name ? `[${kind} ${value.name}]` : `[${kind}]`;
  }
  var Inspection = class {
    #inside = /* @__PURE__ */ new Set();
    #left = MOST_CHARACTERS;
    show(value, depth) {
      if (typeof value !== "object" || value === null) return this.#count(simple(value));
      if (this.#inside.has(value)) return "[circular]";
      if (depth >= DEEPEST2) return isArray2(value) ? "[…]" : "{…}";
      this.#inside.add(value);
      const text = this.#object(value, depth);
      this.#inside.delete(value);
      return text;
    }
    #count(text) {
      this.#left -= text.length;
      return text;
    }
    #object(value, depth) {
      if (value instanceof Error) return this.#error(value, depth);
      if (isArray2(value)) return this.#list(value.length, (index) => this.show(value[index], depth + 1), "[", "]");
      if (value instanceof Map) {
        const entries = [...value];
        const entry = (index) => `${this.show(entries[index][0], depth + 1)} => ${this.show(entries[index][1], depth + 1)}`;
        return `Map(${value.size}) ${this.#list(entries.length, entry, "{", "}")}`;
      }
      if (value instanceof Set) {
        const members = [...value];
        return `Set(${value.size}) ${this.#list(members.length, (index) => this.show(members[index], depth + 1), "{", "}")}`;
      }
      if (isView(value) && !(value instanceof DataView)) {
        const bytes = value;
        return `${className(value)}(${bytes.length}) ${this.#list(bytes.length, (index) => simple(bytes[index]), "[", "]")}`;
      }
      if (value instanceof RegExp) return this.#count(String(value));
      if (typeof value.toJSON === "function") return this.show(value.toJSON(), depth);
      return this.#fields(value, depth);
    }
    #fields(value, depth) {
      const prototype = getPrototypeOf(value);
      const name = prototype === plainPrototype ? "" : className(value);
      const names = (name === "" ? void 0 : seen.get(prototype)) ?? keysOf2(value);
      const field = (index) => `${stringify(names[index])}:${this.show(value[names[index]], depth + 1)}`;
      const text = this.#list(names.length, field, "{", "}");
      if (name === "" || name === "Object") return text;
      return names.length === 0 ? name : `${name} ${text}`;
    }
    #error(error, depth) {
      const head = `${error.name}: ${error.message}`;
      const code = typeof error.code === "string" ? ` [${error.code}]` : "";
      const cause = error.cause === void 0 ? "" : `, caused by ${this.show(error.cause, depth + 1)}`;
      return this.#count(head + code + cause);
    }
    #list(length, item, open2, close) {
      let text = open2;
      const count2 = length < MOST_ITEMS ? length : MOST_ITEMS;
      for (let index = 0; index < count2 && this.#left > 0; index++) text += (index > 0 ? "," : "") + this.#count(item(index));
      return text + (count2 < length || this.#left <= 0 ? `${length > 0 ? "," : ""}…` : "") + close;
    }
  };
  function className(value) {
    const prototype = getPrototypeOf(value);
    const made = prototype === null ? "" : prototype.constructor?.name;
    return typeof made === "string" && made !== "" ? made : "Object";
  }

  // console.ts
  var show2 = (values) => {
    let text = "";
    for (let index = 0; index < values.length; index++) text += (index > 0 ? " " : "") + show(values[index]);
    return text;
  };
  var counts = /* @__PURE__ */ new Map();
  var started = /* @__PURE__ */ new Map();
  var since = (label2) => `${label2}: ${Date.now() - (started.get(label2) ?? Date.now())} ms`;
  var console = Object.assign(/* @__PURE__ */ Object.create({}), {
    debug: (...values) => host.log("debug", show2(values)),
    log: (...values) => host.log("info", show2(values)),
    info: (...values) => host.log("info", show2(values)),
    warn: (...values) => host.log("warn", show2(values)),
    error: (...values) => host.log("error", show2(values)),
    trace: (...values) => host.log("debug", `${show2(values)}
${new Error().stack ?? ""}`.trim()),
    dir: (value) => host.log("info", show2([value])),
    table: (value) => host.log("info", show2([value])),
    assert: (holds, ...values) => {
      if (!holds) host.log("error", values.length > 0 ? `Assertion failed: ${show2(values)}` : "Assertion failed");
    },
    count: (label2 = "default") => {
      const name = `${label2}`, count2 = (counts.get(name) ?? 0) + 1;
      counts.set(name, count2);
      host.log("info", `${name}: ${count2}`);
    },
    countReset: (label2 = "default") => void counts.delete(`${label2}`),
    time: (label2 = "default") => void started.set(`${label2}`, Date.now()),
    timeLog: (label2 = "default", ...values) => host.log("info", show2([since(`${label2}`), ...values])),
    timeEnd: (label2 = "default") => {
      host.log("info", since(`${label2}`));
      started.delete(`${label2}`);
    },
    group: (...values) => void (values.length > 0 && host.log("info", show2(values))),
    groupCollapsed: (...values) => void (values.length > 0 && host.log("info", show2(values))),
    groupEnd: () => void 0
  });
  Object.defineProperty(console, Symbol.toStringTag, { value: "console", configurable: true });

  // kv.ts
  var DEFAULT_STORE = "default";
  var MOST_TRIES = 20;
  var OPTIONS = ["ttl", "expiration", "metadata", "ifVersion"];
  var IN_A_TRANSACTION = [...OPTIONS, "store"];
  var refused = (code, text) => Object.assign(new TypeError(text), { code: `KV_${code}` });
  var isNumber = (value) => typeof value === "number" && Number.isFinite(value);
  function written(value) {
    const view = viewOf(value);
    if (view !== void 0) return { bytes: toBase64(view) };
    if (value === void 0 || typeof value === "function" || typeof value === "symbol") {
      throw refused("INVALID_VALUE", `${typeof value} cannot be stored; null, delete or some JSON can`);
    }
    if (typeof value === "number" && !isNumber(value)) throw refused("INVALID_VALUE", `${value} cannot be stored; it is not JSON`);
    if (typeof value === "string") wellFormed(value, "INVALID_VALUE", "a text");
    return { value };
  }
  function wellFormed(text, code, what) {
    if (!text.isWellFormed()) throw refused(code, `${what} holds half a surrogate pair`);
    return text;
  }
  function keyOf(key2) {
    if (typeof key2 === "string") return wellFormed(key2, "INVALID_KEY", "a key");
    if (typeof key2 !== "number" && typeof key2 !== "bigint") throw refused("INVALID_KEY", `${typeof key2} is no key; a text is`);
    return String(key2);
  }
  function storeOf(name) {
    if (typeof name !== "string" || name === "") throw refused("INVALID_STORE_NAME", "a store has a name");
    return wellFormed(name, "INVALID_STORE_NAME", "a store's name");
  }
  function amountOf(amount2) {
    if (!isNumber(amount2)) throw refused("INVALID_NUMBER", `${String(amount2)} cannot be added; a number can`);
    return amount2;
  }
  var read = (found2) => found2.bytes === void 0 ? found2.value : fromBase64(found2.bytes);
  function seconds(name, given) {
    const value = given instanceof Date ? given.getTime() / 1e3 : given;
    if (!isNumber(value)) throw refused("INVALID_EXPIRY", `${name} is ${String(value)}; it is a number of seconds`);
    return value;
  }
  function settings(options = {}, known4 = OPTIONS) {
    for (const name in options) {
      if (!known4.includes(name)) throw refused("INVALID_VALUE", `there is no option ${name}; there are ${known4.join(", ")}`);
    }
    const { ttl, expiration, metadata, ifVersion } = options;
    return {
      ...ttl !== void 0 && ttl !== null && { ttl: seconds("ttl", ttl) },
      ...expiration !== void 0 && expiration !== null && { expiration: seconds("expiration", expiration) },
      ...metadata !== void 0 && { metadata },
      ...ifVersion !== void 0 && { ifVersion }
    };
  }
  var KvStore = class {
    name;
    constructor(name) {
      this.name = storeOf(name);
    }
    #ask(operation2, key2, more = {}) {
      return host.op(`kv.${operation2}`, { store: this.name, key: keyOf(key2), ...more });
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
      const found2 = await host.op("kv.getMany", { store: this.name, keys: Array.from(keys, keyOf) });
      return found2.map((one) => one === null ? null : read(one));
    }
    async has(key2) {
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
    async increment(key2, amount2 = 1, options) {
      return (await this.#ask("increment", key2, { amount: amountOf(amount2), ...settings(options) })).value;
    }
    async decrement(key2, amount2 = 1, options) {
      return this.increment(key2, -amountOf(amount2), options);
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
        const value = options[name];
        if (Number.isNaN(value)) throw refused("INVALID_LIMIT", `${name} is NaN`);
        if (typeof value === "string") wellFormed(value, "INVALID_KEY", name);
        if (value !== void 0 && value !== null) asked[name] = value;
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
    #at = (key2, store2) => ({ store: storeOf(store2 ?? this.#store), key: keyOf(key2) });
    /** It fails unless the key has this version; 0: unless there is none. */
    check(key2, version, store2) {
      this.#checks.push({ ...this.#at(key2, store2), version });
      return this;
    }
    set(key2, value, options = {}) {
      this.#mutations.push({ type: "set", ...this.#at(key2, options.store), ...written(value), ...settings(options, IN_A_TRANSACTION) });
      return this;
    }
    delete(key2, store2) {
      this.#mutations.push({ type: "delete", ...this.#at(key2, store2) });
      return this;
    }
    increment(key2, amount2 = 1, options = {}) {
      this.#mutations.push({ type: "increment", ...this.#at(key2, options.store), amount: amountOf(amount2), ...settings(options, IN_A_TRANSACTION) });
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

  // rehearsal.ts
  var USER = { id: "1", username: "a", global_name: null, avatar: null, discriminator: "0", public_flags: 0, bot: false };
  var MEMBER = {
    roles: [],
    joined_at: "",
    nick: null,
    avatar: null,
    deaf: false,
    mute: false,
    flags: 0,
    pending: false,
    premium_since: null,
    communication_disabled_until: null
  };
  var MESSAGE = {
    id: "1",
    channel_id: "1",
    guild_id: "1",
    type: 0,
    content: "",
    timestamp: "",
    edited_timestamp: null,
    tts: false,
    pinned: false,
    mention_everyone: false,
    mentions: [],
    mention_roles: [],
    mention_channels: [],
    attachments: [],
    embeds: [],
    components: [],
    flags: 0,
    nonce: "",
    webhook_id: null,
    message_reference: null,
    referenced_message: null,
    author: USER,
    member: MEMBER
  };
  var INTERACTION2 = {
    id: "1",
    application_id: "",
    type: 0,
    token: "",
    version: 1,
    guild_id: "1",
    channel_id: "1",
    guild_locale: "",
    locale: "",
    app_permissions: "0",
    member: { ...MEMBER, user: USER, permissions: "0" },
    data: { id: "1", name: "", options: [], custom_id: "" }
  };
  var seen2 = "";
  var look = (context) => {
    seen2 = context.msg.content + context.msg.author.id + context.channelId;
  };
  function rehearse() {
    on("messageCreate", look);
    eventNames();
    dispatch("messageCreate", MESSAGE);
    dispatch("~messageUpdate", [MESSAGE, MESSAGE]);
    off("messageCreate", look);
    const interaction = new InteractionContext("interactionCreate", INTERACTION2, void 0);
    seen2 = interaction.msg.user.id + interaction.commandName + interaction.values.length;
    prepareNow("text", true);
    prepareNow({ content: "text", embeds: [{ title: "t" }], allowedMentions: { parse: [] } }, true);
    both(MESSAGE);
    seen2 = "";
  }
  var prepareRehearsal = () => handleInternal("rehearsal", rehearse);

  // operations.ts
  var OPERATIONS = [
    ["listGuildApplicationCommands", true, ""],
    ["listGuildApplicationCommandPermissions", true, ""],
    ["getGuildApplicationCommand", true, "commandId"],
    ["getGuildApplicationCommandPermissions", true, "commandId"],
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
    ["createStageInstance", false, ""],
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
  var originalAt = ({ token, interactionToken, webhookToken, interactionId: _3, guildId: __, ...args }) => ({
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
      getGuildCommands: as("listGuildApplicationCommands"),
      getGuildCommand: as("getGuildApplicationCommand"),
      editGuildCommandPermissions: unsupported,
      getGuildCommandsPermissions: as("listGuildApplicationCommandPermissions"),
      getGuildCommandPermissions: as("getGuildApplicationCommandPermissions"),
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
      const { named: named4, loose } = split(name, args, path);
      const { body = {}, query, reason, files } = args;
      const asked = { ...named4 };
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
    const named4 = {}, loose = {};
    for (const field of path) {
      const value = args[field] ?? (field === "webhookId" ? applicationId() : void 0);
      if (value === void 0 || value === null) throw missing(name, field);
      named4[field] = field === "emojiName" ? emojiName(value) : String(value);
    }
    for (const field of Object.keys(args)) if (!(field in named4) && !OWN.has(field)) loose[field] = args[field];
    return { named: named4, loose };
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
      const { named: named4, loose } = split(name, args, path);
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
      if (name === "createMessage") return both(await sendMessage(named4.channelId, prepared, replyTo));
      const asked = { ...named4, ...Object.keys(query).length > 0 && { query: snakeQuery(query) }, body: prepared.body };
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

  // traced.ts
  var defineProperty = Object.defineProperty;
  var PromiseHere = Promise;
  var ErrorHere = Error;
  var OperationError = class extends Error {
  };
  defineProperty(OperationError.prototype, "name", { value: "OperationError", writable: true, configurable: true });
  var CARRIED = ["code", "status", "retryAfter", "route", "details", "discordCode", "errors", "field", "limit", "operation"];
  var OF_THE_HOST = /* @__PURE__ */ new Set(["OperationError", "TimeoutError"]);
  var leadsToScript = (error) => String(error.stack).split("\n").some((frame) => frame !== "" && !frame.includes("@flora:"));
  function moved(place2, error) {
    if (!(error instanceof ErrorHere) || !OF_THE_HOST.has(error.name) || leadsToScript(error)) return error;
    const hidden = (name, value) => defineProperty(place2, name, { value, writable: true, configurable: true });
    hidden("message", error.message);
    if (error.name !== "OperationError") hidden("name", error.name);
    for (const name of CARRIED) {
      const value = error[name];
      if (value !== void 0) hidden(name, value);
    }
    return place2;
  }
  function traced(method) {
    const call2 = function(...args) {
      const place2 = new OperationError();
      const answer = method.apply(this, args);
      return answer instanceof PromiseHere ? answer.catch((error) => {
        throw moved(place2, error);
      }) : answer;
    };
    defineProperty(call2, "name", { value: method.name });
    return call2;
  }
  function trace(target, names = Object.keys(target)) {
    for (const name of names) {
      if (Object.hasOwn(target, name)) defineProperty(target, name, { value: traced(target[name]), writable: true, configurable: true, enumerable: true });
    }
  }

  // vendor/streams.js
  function e() {
  }
  function t(e2) {
    return "object" == typeof e2 && null !== e2 || "function" == typeof e2;
  }
  var r = e;
  function o(e2, t2) {
    try {
      Object.defineProperty(e2, "name", { value: t2, configurable: true });
    } catch (e3) {
    }
  }
  var n = Promise;
  var i = Promise.resolve.bind(n);
  var a = Promise.prototype.then;
  var s = Promise.reject.bind(n);
  var l = i;
  function u(e2) {
    return new n(e2);
  }
  function c(e2) {
    return u((t2) => t2(e2));
  }
  function d(e2) {
    return s(e2);
  }
  function f(e2, t2, r2) {
    return a.call(e2, t2, r2);
  }
  function h(e2, t2, o2) {
    f(f(e2, t2, o2), void 0, r);
  }
  function b(e2, t2) {
    h(e2, t2);
  }
  function _(e2, t2) {
    h(e2, void 0, t2);
  }
  function m(e2, t2, r2) {
    return f(e2, t2, r2);
  }
  function p(e2) {
    f(e2, void 0, r);
  }
  var y = (e2) => {
    if ("function" == typeof queueMicrotask) y = queueMicrotask;
    else {
      const e3 = c(void 0);
      y = (t2) => f(e3, t2);
    }
    return y(e2);
  };
  function S(e2, t2, r2) {
    if ("function" != typeof e2) throw new TypeError("Argument is not a function");
    return Function.prototype.apply.call(e2, t2, r2);
  }
  function g(e2, t2, r2) {
    try {
      return c(S(e2, t2, r2));
    } catch (e3) {
      return d(e3);
    }
  }
  var v = class {
    constructor() {
      this._cursor = 0, this._size = 0, this._front = { _elements: [], _next: void 0 }, this._back = this._front, this._cursor = 0, this._size = 0;
    }
    get length() {
      return this._size;
    }
    push(e2) {
      const t2 = this._back;
      let r2 = t2;
      16383 === t2._elements.length && (r2 = { _elements: [], _next: void 0 }), t2._elements.push(e2), r2 !== t2 && (this._back = r2, t2._next = r2), ++this._size;
    }
    shift() {
      const e2 = this._front;
      let t2 = e2;
      const r2 = this._cursor;
      let o2 = r2 + 1;
      const n2 = e2._elements, i2 = n2[r2];
      return 16384 === o2 && (t2 = e2._next, o2 = 0), --this._size, this._cursor = o2, e2 !== t2 && (this._front = t2), n2[r2] = void 0, i2;
    }
    forEach(e2) {
      let t2 = this._cursor, r2 = this._front, o2 = r2._elements;
      for (; !(t2 === o2.length && void 0 === r2._next || t2 === o2.length && (r2 = r2._next, o2 = r2._elements, t2 = 0, 0 === o2.length)); ) e2(o2[t2]), ++t2;
    }
    peek() {
      const e2 = this._front, t2 = this._cursor;
      return e2._elements[t2];
    }
  };
  var w = /* @__PURE__ */ Symbol("[[AbortSteps]]");
  var R = /* @__PURE__ */ Symbol("[[ErrorSteps]]");
  var T = /* @__PURE__ */ Symbol("[[CancelSteps]]");
  var P = /* @__PURE__ */ Symbol("[[PullSteps]]");
  var C = /* @__PURE__ */ Symbol("[[CanPullSyncSteps]]");
  var q = /* @__PURE__ */ Symbol("[[ReleaseSteps]]");
  function E(e2, t2) {
    e2._ownerReadableStream = t2, t2._reader = e2, "readable" === t2._state ? j(e2) : "closed" === t2._state ? (function(e3) {
      j(e3), z(e3);
    })(e2) : k(e2, t2._storedError);
  }
  function W(e2, t2) {
    return Mr(e2._ownerReadableStream, t2);
  }
  function O(e2) {
    const t2 = e2._ownerReadableStream;
    "readable" === t2._state ? A(e2, new TypeError("Reader was released and can no longer be used to monitor the stream's closedness")) : (function(e3, t3) {
      k(e3, t3);
    })(e2, new TypeError("Reader was released and can no longer be used to monitor the stream's closedness")), t2._readableStreamController[q](), t2._reader = void 0, e2._ownerReadableStream = void 0;
  }
  function B(e2) {
    return new TypeError("Cannot " + e2 + " a stream using a released reader");
  }
  function j(e2) {
    e2._closedPromise = u((t2, r2) => {
      e2._closedPromise_resolve = t2, e2._closedPromise_reject = r2;
    });
  }
  function k(e2, t2) {
    j(e2), A(e2, t2);
  }
  function A(e2, t2) {
    void 0 !== e2._closedPromise_reject && (p(e2._closedPromise), e2._closedPromise_reject(t2), e2._closedPromise_resolve = void 0, e2._closedPromise_reject = void 0);
  }
  function z(e2) {
    void 0 !== e2._closedPromise_resolve && (e2._closedPromise_resolve(void 0), e2._closedPromise_resolve = void 0, e2._closedPromise_reject = void 0);
  }
  var D = Number.isFinite || function(e2) {
    return "number" == typeof e2 && isFinite(e2);
  };
  var F = Math.trunc || function(e2) {
    return e2 < 0 ? Math.ceil(e2) : Math.floor(e2);
  };
  function L4(e2, t2) {
    if (void 0 !== e2 && ("object" != typeof (r2 = e2) && "function" != typeof r2)) throw new TypeError(`${t2} is not an object.`);
    var r2;
  }
  function I(e2, t2) {
    if ("function" != typeof e2) throw new TypeError(`${t2} is not a function.`);
  }
  function $(e2, t2) {
    if (!/* @__PURE__ */ (function(e3) {
      return "object" == typeof e3 && null !== e3 || "function" == typeof e3;
    })(e2)) throw new TypeError(`${t2} is not an object.`);
  }
  function M(e2, t2, r2) {
    if (void 0 === e2) throw new TypeError(`Parameter ${t2} is required in '${r2}'.`);
  }
  function Y(e2, t2, r2) {
    if (void 0 === e2) throw new TypeError(`${t2} is required in '${r2}'.`);
  }
  function x(e2) {
    return Number(e2);
  }
  function Q(e2) {
    return 0 === e2 ? 0 : e2;
  }
  function N(e2, t2) {
    const r2 = Number.MAX_SAFE_INTEGER;
    let o2 = Number(e2);
    if (o2 = Q(o2), !D(o2)) throw new TypeError(`${t2} is not a finite number`);
    if (o2 = (function(e3) {
      return Q(F(e3));
    })(o2), o2 < 0 || o2 > r2) throw new TypeError(`${t2} is outside the accepted range of 0 to ${r2}, inclusive`);
    return D(o2) && 0 !== o2 ? o2 : 0;
  }
  function H(e2, t2) {
    if (!Ir(e2)) throw new TypeError(`${t2} is not a ReadableStream.`);
  }
  function V(e2) {
    return new ReadableStreamDefaultReader(e2);
  }
  function U(e2, t2) {
    e2._reader._readRequests.push(t2);
  }
  function G(e2, t2, r2) {
    const o2 = e2._reader._readRequests.shift();
    r2 ? o2._closeSteps() : o2._chunkSteps(t2);
  }
  function X(e2) {
    return e2._reader._readRequests.length;
  }
  function J(e2) {
    const t2 = e2._reader;
    return void 0 !== t2 && !!ee(t2);
  }
  var ReadableStreamDefaultReader = class {
    constructor(e2) {
      if (M(e2, 1, "ReadableStreamDefaultReader"), H(e2, "First parameter"), $r(e2)) throw new TypeError("This stream has already been locked for exclusive reading by another reader");
      E(this, e2), this._readRequests = new v();
    }
    get closed() {
      return ee(this) ? this._closedPromise : d(ne("closed"));
    }
    cancel(e2 = void 0) {
      return ee(this) ? void 0 === this._ownerReadableStream ? d(B("cancel")) : W(this, e2) : d(ne("cancel"));
    }
    read() {
      if (!ee(this)) return d(ne("read"));
      if (void 0 === this._ownerReadableStream) return d(B("read from"));
      const e2 = re(this) ? new Z() : new K();
      return te(this, e2), e2._promise;
    }
    releaseLock() {
      if (!ee(this)) throw ne("releaseLock");
      void 0 !== this._ownerReadableStream && (function(e2) {
        O(e2);
        const t2 = new TypeError("Reader was released");
        oe(e2, t2);
      })(this);
    }
  };
  Object.defineProperties(ReadableStreamDefaultReader.prototype, { cancel: { enumerable: true }, read: { enumerable: true }, releaseLock: { enumerable: true }, closed: { enumerable: true } }), o(ReadableStreamDefaultReader.prototype.cancel, "cancel"), o(ReadableStreamDefaultReader.prototype.read, "read"), o(ReadableStreamDefaultReader.prototype.releaseLock, "releaseLock"), "symbol" == typeof Symbol.toStringTag && Object.defineProperty(ReadableStreamDefaultReader.prototype, Symbol.toStringTag, { value: "ReadableStreamDefaultReader", configurable: true });
  var K = class {
    constructor() {
      this._promise = u((e2, t2) => {
        this._resolvePromise = e2, this._rejectPromise = t2;
      });
    }
    _chunkSteps(e2) {
      this._resolvePromise({ value: e2, done: false });
    }
    _closeSteps() {
      this._resolvePromise({ value: void 0, done: true });
    }
    _errorSteps(e2) {
      this._rejectPromise(e2);
    }
  };
  var Z = class {
    constructor() {
      this._promise = void 0;
    }
    _chunkSteps(e2) {
      this._promise = l({ value: e2, done: false });
    }
    _closeSteps() {
      this._promise = l({ value: void 0, done: true });
    }
    _errorSteps(e2) {
      this._promise = d(e2);
    }
  };
  function ee(e2) {
    return !!t(e2) && (!!Object.prototype.hasOwnProperty.call(e2, "_readRequests") && e2 instanceof ReadableStreamDefaultReader);
  }
  function te(e2, t2) {
    const r2 = e2._ownerReadableStream;
    r2._disturbed = true, "closed" === r2._state ? t2._closeSteps() : "errored" === r2._state ? t2._errorSteps(r2._storedError) : r2._readableStreamController[P](t2);
  }
  function re(e2) {
    const t2 = e2._ownerReadableStream;
    return "closed" === t2._state || ("errored" === t2._state || t2._readableStreamController[C]());
  }
  function oe(e2, t2) {
    const r2 = e2._readRequests;
    e2._readRequests = new v(), r2.forEach((e3) => {
      e3._errorSteps(t2);
    });
  }
  function ne(e2) {
    return new TypeError(`ReadableStreamDefaultReader.prototype.${e2} can only be used on a ReadableStreamDefaultReader`);
  }
  var ie;
  var ae;
  var se;
  function le(e2) {
    return e2.slice();
  }
  function ue(e2, t2, r2, o2, n2) {
    new Uint8Array(e2).set(new Uint8Array(r2, o2, n2), t2);
  }
  var ce = (e2) => (ce = "function" == typeof e2.transfer ? (e3) => e3.transfer() : "function" == typeof structuredClone ? (e3) => structuredClone(e3, { transfer: [e3] }) : (e3) => e3, ce(e2));
  var de = (e2) => (de = "boolean" == typeof e2.detached ? (e3) => e3.detached : (e3) => 0 === e3.byteLength, de(e2));
  function fe(e2, t2, r2) {
    if (e2.slice) return e2.slice(t2, r2);
    const o2 = r2 - t2, n2 = new ArrayBuffer(o2);
    return ue(n2, 0, e2, t2, o2), n2;
  }
  function he(e2, t2) {
    const r2 = e2[t2];
    if (null != r2) {
      if ("function" != typeof r2) throw new TypeError(`${String(t2)} is not a function`);
      return r2;
    }
  }
  function be(e2) {
    try {
      const t2 = e2.done, r2 = e2.value;
      return f(l(r2), (e3) => ({ done: t2, value: e3 }));
    } catch (e3) {
      return d(e3);
    }
  }
  var _e = null !== (se = null !== (ie = Symbol.asyncIterator) && void 0 !== ie ? ie : null === (ae = Symbol.for) || void 0 === ae ? void 0 : ae.call(Symbol, "Symbol.asyncIterator")) && void 0 !== se ? se : "@@asyncIterator";
  function me(e2, r2 = "sync", o2) {
    if (void 0 === o2) if ("async" === r2) {
      if (void 0 === (o2 = he(e2, _e))) {
        return (function(e3) {
          const r3 = { next() {
            let t2;
            try {
              t2 = pe(e3);
            } catch (e4) {
              return d(e4);
            }
            return be(t2);
          }, return(r4) {
            let o3;
            try {
              const t2 = he(e3.iterator, "return");
              if (void 0 === t2) return c({ done: true, value: r4 });
              o3 = S(t2, e3.iterator, [r4]);
            } catch (e4) {
              return d(e4);
            }
            return t(o3) ? be(o3) : d(new TypeError("The iterator.return() method must return an object"));
          } };
          return { iterator: r3, nextMethod: r3.next, done: false };
        })(me(e2, "sync", he(e2, Symbol.iterator)));
      }
    } else o2 = he(e2, Symbol.iterator);
    if (void 0 === o2) throw new TypeError("The object is not iterable");
    const n2 = S(o2, e2, []);
    if (!t(n2)) throw new TypeError("The iterator method must return an object");
    return { iterator: n2, nextMethod: n2.next, done: false };
  }
  function pe(e2) {
    const r2 = S(e2.nextMethod, e2.iterator, []);
    if (!t(r2)) throw new TypeError("The iterator.next() method must return an object");
    return r2;
  }
  var ye = class {
    constructor(e2, t2) {
      this._ongoingPromise = void 0, this._isFinished = false, this._reader = e2, this._preventCancel = t2;
    }
    next() {
      const e2 = () => this._nextSteps();
      return this._ongoingPromise = this._ongoingPromise ? m(this._ongoingPromise, e2, e2) : e2(), this._ongoingPromise;
    }
    return(e2) {
      const t2 = () => this._returnSteps(e2);
      return this._ongoingPromise = this._ongoingPromise ? m(this._ongoingPromise, t2, t2) : t2(), this._ongoingPromise;
    }
    _nextSteps() {
      if (this._isFinished) return Promise.resolve({ value: void 0, done: true });
      const e2 = this._reader, t2 = new Se(this);
      return te(e2, t2), t2._promise;
    }
    _returnSteps(e2) {
      if (this._isFinished) return Promise.resolve({ value: e2, done: true });
      this._isFinished = true;
      const t2 = this._reader;
      if (!this._preventCancel) {
        const r2 = W(t2, e2);
        return O(t2), m(r2, () => ({ value: e2, done: true }));
      }
      return O(t2), c({ value: e2, done: true });
    }
  };
  var Se = class {
    constructor(e2) {
      this._iterator = e2, this._promise = u((e3, t2) => {
        this._resolvePromise = e3, this._rejectPromise = t2;
      });
    }
    _chunkSteps(e2) {
      this._iterator._ongoingPromise = void 0, y(() => this._resolvePromise({ value: e2, done: false }));
    }
    _closeSteps() {
      const e2 = this._iterator;
      e2._ongoingPromise = void 0, e2._isFinished = true, O(e2._reader), this._resolvePromise({ value: void 0, done: true });
    }
    _errorSteps(e2) {
      const t2 = this._iterator;
      t2._ongoingPromise = void 0, t2._isFinished = true, O(t2._reader), this._rejectPromise(e2);
    }
  };
  var ge = { next() {
    return ve(this) ? this._asyncIteratorImpl.next() : d(we("next"));
  }, return(e2) {
    return ve(this) ? this._asyncIteratorImpl.return(e2) : d(we("return"));
  }, [_e]() {
    return this;
  } };
  function ve(e2) {
    if (!t(e2)) return false;
    if (!Object.prototype.hasOwnProperty.call(e2, "_asyncIteratorImpl")) return false;
    try {
      return e2._asyncIteratorImpl instanceof ye;
    } catch (e3) {
      return false;
    }
  }
  function we(e2) {
    return new TypeError(`ReadableStreamAsyncIterator.${e2} can only be used on a ReadableSteamAsyncIterator`);
  }
  Object.defineProperty(ge, _e, { enumerable: false });
  var Re = Number.isNaN || function(e2) {
    return e2 != e2;
  };
  function Te(e2) {
    const t2 = fe(e2.buffer, e2.byteOffset, e2.byteOffset + e2.byteLength);
    return new Uint8Array(t2);
  }
  function Pe(e2) {
    const t2 = e2._queue.shift();
    return e2._queueTotalSize -= t2.size, e2._queueTotalSize < 0 && (e2._queueTotalSize = 0), t2.value;
  }
  function Ce(e2, t2, r2) {
    if ("number" != typeof (o2 = r2) || Re(o2) || o2 < 0 || r2 === 1 / 0) throw new RangeError("Size must be a finite, non-NaN, non-negative number.");
    var o2;
    e2._queue.push({ value: t2, size: r2 }), e2._queueTotalSize += r2;
  }
  function qe(e2) {
    e2._queue = new v(), e2._queueTotalSize = 0;
  }
  function Ee(e2) {
    return e2 === DataView;
  }
  function We(e2) {
    return Ee(e2) ? 1 : e2.BYTES_PER_ELEMENT;
  }
  var ReadableStreamBYOBRequest = class {
    constructor() {
      throw new TypeError("Illegal constructor");
    }
    get view() {
      if (!Be(this)) throw ot("view");
      return this._view;
    }
    respond(e2) {
      if (!Be(this)) throw ot("respond");
      if (M(e2, 1, "respond"), e2 = N(e2, "First parameter"), void 0 === this._associatedReadableByteStreamController) throw new TypeError("This BYOB request has been invalidated");
      if (de(this._view.buffer)) throw new TypeError("The BYOB request's buffer has been detached and so cannot be used as a response");
      et(this._associatedReadableByteStreamController, e2);
    }
    respondWithNewView(e2) {
      if (!Be(this)) throw ot("respondWithNewView");
      if (M(e2, 1, "respondWithNewView"), !ArrayBuffer.isView(e2)) throw new TypeError("You can only respond with array buffer views");
      if (void 0 === this._associatedReadableByteStreamController) throw new TypeError("This BYOB request has been invalidated");
      if (de(e2.buffer)) throw new TypeError("The given view's buffer has been detached and so cannot be used as a response");
      tt(this._associatedReadableByteStreamController, e2);
    }
  };
  Object.defineProperties(ReadableStreamBYOBRequest.prototype, { respond: { enumerable: true }, respondWithNewView: { enumerable: true }, view: { enumerable: true } }), o(ReadableStreamBYOBRequest.prototype.respond, "respond"), o(ReadableStreamBYOBRequest.prototype.respondWithNewView, "respondWithNewView"), "symbol" == typeof Symbol.toStringTag && Object.defineProperty(ReadableStreamBYOBRequest.prototype, Symbol.toStringTag, { value: "ReadableStreamBYOBRequest", configurable: true });
  var ReadableByteStreamController = class {
    constructor() {
      throw new TypeError("Illegal constructor");
    }
    get byobRequest() {
      if (!Oe(this)) throw nt("byobRequest");
      return Ke(this);
    }
    get desiredSize() {
      if (!Oe(this)) throw nt("desiredSize");
      return Ze(this);
    }
    close() {
      if (!Oe(this)) throw nt("close");
      if (this._closeRequested) throw new TypeError("The stream has already been closed; do not close it again!");
      const e2 = this._controlledReadableByteStream._state;
      if ("readable" !== e2) throw new TypeError(`The stream (in ${e2} state) is not in the readable state and cannot be closed`);
      Ue(this);
    }
    enqueue(e2) {
      if (!Oe(this)) throw nt("enqueue");
      if (M(e2, 1, "enqueue"), !ArrayBuffer.isView(e2)) throw new TypeError("chunk must be an array buffer view");
      if (0 === e2.byteLength) throw new TypeError("chunk must have non-zero byteLength");
      if (0 === e2.buffer.byteLength) throw new TypeError("chunk's buffer must have non-zero byteLength");
      if (this._closeRequested) throw new TypeError("stream is closed or draining");
      const t2 = this._controlledReadableByteStream._state;
      if ("readable" !== t2) throw new TypeError(`The stream (in ${t2} state) is not in the readable state and cannot be enqueued to`);
      Ge(this, e2);
    }
    error(e2 = void 0) {
      if (!Oe(this)) throw nt("error");
      Xe(this, e2);
    }
    [T](e2) {
      ke(this), qe(this);
      const t2 = this._cancelAlgorithm(e2);
      return Ve(this), t2;
    }
    [P](e2) {
      const t2 = this._controlledReadableByteStream;
      if (this._queueTotalSize > 0) return void Je(this, e2);
      const r2 = this._autoAllocateChunkSize;
      if (void 0 !== r2) {
        let t3;
        try {
          t3 = new ArrayBuffer(r2);
        } catch (t4) {
          return void e2._errorSteps(t4);
        }
        const o2 = { buffer: t3, bufferByteLength: r2, byteOffset: 0, byteLength: r2, bytesFilled: 0, minimumFill: 1, elementSize: 1, viewConstructor: Uint8Array, readerType: "default" };
        this._pendingPullIntos.push(o2);
      }
      U(t2, e2), je(this);
    }
    [C]() {
      return this._queueTotalSize > 0;
    }
    [q]() {
      if (this._pendingPullIntos.length > 0) {
        const e2 = this._pendingPullIntos.peek();
        e2.readerType = "none", this._pendingPullIntos = new v(), this._pendingPullIntos.push(e2);
      }
    }
  };
  function Oe(e2) {
    return !!t(e2) && (!!Object.prototype.hasOwnProperty.call(e2, "_controlledReadableByteStream") && e2 instanceof ReadableByteStreamController);
  }
  function Be(e2) {
    return !!t(e2) && (!!Object.prototype.hasOwnProperty.call(e2, "_associatedReadableByteStreamController") && e2 instanceof ReadableStreamBYOBRequest);
  }
  function je(e2) {
    const t2 = (function(e3) {
      const t3 = e3._controlledReadableByteStream;
      if ("readable" !== t3._state) return false;
      if (e3._closeRequested) return false;
      if (!e3._started) return false;
      if (J(t3) && X(t3) > 0) return true;
      if (ut(t3) && lt(t3) > 0) return true;
      const r2 = Ze(e3);
      if (r2 > 0) return true;
      return false;
    })(e2);
    if (!t2) return;
    if (e2._pulling) return void (e2._pullAgain = true);
    e2._pulling = true;
    h(e2._pullAlgorithm(), () => (e2._pulling = false, e2._pullAgain && (e2._pullAgain = false, je(e2)), null), (t3) => (Xe(e2, t3), null));
  }
  function ke(e2) {
    xe(e2), e2._pendingPullIntos = new v();
  }
  function Ae(e2, t2) {
    let r2 = false;
    "closed" === e2._state && (r2 = true);
    const o2 = De(t2);
    "default" === t2.readerType ? G(e2, o2, r2) : (function(e3, t3, r3) {
      const o3 = e3._reader, n2 = o3._readIntoRequests.shift();
      r3 ? n2._closeSteps(t3) : n2._chunkSteps(t3);
    })(e2, o2, r2);
  }
  function ze(e2, t2) {
    for (let r2 = 0; r2 < t2.length; ++r2) Ae(e2, t2[r2]);
  }
  function De(e2) {
    const t2 = e2.bytesFilled, r2 = e2.elementSize;
    return new e2.viewConstructor(e2.buffer, e2.byteOffset, t2 / r2);
  }
  function Fe(e2, t2, r2, o2) {
    e2._queue.push({ buffer: t2, byteOffset: r2, byteLength: o2 }), e2._queueTotalSize += o2;
  }
  function Le(e2, t2, r2, o2) {
    let n2;
    try {
      n2 = fe(t2, r2, r2 + o2);
    } catch (t3) {
      throw Xe(e2, t3), t3;
    }
    Fe(e2, n2, 0, o2);
  }
  function Ie(e2, t2) {
    t2.bytesFilled > 0 && Le(e2, t2.buffer, t2.byteOffset, t2.bytesFilled), He(e2);
  }
  function $e(e2, t2) {
    const r2 = Math.min(e2._queueTotalSize, t2.byteLength - t2.bytesFilled), o2 = t2.bytesFilled + r2;
    let n2 = r2, i2 = false;
    const a22 = o2 - o2 % t2.elementSize;
    a22 >= t2.minimumFill && (n2 = a22 - t2.bytesFilled, i2 = true);
    const s2 = e2._queue;
    for (; n2 > 0; ) {
      const r3 = s2.peek(), o3 = Math.min(n2, r3.byteLength), i3 = t2.byteOffset + t2.bytesFilled;
      ue(t2.buffer, i3, r3.buffer, r3.byteOffset, o3), r3.byteLength === o3 ? s2.shift() : (r3.byteOffset += o3, r3.byteLength -= o3), e2._queueTotalSize -= o3, Me(e2, o3, t2), n2 -= o3;
    }
    return i2;
  }
  function Me(e2, t2, r2) {
    r2.bytesFilled += t2;
  }
  function Ye(e2) {
    0 === e2._queueTotalSize && e2._closeRequested ? (Ve(e2), Yr(e2._controlledReadableByteStream)) : je(e2);
  }
  function xe(e2) {
    null !== e2._byobRequest && (e2._byobRequest._associatedReadableByteStreamController = void 0, e2._byobRequest._view = null, e2._byobRequest = null);
  }
  function Qe(e2) {
    const t2 = [];
    for (; e2._pendingPullIntos.length > 0 && 0 !== e2._queueTotalSize; ) {
      const r2 = e2._pendingPullIntos.peek();
      $e(e2, r2) && (He(e2), t2.push(r2));
    }
    return t2;
  }
  function Ne(e2, t2) {
    const r2 = e2._pendingPullIntos.peek();
    xe(e2);
    "closed" === e2._controlledReadableByteStream._state ? (function(e3, t3) {
      "none" === t3.readerType && He(e3);
      const r3 = e3._controlledReadableByteStream;
      if (ut(r3)) {
        const t4 = [];
        for (; t4.length < lt(r3); ) t4.push(He(e3));
        ze(r3, t4);
      }
    })(e2, r2) : (function(e3, t3, r3) {
      if (Me(0, t3, r3), "none" === r3.readerType) {
        Ie(e3, r3);
        const t4 = Qe(e3);
        return void ze(e3._controlledReadableByteStream, t4);
      }
      if (r3.bytesFilled < r3.minimumFill) return;
      He(e3);
      const o2 = r3.bytesFilled % r3.elementSize;
      if (o2 > 0) {
        const t4 = r3.byteOffset + r3.bytesFilled;
        Le(e3, r3.buffer, t4 - o2, o2);
      }
      r3.bytesFilled -= o2;
      const n2 = Qe(e3);
      Ae(e3._controlledReadableByteStream, r3), ze(e3._controlledReadableByteStream, n2);
    })(e2, t2, r2), je(e2);
  }
  function He(e2) {
    return e2._pendingPullIntos.shift();
  }
  function Ve(e2) {
    e2._pullAlgorithm = void 0, e2._cancelAlgorithm = void 0;
  }
  function Ue(e2) {
    const t2 = e2._controlledReadableByteStream;
    if (!e2._closeRequested && "readable" === t2._state) if (e2._queueTotalSize > 0) e2._closeRequested = true;
    else {
      if (e2._pendingPullIntos.length > 0) {
        const t3 = e2._pendingPullIntos.peek();
        if (t3.bytesFilled % t3.elementSize !== 0) {
          const t4 = new TypeError("Insufficient bytes to fill elements in the given buffer");
          throw Xe(e2, t4), t4;
        }
      }
      Ve(e2), Yr(t2);
    }
  }
  function Ge(e2, t2) {
    const r2 = e2._controlledReadableByteStream;
    if (e2._closeRequested || "readable" !== r2._state) return;
    const { buffer: o2, byteOffset: n2, byteLength: i2 } = t2;
    if (de(o2)) throw new TypeError("chunk's buffer is detached and so cannot be enqueued");
    const a22 = ce(o2);
    if (e2._pendingPullIntos.length > 0) {
      const t3 = e2._pendingPullIntos.peek();
      if (de(t3.buffer)) throw new TypeError("The BYOB request's buffer has been detached and so cannot be filled with an enqueued chunk");
      xe(e2), t3.buffer = ce(t3.buffer), "none" === t3.readerType && Ie(e2, t3);
    }
    if (J(r2)) if ((function(e3) {
      const t3 = e3._controlledReadableByteStream._reader;
      for (; t3._readRequests.length > 0; ) {
        if (0 === e3._queueTotalSize) return;
        Je(e3, t3._readRequests.shift());
      }
    })(e2), 0 === X(r2)) Fe(e2, a22, n2, i2);
    else {
      e2._pendingPullIntos.length > 0 && He(e2);
      G(r2, new Uint8Array(a22, n2, i2), false);
    }
    else if (ut(r2)) {
      Fe(e2, a22, n2, i2);
      ze(r2, Qe(e2));
    } else Fe(e2, a22, n2, i2);
    je(e2);
  }
  function Xe(e2, t2) {
    const r2 = e2._controlledReadableByteStream;
    "readable" === r2._state && (ke(e2), qe(e2), Ve(e2), xr(r2, t2));
  }
  function Je(e2, t2) {
    const r2 = e2._queue.shift();
    e2._queueTotalSize -= r2.byteLength, Ye(e2);
    const o2 = new Uint8Array(r2.buffer, r2.byteOffset, r2.byteLength);
    t2._chunkSteps(o2);
  }
  function Ke(e2) {
    if (null === e2._byobRequest && e2._pendingPullIntos.length > 0) {
      const t2 = e2._pendingPullIntos.peek(), r2 = new Uint8Array(t2.buffer, t2.byteOffset + t2.bytesFilled, t2.byteLength - t2.bytesFilled), o2 = Object.create(ReadableStreamBYOBRequest.prototype);
      !(function(e3, t3, r3) {
        e3._associatedReadableByteStreamController = t3, e3._view = r3;
      })(o2, e2, r2), e2._byobRequest = o2;
    }
    return e2._byobRequest;
  }
  function Ze(e2) {
    const t2 = e2._controlledReadableByteStream._state;
    return "errored" === t2 ? null : "closed" === t2 ? 0 : e2._strategyHWM - e2._queueTotalSize;
  }
  function et(e2, t2) {
    const r2 = e2._pendingPullIntos.peek();
    if ("closed" === e2._controlledReadableByteStream._state) {
      if (0 !== t2) throw new TypeError("bytesWritten must be 0 when calling respond() on a closed stream");
    } else {
      if (0 === t2) throw new TypeError("bytesWritten must be greater than 0 when calling respond() on a readable stream");
      if (r2.bytesFilled + t2 > r2.byteLength) throw new RangeError("bytesWritten out of range");
    }
    r2.buffer = ce(r2.buffer), Ne(e2, t2);
  }
  function tt(e2, t2) {
    const r2 = e2._pendingPullIntos.peek();
    if ("closed" === e2._controlledReadableByteStream._state) {
      if (0 !== t2.byteLength) throw new TypeError("The view's length must be 0 when calling respondWithNewView() on a closed stream");
    } else if (0 === t2.byteLength) throw new TypeError("The view's length must be greater than 0 when calling respondWithNewView() on a readable stream");
    if (r2.byteOffset + r2.bytesFilled !== t2.byteOffset) throw new RangeError("The region specified by view does not match byobRequest");
    if (r2.bufferByteLength !== t2.buffer.byteLength) throw new RangeError("The buffer of view has different capacity than byobRequest");
    if (r2.bytesFilled + t2.byteLength > r2.byteLength) throw new RangeError("The region specified by view is larger than byobRequest");
    const o2 = t2.byteLength;
    r2.buffer = ce(t2.buffer), Ne(e2, o2);
  }
  function rt(e2, t2, r2, o2, n2, i2, a22) {
    t2._controlledReadableByteStream = e2, t2._pullAgain = false, t2._pulling = false, t2._byobRequest = null, t2._queue = t2._queueTotalSize = void 0, qe(t2), t2._closeRequested = false, t2._started = false, t2._strategyHWM = i2, t2._pullAlgorithm = o2, t2._cancelAlgorithm = n2, t2._autoAllocateChunkSize = a22, t2._pendingPullIntos = new v(), e2._readableStreamController = t2;
    h(c(r2()), () => (t2._started = true, je(t2), null), (e3) => (Xe(t2, e3), null));
  }
  function ot(e2) {
    return new TypeError(`ReadableStreamBYOBRequest.prototype.${e2} can only be used on a ReadableStreamBYOBRequest`);
  }
  function nt(e2) {
    return new TypeError(`ReadableByteStreamController.prototype.${e2} can only be used on a ReadableByteStreamController`);
  }
  function it(e2, t2) {
    if ("byob" !== (e2 = `${e2}`)) throw new TypeError(`${t2} '${e2}' is not a valid enumeration value for ReadableStreamReaderMode`);
    return e2;
  }
  function at(e2) {
    return new ReadableStreamBYOBReader(e2);
  }
  function st(e2, t2) {
    e2._reader._readIntoRequests.push(t2);
  }
  function lt(e2) {
    return e2._reader._readIntoRequests.length;
  }
  function ut(e2) {
    const t2 = e2._reader;
    return void 0 !== t2 && !!ft(t2);
  }
  Object.defineProperties(ReadableByteStreamController.prototype, { close: { enumerable: true }, enqueue: { enumerable: true }, error: { enumerable: true }, byobRequest: { enumerable: true }, desiredSize: { enumerable: true } }), o(ReadableByteStreamController.prototype.close, "close"), o(ReadableByteStreamController.prototype.enqueue, "enqueue"), o(ReadableByteStreamController.prototype.error, "error"), "symbol" == typeof Symbol.toStringTag && Object.defineProperty(ReadableByteStreamController.prototype, Symbol.toStringTag, { value: "ReadableByteStreamController", configurable: true });
  var ReadableStreamBYOBReader = class {
    constructor(e2) {
      if (M(e2, 1, "ReadableStreamBYOBReader"), H(e2, "First parameter"), $r(e2)) throw new TypeError("This stream has already been locked for exclusive reading by another reader");
      if (!Oe(e2._readableStreamController)) throw new TypeError("Cannot construct a ReadableStreamBYOBReader for a stream not constructed with a byte source");
      E(this, e2), this._readIntoRequests = new v();
    }
    get closed() {
      return ft(this) ? this._closedPromise : d(_t("closed"));
    }
    cancel(e2 = void 0) {
      return ft(this) ? void 0 === this._ownerReadableStream ? d(B("cancel")) : W(this, e2) : d(_t("cancel"));
    }
    read(e2, t2 = {}) {
      if (!ft(this)) return d(_t("read"));
      if (!ArrayBuffer.isView(e2)) return d(new TypeError("view must be an array buffer view"));
      if (0 === e2.byteLength) return d(new TypeError("view must have non-zero byteLength"));
      if (0 === e2.buffer.byteLength) return d(new TypeError("view's buffer must have non-zero byteLength"));
      if (de(e2.buffer)) return d(new TypeError("view's buffer has been detached"));
      let r2;
      try {
        r2 = (function(e3, t3) {
          var r3;
          return L4(e3, t3), { min: N(null !== (r3 = null == e3 ? void 0 : e3.min) && void 0 !== r3 ? r3 : 1, `${t3} has member 'min' that`) };
        })(t2, "options");
      } catch (e3) {
        return d(e3);
      }
      const o2 = r2.min;
      if (0 === o2) return d(new TypeError("options.min must be greater than 0"));
      if ((function(e3) {
        return Ee(e3.constructor);
      })(e2)) {
        if (o2 > e2.byteLength) return d(new RangeError("options.min must be less than or equal to view's byteLength"));
      } else if (o2 > e2.length) return d(new RangeError("options.min must be less than or equal to view's length"));
      if (void 0 === this._ownerReadableStream) return d(B("read from"));
      const n2 = (function(e3, t3, r3) {
        const o3 = e3._ownerReadableStream;
        return "errored" === o3._state || (function(e4, t4, r4) {
          const o4 = e4._controlledReadableByteStream, n3 = We(t4.constructor), { byteLength: i2 } = t4, a22 = r4 * n3;
          return !(e4._pendingPullIntos.length > 0) && ("closed" === o4._state || e4._queueTotalSize >= a22);
        })(o3._readableStreamController, t3, r3);
      })(this, e2, o2) ? new dt() : new ct();
      return ht(this, e2, o2, n2), n2._promise;
    }
    releaseLock() {
      if (!ft(this)) throw _t("releaseLock");
      void 0 !== this._ownerReadableStream && (function(e2) {
        O(e2);
        const t2 = new TypeError("Reader was released");
        bt(e2, t2);
      })(this);
    }
  };
  Object.defineProperties(ReadableStreamBYOBReader.prototype, { cancel: { enumerable: true }, read: { enumerable: true }, releaseLock: { enumerable: true }, closed: { enumerable: true } }), o(ReadableStreamBYOBReader.prototype.cancel, "cancel"), o(ReadableStreamBYOBReader.prototype.read, "read"), o(ReadableStreamBYOBReader.prototype.releaseLock, "releaseLock"), "symbol" == typeof Symbol.toStringTag && Object.defineProperty(ReadableStreamBYOBReader.prototype, Symbol.toStringTag, { value: "ReadableStreamBYOBReader", configurable: true });
  var ct = class {
    constructor() {
      this._promise = u((e2, t2) => {
        this._resolvePromise = e2, this._rejectPromise = t2;
      });
    }
    _chunkSteps(e2) {
      this._resolvePromise({ value: e2, done: false });
    }
    _closeSteps(e2) {
      this._resolvePromise({ value: e2, done: true });
    }
    _errorSteps(e2) {
      this._rejectPromise(e2);
    }
  };
  var dt = class {
    constructor() {
      this._promise = void 0;
    }
    _chunkSteps(e2) {
      this._promise = l({ value: e2, done: false });
    }
    _closeSteps(e2) {
      this._promise = l({ value: e2, done: true });
    }
    _errorSteps(e2) {
      this._promise = d(e2);
    }
  };
  function ft(e2) {
    return !!t(e2) && (!!Object.prototype.hasOwnProperty.call(e2, "_readIntoRequests") && e2 instanceof ReadableStreamBYOBReader);
  }
  function ht(e2, t2, r2, o2) {
    const n2 = e2._ownerReadableStream;
    n2._disturbed = true, "errored" === n2._state ? o2._errorSteps(n2._storedError) : (function(e3, t3, r3, o3) {
      const n3 = e3._controlledReadableByteStream, i2 = t3.constructor, a22 = We(i2), { byteOffset: s2, byteLength: l2 } = t3, u2 = r3 * a22;
      let c2;
      try {
        c2 = ce(t3.buffer);
      } catch (e4) {
        return void o3._errorSteps(e4);
      }
      const d2 = { buffer: c2, bufferByteLength: c2.byteLength, byteOffset: s2, byteLength: l2, bytesFilled: 0, minimumFill: u2, elementSize: a22, viewConstructor: i2, readerType: "byob" };
      if (e3._pendingPullIntos.length > 0) return e3._pendingPullIntos.push(d2), void st(n3, o3);
      if ("closed" === n3._state) {
        const e4 = new i2(d2.buffer, d2.byteOffset, 0);
        return void o3._closeSteps(e4);
      }
      if (e3._queueTotalSize > 0) {
        if ($e(e3, d2)) {
          const t4 = De(d2);
          return Ye(e3), void o3._chunkSteps(t4);
        }
        if (e3._closeRequested) {
          const t4 = new TypeError("Insufficient bytes to fill elements in the given buffer");
          return Xe(e3, t4), void o3._errorSteps(t4);
        }
      }
      e3._pendingPullIntos.push(d2), st(n3, o3), je(e3);
    })(n2._readableStreamController, t2, r2, o2);
  }
  function bt(e2, t2) {
    const r2 = e2._readIntoRequests;
    e2._readIntoRequests = new v(), r2.forEach((e3) => {
      e3._errorSteps(t2);
    });
  }
  function _t(e2) {
    return new TypeError(`ReadableStreamBYOBReader.prototype.${e2} can only be used on a ReadableStreamBYOBReader`);
  }
  function mt(e2, t2) {
    const { highWaterMark: r2 } = e2;
    if (void 0 === r2) return t2;
    if (Re(r2) || r2 < 0) throw new RangeError("Invalid highWaterMark");
    return r2;
  }
  function pt(e2) {
    const { size: t2 } = e2;
    return t2 || (() => 1);
  }
  function yt(e2, t2) {
    L4(e2, t2);
    const r2 = null == e2 ? void 0 : e2.highWaterMark, o2 = null == e2 ? void 0 : e2.size;
    return { highWaterMark: void 0 === r2 ? void 0 : x(r2), size: void 0 === o2 ? void 0 : St(o2, `${t2} has member 'size' that`) };
  }
  function St(e2, t2) {
    return I(e2, t2), (t3) => x(e2(t3));
  }
  function gt(e2, t2, r2) {
    return I(e2, r2), (r3) => g(e2, t2, [r3]);
  }
  function vt(e2, t2, r2) {
    return I(e2, r2), () => g(e2, t2, []);
  }
  function wt(e2, t2, r2) {
    return I(e2, r2), (r3) => S(e2, t2, [r3]);
  }
  function Rt(e2, t2, r2) {
    return I(e2, r2), (r3, o2) => g(e2, t2, [r3, o2]);
  }
  function Tt(e2, t2) {
    if (!qt(e2)) throw new TypeError(`${t2} is not a WritableStream.`);
  }
  var WritableStream = class {
    constructor(e2 = {}, t2 = {}) {
      void 0 === e2 ? e2 = null : $(e2, "First parameter");
      const r2 = yt(t2, "Second parameter"), o2 = (function(e3, t3) {
        L4(e3, t3);
        const r3 = null == e3 ? void 0 : e3.abort, o3 = null == e3 ? void 0 : e3.close, n3 = null == e3 ? void 0 : e3.start, i2 = null == e3 ? void 0 : e3.type, a22 = null == e3 ? void 0 : e3.write;
        return { abort: void 0 === r3 ? void 0 : gt(r3, e3, `${t3} has member 'abort' that`), close: void 0 === o3 ? void 0 : vt(o3, e3, `${t3} has member 'close' that`), start: void 0 === n3 ? void 0 : wt(n3, e3, `${t3} has member 'start' that`), write: void 0 === a22 ? void 0 : Rt(a22, e3, `${t3} has member 'write' that`), type: i2 };
      })(e2, "First parameter");
      Ct(this);
      if (void 0 !== o2.type) throw new RangeError("Invalid type is specified");
      const n2 = pt(r2);
      !(function(e3, t3, r3, o3) {
        const n3 = Object.create(WritableStreamDefaultController.prototype);
        let i2, a22, s2, l2;
        i2 = void 0 !== t3.start ? () => t3.start(n3) : () => {
        };
        a22 = void 0 !== t3.write ? (e4) => t3.write(e4, n3) : () => c(void 0);
        s2 = void 0 !== t3.close ? () => t3.close() : () => c(void 0);
        l2 = void 0 !== t3.abort ? (e4) => t3.abort(e4) : () => c(void 0);
        Nt(e3, n3, i2, a22, s2, l2, r3, o3);
      })(this, o2, mt(r2, 1), n2);
    }
    get locked() {
      if (!qt(this)) throw Kt("locked");
      return Et(this);
    }
    abort(e2 = void 0) {
      return qt(this) ? Et(this) ? d(new TypeError("Cannot abort a stream that already has a writer")) : Wt(this, e2) : d(Kt("abort"));
    }
    close() {
      return qt(this) ? Et(this) ? d(new TypeError("Cannot close a stream that already has a writer")) : At(this) ? d(new TypeError("Cannot close an already-closing stream")) : Ot(this) : d(Kt("close"));
    }
    getWriter() {
      if (!qt(this)) throw Kt("getWriter");
      return Pt(this);
    }
  };
  function Pt(e2) {
    return new WritableStreamDefaultWriter(e2);
  }
  function Ct(e2) {
    e2._state = "writable", e2._storedError = void 0, e2._writer = void 0, e2._writableStreamController = void 0, e2._writeRequests = new v(), e2._inFlightWriteRequest = void 0, e2._closeRequest = void 0, e2._inFlightCloseRequest = void 0, e2._pendingAbortRequest = void 0, e2._backpressure = false;
  }
  function qt(e2) {
    return !!t(e2) && (!!Object.prototype.hasOwnProperty.call(e2, "_writableStreamController") && e2 instanceof WritableStream);
  }
  function Et(e2) {
    return void 0 !== e2._writer;
  }
  function Wt(e2, t2) {
    var r2;
    if ("closed" === e2._state || "errored" === e2._state) return c(void 0);
    e2._writableStreamController._abortReason = t2, null === (r2 = e2._writableStreamController._abortController) || void 0 === r2 || r2.abort(t2);
    const o2 = e2._state;
    if ("closed" === o2 || "errored" === o2) return c(void 0);
    if (void 0 !== e2._pendingAbortRequest) return e2._pendingAbortRequest._promise;
    let n2 = false;
    "erroring" === o2 && (n2 = true, t2 = void 0);
    const i2 = u((r3, o3) => {
      e2._pendingAbortRequest = { _promise: void 0, _resolve: r3, _reject: o3, _reason: t2, _wasAlreadyErroring: n2 };
    });
    return e2._pendingAbortRequest._promise = i2, n2 || jt(e2, t2), i2;
  }
  function Ot(e2) {
    const t2 = e2._state;
    if ("closed" === t2 || "errored" === t2) return d(new TypeError(`The stream (in ${t2} state) is not in the writable state and cannot be closed`));
    const r2 = u((t3, r3) => {
      const o3 = { _resolve: t3, _reject: r3 };
      e2._closeRequest = o3;
    }), o2 = e2._writer;
    var n2;
    return void 0 !== o2 && e2._backpressure && "writable" === t2 && cr(o2), Ce(n2 = e2._writableStreamController, xt, 0), Ut(n2), r2;
  }
  function Bt(e2, t2) {
    "writable" !== e2._state ? kt(e2) : jt(e2, t2);
  }
  function jt(e2, t2) {
    const r2 = e2._writableStreamController;
    e2._state = "erroring", e2._storedError = t2;
    const o2 = e2._writer;
    void 0 !== o2 && $t(o2, t2), !(function(e3) {
      if (void 0 === e3._inFlightWriteRequest && void 0 === e3._inFlightCloseRequest) return false;
      return true;
    })(e2) && r2._started && kt(e2);
  }
  function kt(e2) {
    e2._state = "errored", e2._writableStreamController[R]();
    const t2 = e2._storedError;
    if (e2._writeRequests.forEach((e3) => {
      e3._reject(t2);
    }), e2._writeRequests = new v(), void 0 === e2._pendingAbortRequest) return void zt(e2);
    const r2 = e2._pendingAbortRequest;
    if (e2._pendingAbortRequest = void 0, r2._wasAlreadyErroring) return r2._reject(t2), void zt(e2);
    h(e2._writableStreamController[w](r2._reason), () => (r2._resolve(), zt(e2), null), (t3) => (r2._reject(t3), zt(e2), null));
  }
  function At(e2) {
    return void 0 !== e2._closeRequest || void 0 !== e2._inFlightCloseRequest;
  }
  function zt(e2) {
    void 0 !== e2._closeRequest && (e2._closeRequest._reject(e2._storedError), e2._closeRequest = void 0);
    const t2 = e2._writer;
    void 0 !== t2 && nr(t2, e2._storedError);
  }
  function Dt(e2, t2) {
    const r2 = e2._writer;
    void 0 !== r2 && t2 !== e2._backpressure && (t2 ? (function(e3) {
      ar(e3);
    })(r2) : cr(r2)), e2._backpressure = t2;
  }
  Object.defineProperties(WritableStream.prototype, { abort: { enumerable: true }, close: { enumerable: true }, getWriter: { enumerable: true }, locked: { enumerable: true } }), o(WritableStream.prototype.abort, "abort"), o(WritableStream.prototype.close, "close"), o(WritableStream.prototype.getWriter, "getWriter"), "symbol" == typeof Symbol.toStringTag && Object.defineProperty(WritableStream.prototype, Symbol.toStringTag, { value: "WritableStream", configurable: true });
  var WritableStreamDefaultWriter = class {
    constructor(e2) {
      if (M(e2, 1, "WritableStreamDefaultWriter"), Tt(e2, "First parameter"), Et(e2)) throw new TypeError("This stream has already been locked for exclusive writing by another writer");
      this._ownerWritableStream = e2, e2._writer = this;
      const t2 = e2._state;
      if ("writable" === t2) !At(e2) && e2._backpressure ? ar(this) : lr(this), rr(this);
      else if ("erroring" === t2) sr(this, e2._storedError), rr(this);
      else if ("closed" === t2) lr(this), rr(r2 = this), ir(r2);
      else {
        const t3 = e2._storedError;
        sr(this, t3), or(this, t3);
      }
      var r2;
    }
    get closed() {
      return Ft(this) ? this._closedPromise : d(er("closed"));
    }
    get desiredSize() {
      if (!Ft(this)) throw er("desiredSize");
      if (void 0 === this._ownerWritableStream) throw tr("desiredSize");
      return (function(e2) {
        const t2 = e2._ownerWritableStream, r2 = t2._state;
        if ("errored" === r2 || "erroring" === r2) return null;
        if ("closed" === r2) return 0;
        return Vt(t2._writableStreamController);
      })(this);
    }
    get ready() {
      return Ft(this) ? this._readyPromise : d(er("ready"));
    }
    abort(e2 = void 0) {
      return Ft(this) ? void 0 === this._ownerWritableStream ? d(tr("abort")) : (function(e3, t2) {
        return Wt(e3._ownerWritableStream, t2);
      })(this, e2) : d(er("abort"));
    }
    close() {
      if (!Ft(this)) return d(er("close"));
      const e2 = this._ownerWritableStream;
      return void 0 === e2 ? d(tr("close")) : At(e2) ? d(new TypeError("Cannot close an already-closing stream")) : Lt(this);
    }
    releaseLock() {
      if (!Ft(this)) throw er("releaseLock");
      void 0 !== this._ownerWritableStream && Mt(this);
    }
    write(e2 = void 0) {
      return Ft(this) ? void 0 === this._ownerWritableStream ? d(tr("write to")) : Yt(this, e2) : d(er("write"));
    }
  };
  function Ft(e2) {
    return !!t(e2) && (!!Object.prototype.hasOwnProperty.call(e2, "_ownerWritableStream") && e2 instanceof WritableStreamDefaultWriter);
  }
  function Lt(e2) {
    return Ot(e2._ownerWritableStream);
  }
  function It(e2, t2) {
    "pending" === e2._closedPromiseState ? nr(e2, t2) : (function(e3, t3) {
      or(e3, t3);
    })(e2, t2);
  }
  function $t(e2, t2) {
    "pending" === e2._readyPromiseState ? ur(e2, t2) : (function(e3, t3) {
      sr(e3, t3);
    })(e2, t2);
  }
  function Mt(e2) {
    const t2 = e2._ownerWritableStream, r2 = new TypeError("Writer was released and can no longer be used to monitor the stream's closedness");
    $t(e2, r2), It(e2, r2), t2._writer = void 0, e2._ownerWritableStream = void 0;
  }
  function Yt(e2, t2) {
    const r2 = e2._ownerWritableStream, o2 = r2._writableStreamController, n2 = (function(e3, t3) {
      if (void 0 === e3._strategySizeAlgorithm) return 1;
      try {
        return e3._strategySizeAlgorithm(t3);
      } catch (t4) {
        return Gt(e3, t4), 1;
      }
    })(o2, t2);
    if (r2 !== e2._ownerWritableStream) return d(tr("write to"));
    const i2 = r2._state;
    if ("errored" === i2) return d(r2._storedError);
    if (At(r2) || "closed" === i2) return d(new TypeError("The stream is closing or closed and cannot be written to"));
    if ("erroring" === i2) return d(r2._storedError);
    const a22 = (function(e3) {
      return u((t3, r3) => {
        const o3 = { _resolve: t3, _reject: r3 };
        e3._writeRequests.push(o3);
      });
    })(r2);
    return (function(e3, t3, r3) {
      try {
        Ce(e3, t3, r3);
      } catch (t4) {
        return void Gt(e3, t4);
      }
      const o3 = e3._controlledWritableStream;
      if (!At(o3) && "writable" === o3._state) {
        Dt(o3, Xt(e3));
      }
      Ut(e3);
    })(o2, t2, n2), a22;
  }
  Object.defineProperties(WritableStreamDefaultWriter.prototype, { abort: { enumerable: true }, close: { enumerable: true }, releaseLock: { enumerable: true }, write: { enumerable: true }, closed: { enumerable: true }, desiredSize: { enumerable: true }, ready: { enumerable: true } }), o(WritableStreamDefaultWriter.prototype.abort, "abort"), o(WritableStreamDefaultWriter.prototype.close, "close"), o(WritableStreamDefaultWriter.prototype.releaseLock, "releaseLock"), o(WritableStreamDefaultWriter.prototype.write, "write"), "symbol" == typeof Symbol.toStringTag && Object.defineProperty(WritableStreamDefaultWriter.prototype, Symbol.toStringTag, { value: "WritableStreamDefaultWriter", configurable: true });
  var xt = {};
  var WritableStreamDefaultController = class {
    constructor() {
      throw new TypeError("Illegal constructor");
    }
    get abortReason() {
      if (!Qt(this)) throw Zt("abortReason");
      return this._abortReason;
    }
    get signal() {
      if (!Qt(this)) throw Zt("signal");
      if (void 0 === this._abortController) throw new TypeError("WritableStreamDefaultController.prototype.signal is not supported");
      return this._abortController.signal;
    }
    error(e2 = void 0) {
      if (!Qt(this)) throw Zt("error");
      "writable" === this._controlledWritableStream._state && Jt(this, e2);
    }
    [w](e2) {
      const t2 = this._abortAlgorithm(e2);
      return Ht(this), t2;
    }
    [R]() {
      qe(this);
    }
  };
  function Qt(e2) {
    return !!t(e2) && (!!Object.prototype.hasOwnProperty.call(e2, "_controlledWritableStream") && e2 instanceof WritableStreamDefaultController);
  }
  function Nt(e2, t2, r2, o2, n2, i2, a22, s2) {
    t2._controlledWritableStream = e2, e2._writableStreamController = t2, t2._queue = void 0, t2._queueTotalSize = void 0, qe(t2), t2._abortReason = void 0, t2._abortController = (function() {
      if ("function" == typeof AbortController) return new AbortController();
    })(), t2._started = false, t2._strategySizeAlgorithm = s2, t2._strategyHWM = a22, t2._writeAlgorithm = o2, t2._closeAlgorithm = n2, t2._abortAlgorithm = i2;
    const l2 = Xt(t2);
    Dt(e2, l2);
    h(c(r2()), () => (t2._started = true, Ut(t2), null), (r3) => (t2._started = true, Bt(e2, r3), null));
  }
  function Ht(e2) {
    e2._writeAlgorithm = void 0, e2._closeAlgorithm = void 0, e2._abortAlgorithm = void 0, e2._strategySizeAlgorithm = void 0;
  }
  function Vt(e2) {
    return e2._strategyHWM - e2._queueTotalSize;
  }
  function Ut(e2) {
    const t2 = e2._controlledWritableStream;
    if (!e2._started) return;
    if (void 0 !== t2._inFlightWriteRequest) return;
    if ("erroring" === t2._state) return void kt(t2);
    if (0 === e2._queue.length) return;
    const r2 = e2._queue.peek().value;
    r2 === xt ? (function(e3) {
      const t3 = e3._controlledWritableStream;
      (function(e4) {
        e4._inFlightCloseRequest = e4._closeRequest, e4._closeRequest = void 0;
      })(t3), Pe(e3);
      const r3 = e3._closeAlgorithm();
      Ht(e3), h(r3, () => ((function(e4) {
        e4._inFlightCloseRequest._resolve(void 0), e4._inFlightCloseRequest = void 0, "erroring" === e4._state && (e4._storedError = void 0, void 0 !== e4._pendingAbortRequest && (e4._pendingAbortRequest._resolve(), e4._pendingAbortRequest = void 0)), e4._state = "closed";
        const t4 = e4._writer;
        void 0 !== t4 && ir(t4);
      })(t3), null), (e4) => ((function(e5, t4) {
        e5._inFlightCloseRequest._reject(t4), e5._inFlightCloseRequest = void 0, void 0 !== e5._pendingAbortRequest && (e5._pendingAbortRequest._reject(t4), e5._pendingAbortRequest = void 0), Bt(e5, t4);
      })(t3, e4), null));
    })(e2) : (function(e3, t3) {
      const r3 = e3._controlledWritableStream;
      !(function(e4) {
        e4._inFlightWriteRequest = e4._writeRequests.shift();
      })(r3);
      const o2 = e3._writeAlgorithm(t3);
      h(o2, () => {
        !(function(e4) {
          e4._inFlightWriteRequest._resolve(void 0), e4._inFlightWriteRequest = void 0;
        })(r3);
        const t4 = r3._state;
        if (Pe(e3), !At(r3) && "writable" === t4) {
          const t5 = Xt(e3);
          Dt(r3, t5);
        }
        return Ut(e3), null;
      }, (t4) => ("writable" === r3._state && Ht(e3), (function(e4, t5) {
        e4._inFlightWriteRequest._reject(t5), e4._inFlightWriteRequest = void 0, Bt(e4, t5);
      })(r3, t4), null));
    })(e2, r2);
  }
  function Gt(e2, t2) {
    "writable" === e2._controlledWritableStream._state && Jt(e2, t2);
  }
  function Xt(e2) {
    return Vt(e2) <= 0;
  }
  function Jt(e2, t2) {
    const r2 = e2._controlledWritableStream;
    Ht(e2), jt(r2, t2);
  }
  function Kt(e2) {
    return new TypeError(`WritableStream.prototype.${e2} can only be used on a WritableStream`);
  }
  function Zt(e2) {
    return new TypeError(`WritableStreamDefaultController.prototype.${e2} can only be used on a WritableStreamDefaultController`);
  }
  function er(e2) {
    return new TypeError(`WritableStreamDefaultWriter.prototype.${e2} can only be used on a WritableStreamDefaultWriter`);
  }
  function tr(e2) {
    return new TypeError("Cannot " + e2 + " a stream using a released writer");
  }
  function rr(e2) {
    e2._closedPromise = u((t2, r2) => {
      e2._closedPromise_resolve = t2, e2._closedPromise_reject = r2, e2._closedPromiseState = "pending";
    });
  }
  function or(e2, t2) {
    rr(e2), nr(e2, t2);
  }
  function nr(e2, t2) {
    void 0 !== e2._closedPromise_reject && (p(e2._closedPromise), e2._closedPromise_reject(t2), e2._closedPromise_resolve = void 0, e2._closedPromise_reject = void 0, e2._closedPromiseState = "rejected");
  }
  function ir(e2) {
    void 0 !== e2._closedPromise_resolve && (e2._closedPromise_resolve(void 0), e2._closedPromise_resolve = void 0, e2._closedPromise_reject = void 0, e2._closedPromiseState = "resolved");
  }
  function ar(e2) {
    e2._readyPromise = u((t2, r2) => {
      e2._readyPromise_resolve = t2, e2._readyPromise_reject = r2;
    }), e2._readyPromiseState = "pending";
  }
  function sr(e2, t2) {
    ar(e2), ur(e2, t2);
  }
  function lr(e2) {
    ar(e2), cr(e2);
  }
  function ur(e2, t2) {
    void 0 !== e2._readyPromise_reject && (p(e2._readyPromise), e2._readyPromise_reject(t2), e2._readyPromise_resolve = void 0, e2._readyPromise_reject = void 0, e2._readyPromiseState = "rejected");
  }
  function cr(e2) {
    void 0 !== e2._readyPromise_resolve && (e2._readyPromise_resolve(void 0), e2._readyPromise_resolve = void 0, e2._readyPromise_reject = void 0, e2._readyPromiseState = "fulfilled");
  }
  Object.defineProperties(WritableStreamDefaultController.prototype, { abortReason: { enumerable: true }, signal: { enumerable: true }, error: { enumerable: true } }), "symbol" == typeof Symbol.toStringTag && Object.defineProperty(WritableStreamDefaultController.prototype, Symbol.toStringTag, { value: "WritableStreamDefaultController", configurable: true });
  var dr = "undefined" != typeof globalThis ? globalThis : "undefined" != typeof self ? self : "undefined" != typeof global ? global : void 0;
  var fr = (function() {
    const e2 = null == dr ? void 0 : dr.DOMException;
    return (function(e3) {
      if ("function" != typeof e3 && "object" != typeof e3) return false;
      if ("DOMException" !== e3.name) return false;
      try {
        return new e3(), true;
      } catch (e4) {
        return false;
      }
    })(e2) ? e2 : void 0;
  })() || (function() {
    const e2 = function(e3, t2) {
      this.message = e3 || "", this.name = t2 || "Error", Error.captureStackTrace && Error.captureStackTrace(this, this.constructor);
    };
    return o(e2, "DOMException"), e2.prototype = Object.create(Error.prototype), Object.defineProperty(e2.prototype, "constructor", { value: e2, writable: true, configurable: true }), e2;
  })();
  function hr(e2, t2, r2, o2, n2, i2) {
    const a22 = V(e2), s2 = Pt(t2);
    e2._disturbed = true;
    const l2 = new br(s2), _22 = new mr(l2);
    return u((m2, y2) => {
      let S2;
      if (void 0 !== i2) {
        if (S2 = () => {
          const r3 = void 0 !== i2.reason ? i2.reason : new fr("Aborted", "AbortError"), a3 = [];
          o2 || a3.push(() => "writable" === t2._state ? Wt(t2, r3) : c(void 0)), n2 || a3.push(() => "readable" === e2._state ? Mr(e2, r3) : c(void 0)), T22(() => Promise.all(a3.map((e3) => e3())), true, r3);
        }, i2.aborted) return void S2();
        i2.addEventListener("abort", S2);
      }
      function g2() {
        for (; !l2._shuttingDown && !t2._backpressure && "writable" === t2._state && !At(t2) && "readable" === e2._state && re(a22); ) te(a22, _22);
        if (l2._shuttingDown) return c(true);
        if (t2._backpressure) return f(s2._readyPromise, g2);
        const r3 = new _r(l2);
        return te(a22, r3), r3._promise;
      }
      var v22, w22, R22;
      if (pr(e2, a22._closedPromise, (e3) => (o2 ? P22(true, e3) : T22(() => Wt(t2, e3), true, e3), null)), pr(t2, s2._closedPromise, (t3) => (n2 ? P22(true, t3) : T22(() => Mr(e2, t3), true, t3), null)), v22 = e2, w22 = a22._closedPromise, R22 = () => (r2 ? P22() : T22(() => (function(e3) {
        const t3 = e3._ownerWritableStream, r3 = t3._state;
        return At(t3) || "closed" === r3 ? c(void 0) : "errored" === r3 ? d(t3._storedError) : Lt(e3);
      })(s2)), null), "closed" === v22._state ? R22() : b(w22, R22), At(t2) || "closed" === t2._state) {
        const t3 = new TypeError("the destination writable stream closed before all data could be piped to it");
        n2 ? P22(true, t3) : T22(() => Mr(e2, t3), true, t3);
      }
      function T22(e3, r3, o3) {
        function n3() {
          return h(e3(), () => C22(r3, o3), (e4) => C22(true, e4)), null;
        }
        l2._shuttingDown || (l2._shuttingDown = true, "writable" !== t2._state || At(t2) ? n3() : b(l2._waitForWritesToFinish(), n3));
      }
      function P22(e3, r3) {
        l2._shuttingDown || (l2._shuttingDown = true, "writable" !== t2._state || At(t2) ? C22(e3, r3) : b(l2._waitForWritesToFinish(), () => C22(e3, r3)));
      }
      function C22(e3, t3) {
        return Mt(s2), O(a22), void 0 !== i2 && i2.removeEventListener("abort", S2), e3 ? y2(t3) : m2(void 0), null;
      }
      p(u((e3, t3) => {
        !(function r3(o3) {
          o3 ? e3() : f(g2(), r3, t3);
        })(false);
      }));
    });
  }
  var br = class {
    constructor(e2) {
      this._writer = e2, this._shuttingDown = false, this._currentWrite = c(void 0);
    }
    _waitForWritesToFinish() {
      const e2 = this._currentWrite;
      return f(this._currentWrite, () => e2 !== this._currentWrite ? this._waitForWritesToFinish() : void 0);
    }
  };
  var _r = class {
    constructor(e2) {
      this._state = e2, this._promise = u((e3, t2) => {
        this._resolvePromise = e3, this._rejectPromise = t2;
      });
    }
    _chunkSteps(t2) {
      this._state._currentWrite = f(Yt(this._state._writer, t2), void 0, e), this._resolvePromise(false);
    }
    _closeSteps() {
      this._resolvePromise(true);
    }
    _errorSteps(e2) {
      this._rejectPromise(e2);
    }
  };
  var mr = class {
    constructor(e2) {
      this._state = e2;
    }
    _chunkSteps(t2) {
      this._state._currentWrite = f(Yt(this._state._writer, t2), void 0, e);
    }
    _closeSteps() {
    }
    _errorSteps(e2) {
    }
  };
  function pr(e2, t2, r2) {
    "errored" === e2._state ? r2(e2._storedError) : _(t2, r2);
  }
  var ReadableStreamDefaultController = class {
    constructor() {
      throw new TypeError("Illegal constructor");
    }
    get desiredSize() {
      if (!yr(this)) throw Er("desiredSize");
      return Pr(this);
    }
    close() {
      if (!yr(this)) throw Er("close");
      if (!Cr(this)) throw new TypeError("The stream is not in a state that permits close");
      wr(this);
    }
    enqueue(e2 = void 0) {
      if (!yr(this)) throw Er("enqueue");
      if (!Cr(this)) throw new TypeError("The stream is not in a state that permits enqueue");
      return Rr(this, e2);
    }
    error(e2 = void 0) {
      if (!yr(this)) throw Er("error");
      Tr(this, e2);
    }
    [T](e2) {
      qe(this);
      const t2 = this._cancelAlgorithm(e2);
      return vr(this), t2;
    }
    [P](e2) {
      const t2 = this._controlledReadableStream;
      if (this._queue.length > 0) {
        const r2 = Pe(this);
        this._closeRequested && 0 === this._queue.length ? (vr(this), Yr(t2)) : Sr(this), e2._chunkSteps(r2);
      } else U(t2, e2), Sr(this);
    }
    [C]() {
      return this._queue.length > 0;
    }
    [q]() {
    }
  };
  function yr(e2) {
    return !!t(e2) && (!!Object.prototype.hasOwnProperty.call(e2, "_controlledReadableStream") && e2 instanceof ReadableStreamDefaultController);
  }
  function Sr(e2) {
    if (!gr(e2)) return;
    if (e2._pulling) return void (e2._pullAgain = true);
    e2._pulling = true;
    h(e2._pullAlgorithm(), () => (e2._pulling = false, e2._pullAgain && (e2._pullAgain = false, Sr(e2)), null), (t2) => (Tr(e2, t2), null));
  }
  function gr(e2) {
    const t2 = e2._controlledReadableStream;
    if (!Cr(e2)) return false;
    if (!e2._started) return false;
    if ($r(t2) && X(t2) > 0) return true;
    return Pr(e2) > 0;
  }
  function vr(e2) {
    e2._pullAlgorithm = void 0, e2._cancelAlgorithm = void 0, e2._strategySizeAlgorithm = void 0;
  }
  function wr(e2) {
    if (!Cr(e2)) return;
    const t2 = e2._controlledReadableStream;
    e2._closeRequested = true, 0 === e2._queue.length && (vr(e2), Yr(t2));
  }
  function Rr(e2, t2) {
    if (!Cr(e2)) return;
    const r2 = e2._controlledReadableStream;
    if ($r(r2) && X(r2) > 0) G(r2, t2, false);
    else {
      let r3;
      try {
        r3 = e2._strategySizeAlgorithm(t2);
      } catch (t3) {
        throw Tr(e2, t3), t3;
      }
      try {
        Ce(e2, t2, r3);
      } catch (t3) {
        throw Tr(e2, t3), t3;
      }
    }
    Sr(e2);
  }
  function Tr(e2, t2) {
    const r2 = e2._controlledReadableStream;
    "readable" === r2._state && (qe(e2), vr(e2), xr(r2, t2));
  }
  function Pr(e2) {
    const t2 = e2._controlledReadableStream._state;
    return "errored" === t2 ? null : "closed" === t2 ? 0 : e2._strategyHWM - e2._queueTotalSize;
  }
  function Cr(e2) {
    const t2 = e2._controlledReadableStream._state;
    return !e2._closeRequested && "readable" === t2;
  }
  function qr(e2, t2, r2, o2, n2, i2, a22) {
    t2._controlledReadableStream = e2, t2._queue = void 0, t2._queueTotalSize = void 0, qe(t2), t2._started = false, t2._closeRequested = false, t2._pullAgain = false, t2._pulling = false, t2._strategySizeAlgorithm = a22, t2._strategyHWM = i2, t2._pullAlgorithm = o2, t2._cancelAlgorithm = n2, e2._readableStreamController = t2;
    h(c(r2()), () => (t2._started = true, Sr(t2), null), (e3) => (Tr(t2, e3), null));
  }
  function Er(e2) {
    return new TypeError(`ReadableStreamDefaultController.prototype.${e2} can only be used on a ReadableStreamDefaultController`);
  }
  function Wr(e2, t2) {
    return Oe(e2._readableStreamController) ? (function(e3) {
      let t3, r2, o2, n2, i2, a22 = V(e3), s2 = false, l2 = false, d2 = false, f2 = false, h2 = false;
      const b22 = u((e4) => {
        i2 = e4;
      });
      function m2(e4) {
        _(e4._closedPromise, (t4) => (e4 !== a22 || (Xe(o2._readableStreamController, t4), Xe(n2._readableStreamController, t4), f2 && h2 || i2(void 0)), null));
      }
      function p2() {
        ft(a22) && (O(a22), a22 = V(e3), m2(a22));
        te(a22, { _chunkSteps: (t4) => {
          y(() => {
            l2 = false, d2 = false;
            const r3 = t4;
            let a3 = t4;
            if (!f2 && !h2) try {
              a3 = Te(t4);
            } catch (t5) {
              return Xe(o2._readableStreamController, t5), Xe(n2._readableStreamController, t5), void i2(Mr(e3, t5));
            }
            f2 || Ge(o2._readableStreamController, r3), h2 || Ge(n2._readableStreamController, a3), s2 = false, l2 ? g2() : d2 && v22();
          });
        }, _closeSteps: () => {
          s2 = false, f2 || Ue(o2._readableStreamController), h2 || Ue(n2._readableStreamController), o2._readableStreamController._pendingPullIntos.length > 0 && et(o2._readableStreamController, 0), n2._readableStreamController._pendingPullIntos.length > 0 && et(n2._readableStreamController, 0), f2 && h2 || i2(void 0);
        }, _errorSteps: () => {
          s2 = false;
        } });
      }
      function S2(t4, r3) {
        ee(a22) && (O(a22), a22 = at(e3), m2(a22));
        const u2 = r3 ? n2 : o2, c2 = r3 ? o2 : n2;
        ht(a22, t4, 1, { _chunkSteps: (t5) => {
          y(() => {
            l2 = false, d2 = false;
            const o3 = r3 ? h2 : f2;
            if (r3 ? f2 : h2) o3 || tt(u2._readableStreamController, t5);
            else {
              let r4;
              try {
                r4 = Te(t5);
              } catch (t6) {
                return Xe(u2._readableStreamController, t6), Xe(c2._readableStreamController, t6), void i2(Mr(e3, t6));
              }
              o3 || tt(u2._readableStreamController, t5), Ge(c2._readableStreamController, r4);
            }
            s2 = false, l2 ? g2() : d2 && v22();
          });
        }, _closeSteps: (e4) => {
          s2 = false;
          const t5 = r3 ? h2 : f2, o3 = r3 ? f2 : h2;
          t5 || Ue(u2._readableStreamController), o3 || Ue(c2._readableStreamController), void 0 !== e4 && (t5 || tt(u2._readableStreamController, e4), !o3 && c2._readableStreamController._pendingPullIntos.length > 0 && et(c2._readableStreamController, 0)), t5 && o3 || i2(void 0);
        }, _errorSteps: () => {
          s2 = false;
        } });
      }
      function g2() {
        if (s2) return l2 = true, c(void 0);
        s2 = true;
        const e4 = Ke(o2._readableStreamController);
        return null === e4 ? p2() : S2(e4._view, false), c(void 0);
      }
      function v22() {
        if (s2) return d2 = true, c(void 0);
        s2 = true;
        const e4 = Ke(n2._readableStreamController);
        return null === e4 ? p2() : S2(e4._view, true), c(void 0);
      }
      function w22(o3) {
        if (f2 = true, t3 = o3, h2) {
          const o4 = le([t3, r2]), n3 = Mr(e3, o4);
          i2(n3);
        }
        return b22;
      }
      function R22(o3) {
        if (h2 = true, r2 = o3, f2) {
          const o4 = le([t3, r2]), n3 = Mr(e3, o4);
          i2(n3);
        }
        return b22;
      }
      function T22() {
      }
      return o2 = Fr(T22, g2, w22), n2 = Fr(T22, v22, R22), m2(a22), [o2, n2];
    })(e2) : (function(e3) {
      const t3 = V(e3);
      let r2, o2, n2, i2, a22, s2 = false, l2 = false, d2 = false, f2 = false;
      const h2 = u((e4) => {
        a22 = e4;
      });
      function b22() {
        if (s2) return l2 = true, c(void 0);
        s2 = true;
        return te(t3, { _chunkSteps: (e4) => {
          y(() => {
            l2 = false;
            const t4 = e4, r3 = e4;
            d2 || Rr(n2._readableStreamController, t4), f2 || Rr(i2._readableStreamController, r3), s2 = false, l2 && b22();
          });
        }, _closeSteps: () => {
          s2 = false, d2 || wr(n2._readableStreamController), f2 || wr(i2._readableStreamController), d2 && f2 || a22(void 0);
        }, _errorSteps: () => {
          s2 = false;
        } }), c(void 0);
      }
      function m2(t4) {
        if (d2 = true, r2 = t4, f2) {
          const t5 = le([r2, o2]), n3 = Mr(e3, t5);
          a22(n3);
        }
        return h2;
      }
      function p2(t4) {
        if (f2 = true, o2 = t4, d2) {
          const t5 = le([r2, o2]), n3 = Mr(e3, t5);
          a22(n3);
        }
        return h2;
      }
      function S2() {
      }
      return n2 = Dr(S2, b22, m2), i2 = Dr(S2, b22, p2), _(t3._closedPromise, (e4) => (Tr(n2._readableStreamController, e4), Tr(i2._readableStreamController, e4), d2 && f2 || a22(void 0), null)), [n2, i2];
    })(e2);
  }
  function Or(r2) {
    return t(o2 = r2) && void 0 !== o2.getReader ? (function(r3) {
      let o3;
      function n2() {
        let e2;
        try {
          e2 = r3.read();
        } catch (e3) {
          return d(e3);
        }
        return m(e2, (e3) => {
          if (!t(e3)) throw new TypeError("The promise returned by the reader.read() method must fulfill with an object");
          if (e3.done) wr(o3._readableStreamController);
          else {
            const t2 = e3.value;
            Rr(o3._readableStreamController, t2);
          }
        });
      }
      function i2(e2) {
        try {
          return c(r3.cancel(e2));
        } catch (e3) {
          return d(e3);
        }
      }
      return o3 = Dr(e, n2, i2, 0), o3;
    })(r2.getReader()) : (function(r3) {
      let o3;
      const n2 = me(r3, "async");
      function i2() {
        let e2;
        try {
          e2 = pe(n2);
        } catch (e3) {
          return d(e3);
        }
        return m(c(e2), (e3) => {
          if (!t(e3)) throw new TypeError("The promise returned by the iterator.next() method must fulfill with an object");
          if (e3.done) wr(o3._readableStreamController);
          else {
            const t2 = e3.value;
            Rr(o3._readableStreamController, t2);
          }
        });
      }
      function a22(e2) {
        const r4 = n2.iterator;
        let o4;
        try {
          o4 = he(r4, "return");
        } catch (e3) {
          return d(e3);
        }
        if (void 0 === o4) return c(void 0);
        return m(g(o4, r4, [e2]), (e3) => {
          if (!t(e3)) throw new TypeError("The promise returned by the iterator.return() method must fulfill with an object");
        });
      }
      return o3 = Dr(e, i2, a22, 0), o3;
    })(r2);
    var o2;
  }
  function Br(e2, t2, r2) {
    return I(e2, r2), (r3) => g(e2, t2, [r3]);
  }
  function jr(e2, t2, r2) {
    return I(e2, r2), (r3) => g(e2, t2, [r3]);
  }
  function kr(e2, t2, r2) {
    return I(e2, r2), (r3) => S(e2, t2, [r3]);
  }
  function Ar(e2, t2) {
    if ("bytes" !== (e2 = `${e2}`)) throw new TypeError(`${t2} '${e2}' is not a valid enumeration value for ReadableStreamType`);
    return e2;
  }
  function zr(e2, t2) {
    L4(e2, t2);
    const r2 = null == e2 ? void 0 : e2.preventAbort, o2 = null == e2 ? void 0 : e2.preventCancel, n2 = null == e2 ? void 0 : e2.preventClose, i2 = null == e2 ? void 0 : e2.signal;
    return void 0 !== i2 && (function(e3, t3) {
      if (!(function(e4) {
        if ("object" != typeof e4 || null === e4) return false;
        try {
          return "boolean" == typeof e4.aborted;
        } catch (e5) {
          return false;
        }
      })(e3)) throw new TypeError(`${t3} is not an AbortSignal.`);
    })(i2, `${t2} has member 'signal' that`), { preventAbort: Boolean(r2), preventCancel: Boolean(o2), preventClose: Boolean(n2), signal: i2 };
  }
  Object.defineProperties(ReadableStreamDefaultController.prototype, { close: { enumerable: true }, enqueue: { enumerable: true }, error: { enumerable: true }, desiredSize: { enumerable: true } }), o(ReadableStreamDefaultController.prototype.close, "close"), o(ReadableStreamDefaultController.prototype.enqueue, "enqueue"), o(ReadableStreamDefaultController.prototype.error, "error"), "symbol" == typeof Symbol.toStringTag && Object.defineProperty(ReadableStreamDefaultController.prototype, Symbol.toStringTag, { value: "ReadableStreamDefaultController", configurable: true });
  var ReadableStream = class {
    constructor(e2 = {}, t2 = {}) {
      void 0 === e2 ? e2 = null : $(e2, "First parameter");
      const r2 = yt(t2, "Second parameter"), o2 = (function(e3, t3) {
        L4(e3, t3);
        const r3 = e3, o3 = null == r3 ? void 0 : r3.autoAllocateChunkSize, n2 = null == r3 ? void 0 : r3.cancel, i2 = null == r3 ? void 0 : r3.pull, a22 = null == r3 ? void 0 : r3.start, s2 = null == r3 ? void 0 : r3.type;
        return { autoAllocateChunkSize: void 0 === o3 ? void 0 : N(o3, `${t3} has member 'autoAllocateChunkSize' that`), cancel: void 0 === n2 ? void 0 : Br(n2, r3, `${t3} has member 'cancel' that`), pull: void 0 === i2 ? void 0 : jr(i2, r3, `${t3} has member 'pull' that`), start: void 0 === a22 ? void 0 : kr(a22, r3, `${t3} has member 'start' that`), type: void 0 === s2 ? void 0 : Ar(s2, `${t3} has member 'type' that`) };
      })(e2, "First parameter");
      if (Lr(this), "bytes" === o2.type) {
        if (void 0 !== r2.size) throw new RangeError("The strategy for a byte stream cannot have a size function");
        !(function(e3, t3, r3) {
          const o3 = Object.create(ReadableByteStreamController.prototype);
          let n2, i2, a22;
          n2 = void 0 !== t3.start ? () => t3.start(o3) : () => {
          }, i2 = void 0 !== t3.pull ? () => t3.pull(o3) : () => c(void 0), a22 = void 0 !== t3.cancel ? (e4) => t3.cancel(e4) : () => c(void 0);
          const s2 = t3.autoAllocateChunkSize;
          if (0 === s2) throw new TypeError("autoAllocateChunkSize must be greater than 0");
          rt(e3, o3, n2, i2, a22, r3, s2);
        })(this, o2, mt(r2, 0));
      } else {
        const e3 = pt(r2);
        !(function(e4, t3, r3, o3) {
          const n2 = Object.create(ReadableStreamDefaultController.prototype);
          let i2, a22, s2;
          i2 = void 0 !== t3.start ? () => t3.start(n2) : () => {
          }, a22 = void 0 !== t3.pull ? () => t3.pull(n2) : () => c(void 0), s2 = void 0 !== t3.cancel ? (e5) => t3.cancel(e5) : () => c(void 0), qr(e4, n2, i2, a22, s2, r3, o3);
        })(this, o2, mt(r2, 1), e3);
      }
    }
    get locked() {
      if (!Ir(this)) throw Qr("locked");
      return $r(this);
    }
    cancel(e2 = void 0) {
      return Ir(this) ? $r(this) ? d(new TypeError("Cannot cancel a stream that already has a reader")) : Mr(this, e2) : d(Qr("cancel"));
    }
    getReader(e2 = void 0) {
      if (!Ir(this)) throw Qr("getReader");
      return void 0 === (function(e3, t2) {
        L4(e3, t2);
        const r2 = null == e3 ? void 0 : e3.mode;
        return { mode: void 0 === r2 ? void 0 : it(r2, `${t2} has member 'mode' that`) };
      })(e2, "First parameter").mode ? V(this) : at(this);
    }
    pipeThrough(e2, t2 = {}) {
      if (!Ir(this)) throw Qr("pipeThrough");
      M(e2, 1, "pipeThrough");
      const r2 = (function(e3, t3) {
        L4(e3, t3);
        const r3 = null == e3 ? void 0 : e3.readable;
        Y(r3, "readable", "ReadableWritablePair"), H(r3, `${t3} has member 'readable' that`);
        const o3 = null == e3 ? void 0 : e3.writable;
        return Y(o3, "writable", "ReadableWritablePair"), Tt(o3, `${t3} has member 'writable' that`), { readable: r3, writable: o3 };
      })(e2, "First parameter"), o2 = zr(t2, "Second parameter");
      if ($r(this)) throw new TypeError("ReadableStream.prototype.pipeThrough cannot be used on a locked ReadableStream");
      if (Et(r2.writable)) throw new TypeError("ReadableStream.prototype.pipeThrough cannot be used on a locked WritableStream");
      return p(hr(this, r2.writable, o2.preventClose, o2.preventAbort, o2.preventCancel, o2.signal)), r2.readable;
    }
    pipeTo(e2, t2 = {}) {
      if (!Ir(this)) return d(Qr("pipeTo"));
      if (void 0 === e2) return d("Parameter 1 is required in 'pipeTo'.");
      if (!qt(e2)) return d(new TypeError("ReadableStream.prototype.pipeTo's first argument must be a WritableStream"));
      let r2;
      try {
        r2 = zr(t2, "Second parameter");
      } catch (e3) {
        return d(e3);
      }
      return $r(this) ? d(new TypeError("ReadableStream.prototype.pipeTo cannot be used on a locked ReadableStream")) : Et(e2) ? d(new TypeError("ReadableStream.prototype.pipeTo cannot be used on a locked WritableStream")) : hr(this, e2, r2.preventClose, r2.preventAbort, r2.preventCancel, r2.signal);
    }
    tee() {
      if (!Ir(this)) throw Qr("tee");
      return le(Wr(this));
    }
    values(e2 = void 0) {
      if (!Ir(this)) throw Qr("values");
      return (function(e3, t2) {
        const r2 = V(e3), o2 = new ye(r2, t2), n2 = Object.create(ge);
        return n2._asyncIteratorImpl = o2, n2;
      })(this, (function(e3, t2) {
        L4(e3, t2);
        const r2 = null == e3 ? void 0 : e3.preventCancel;
        return { preventCancel: Boolean(r2) };
      })(e2, "First parameter").preventCancel);
    }
    [_e](e2) {
      return this.values(e2);
    }
    static from(e2) {
      return Or(e2);
    }
  };
  function Dr(e2, t2, r2, o2 = 1, n2 = () => 1) {
    const i2 = Object.create(ReadableStream.prototype);
    Lr(i2);
    return qr(i2, Object.create(ReadableStreamDefaultController.prototype), e2, t2, r2, o2, n2), i2;
  }
  function Fr(e2, t2, r2) {
    const o2 = Object.create(ReadableStream.prototype);
    Lr(o2);
    return rt(o2, Object.create(ReadableByteStreamController.prototype), e2, t2, r2, 0, void 0), o2;
  }
  function Lr(e2) {
    e2._state = "readable", e2._reader = void 0, e2._storedError = void 0, e2._disturbed = false;
  }
  function Ir(e2) {
    return !!t(e2) && (!!Object.prototype.hasOwnProperty.call(e2, "_readableStreamController") && e2 instanceof ReadableStream);
  }
  function $r(e2) {
    return void 0 !== e2._reader;
  }
  function Mr(t2, r2) {
    if (t2._disturbed = true, "closed" === t2._state) return c(void 0);
    if ("errored" === t2._state) return d(t2._storedError);
    Yr(t2);
    const o2 = t2._reader;
    if (void 0 !== o2 && ft(o2)) {
      const e2 = o2._readIntoRequests;
      o2._readIntoRequests = new v(), e2.forEach((e3) => {
        e3._closeSteps(void 0);
      });
    }
    return m(t2._readableStreamController[T](r2), e);
  }
  function Yr(e2) {
    e2._state = "closed";
    const t2 = e2._reader;
    if (void 0 !== t2 && (z(t2), ee(t2))) {
      const e3 = t2._readRequests;
      t2._readRequests = new v(), e3.forEach((e4) => {
        e4._closeSteps();
      });
    }
  }
  function xr(e2, t2) {
    e2._state = "errored", e2._storedError = t2;
    const r2 = e2._reader;
    void 0 !== r2 && (A(r2, t2), ee(r2) ? oe(r2, t2) : bt(r2, t2));
  }
  function Qr(e2) {
    return new TypeError(`ReadableStream.prototype.${e2} can only be used on a ReadableStream`);
  }
  function Nr(e2, t2) {
    L4(e2, t2);
    const r2 = null == e2 ? void 0 : e2.highWaterMark;
    return Y(r2, "highWaterMark", "QueuingStrategyInit"), { highWaterMark: x(r2) };
  }
  Object.defineProperties(ReadableStream, { from: { enumerable: true } }), Object.defineProperties(ReadableStream.prototype, { cancel: { enumerable: true }, getReader: { enumerable: true }, pipeThrough: { enumerable: true }, pipeTo: { enumerable: true }, tee: { enumerable: true }, values: { enumerable: true }, locked: { enumerable: true } }), o(ReadableStream.from, "from"), o(ReadableStream.prototype.cancel, "cancel"), o(ReadableStream.prototype.getReader, "getReader"), o(ReadableStream.prototype.pipeThrough, "pipeThrough"), o(ReadableStream.prototype.pipeTo, "pipeTo"), o(ReadableStream.prototype.tee, "tee"), o(ReadableStream.prototype.values, "values"), "symbol" == typeof Symbol.toStringTag && Object.defineProperty(ReadableStream.prototype, Symbol.toStringTag, { value: "ReadableStream", configurable: true }), Object.defineProperty(ReadableStream.prototype, _e, { value: ReadableStream.prototype.values, writable: true, configurable: true });
  var Hr = (e2) => e2.byteLength;
  o(Hr, "size");
  var ByteLengthQueuingStrategy = class {
    constructor(e2) {
      M(e2, 1, "ByteLengthQueuingStrategy"), e2 = Nr(e2, "First parameter"), this._byteLengthQueuingStrategyHighWaterMark = e2.highWaterMark;
    }
    get highWaterMark() {
      if (!Ur(this)) throw Vr("highWaterMark");
      return this._byteLengthQueuingStrategyHighWaterMark;
    }
    get size() {
      if (!Ur(this)) throw Vr("size");
      return Hr;
    }
  };
  function Vr(e2) {
    return new TypeError(`ByteLengthQueuingStrategy.prototype.${e2} can only be used on a ByteLengthQueuingStrategy`);
  }
  function Ur(e2) {
    return !!t(e2) && (!!Object.prototype.hasOwnProperty.call(e2, "_byteLengthQueuingStrategyHighWaterMark") && e2 instanceof ByteLengthQueuingStrategy);
  }
  Object.defineProperties(ByteLengthQueuingStrategy.prototype, { highWaterMark: { enumerable: true }, size: { enumerable: true } }), "symbol" == typeof Symbol.toStringTag && Object.defineProperty(ByteLengthQueuingStrategy.prototype, Symbol.toStringTag, { value: "ByteLengthQueuingStrategy", configurable: true });
  var Gr = () => 1;
  o(Gr, "size");
  var CountQueuingStrategy = class {
    constructor(e2) {
      M(e2, 1, "CountQueuingStrategy"), e2 = Nr(e2, "First parameter"), this._countQueuingStrategyHighWaterMark = e2.highWaterMark;
    }
    get highWaterMark() {
      if (!Jr(this)) throw Xr("highWaterMark");
      return this._countQueuingStrategyHighWaterMark;
    }
    get size() {
      if (!Jr(this)) throw Xr("size");
      return Gr;
    }
  };
  function Xr(e2) {
    return new TypeError(`CountQueuingStrategy.prototype.${e2} can only be used on a CountQueuingStrategy`);
  }
  function Jr(e2) {
    return !!t(e2) && (!!Object.prototype.hasOwnProperty.call(e2, "_countQueuingStrategyHighWaterMark") && e2 instanceof CountQueuingStrategy);
  }
  function Kr(e2, t2, r2) {
    return I(e2, r2), (r3) => g(e2, t2, [r3]);
  }
  function Zr(e2, t2, r2) {
    return I(e2, r2), (r3) => S(e2, t2, [r3]);
  }
  function eo(e2, t2, r2) {
    return I(e2, r2), (r3, o2) => g(e2, t2, [r3, o2]);
  }
  function to(e2, t2, r2) {
    return I(e2, r2), (r3) => g(e2, t2, [r3]);
  }
  Object.defineProperties(CountQueuingStrategy.prototype, { highWaterMark: { enumerable: true }, size: { enumerable: true } }), "symbol" == typeof Symbol.toStringTag && Object.defineProperty(CountQueuingStrategy.prototype, Symbol.toStringTag, { value: "CountQueuingStrategy", configurable: true });
  var TransformStream = class {
    constructor(e2 = {}, t2 = {}, r2 = {}) {
      void 0 === e2 && (e2 = null);
      const o2 = yt(t2, "Second parameter"), n2 = yt(r2, "Third parameter"), i2 = (function(e3, t3) {
        L4(e3, t3);
        const r3 = null == e3 ? void 0 : e3.cancel, o3 = null == e3 ? void 0 : e3.flush, n3 = null == e3 ? void 0 : e3.readableType, i3 = null == e3 ? void 0 : e3.start, a3 = null == e3 ? void 0 : e3.transform, s3 = null == e3 ? void 0 : e3.writableType;
        return { cancel: void 0 === r3 ? void 0 : to(r3, e3, `${t3} has member 'cancel' that`), flush: void 0 === o3 ? void 0 : Kr(o3, e3, `${t3} has member 'flush' that`), readableType: n3, start: void 0 === i3 ? void 0 : Zr(i3, e3, `${t3} has member 'start' that`), transform: void 0 === a3 ? void 0 : eo(a3, e3, `${t3} has member 'transform' that`), writableType: s3 };
      })(e2, "First parameter");
      if (void 0 !== i2.readableType) throw new RangeError("Invalid readableType specified");
      if (void 0 !== i2.writableType) throw new RangeError("Invalid writableType specified");
      const a22 = mt(n2, 0), s2 = pt(n2), l2 = mt(o2, 1), f2 = pt(o2);
      let b22;
      !(function(e3, t3, r3, o3, n3, i3) {
        function a3() {
          return t3;
        }
        function s3(t4) {
          return (function(e4, t5) {
            const r4 = e4._transformStreamController;
            if (e4._backpressure) {
              return m(e4._backpressureChangePromise, () => {
                const o4 = e4._writable;
                if ("erroring" === o4._state) throw o4._storedError;
                return co(r4, t5);
              });
            }
            return co(r4, t5);
          })(e3, t4);
        }
        function l3(t4) {
          return (function(e4, t5) {
            const r4 = e4._transformStreamController;
            if (void 0 !== r4._finishPromise) return r4._finishPromise;
            const o4 = e4._readable;
            r4._finishPromise = u((e5, t6) => {
              r4._finishPromise_resolve = e5, r4._finishPromise_reject = t6;
            });
            const n4 = r4._cancelAlgorithm(t5);
            return lo(r4), h(n4, () => ("errored" === o4._state ? bo(r4, o4._storedError) : (Tr(o4._readableStreamController, t5), ho(r4)), null), (e5) => (Tr(o4._readableStreamController, e5), bo(r4, e5), null)), r4._finishPromise;
          })(e3, t4);
        }
        function c2() {
          return (function(e4) {
            const t4 = e4._transformStreamController;
            if (void 0 !== t4._finishPromise) return t4._finishPromise;
            const r4 = e4._readable;
            t4._finishPromise = u((e5, r5) => {
              t4._finishPromise_resolve = e5, t4._finishPromise_reject = r5;
            });
            const o4 = t4._flushAlgorithm();
            return lo(t4), h(o4, () => ("errored" === r4._state ? bo(t4, r4._storedError) : (wr(r4._readableStreamController), ho(t4)), null), (e5) => (Tr(r4._readableStreamController, e5), bo(t4, e5), null)), t4._finishPromise;
          })(e3);
        }
        function d2() {
          return (function(e4) {
            return ao(e4, false), e4._backpressureChangePromise;
          })(e3);
        }
        function f3(t4) {
          return (function(e4, t5) {
            const r4 = e4._transformStreamController;
            if (void 0 !== r4._finishPromise) return r4._finishPromise;
            const o4 = e4._writable;
            r4._finishPromise = u((e5, t6) => {
              r4._finishPromise_resolve = e5, r4._finishPromise_reject = t6;
            });
            const n4 = r4._cancelAlgorithm(t5);
            return lo(r4), h(n4, () => ("errored" === o4._state ? bo(r4, o4._storedError) : (Gt(o4._writableStreamController, t5), io(e4), ho(r4)), null), (t6) => (Gt(o4._writableStreamController, t6), io(e4), bo(r4, t6), null)), r4._finishPromise;
          })(e3, t4);
        }
        e3._writable = (function(e4, t4, r4, o4, n4 = 1, i4 = () => 1) {
          const a4 = Object.create(WritableStream.prototype);
          return Ct(a4), Nt(a4, Object.create(WritableStreamDefaultController.prototype), e4, t4, r4, o4, n4, i4), a4;
        })(a3, s3, c2, l3, r3, o3), e3._readable = Dr(a3, d2, f3, n3, i3), e3._backpressure = void 0, e3._backpressureChangePromise = void 0, e3._backpressureChangePromise_resolve = void 0, ao(e3, true), e3._transformStreamController = void 0;
      })(this, u((e3) => {
        b22 = e3;
      }), l2, f2, a22, s2), (function(e3, t3) {
        const r3 = Object.create(TransformStreamDefaultController.prototype);
        let o3, n3, i3;
        o3 = void 0 !== t3.transform ? (e4) => t3.transform(e4, r3) : (e4) => {
          try {
            return uo(r3, e4), c(void 0);
          } catch (e5) {
            return d(e5);
          }
        };
        n3 = void 0 !== t3.flush ? () => t3.flush(r3) : () => c(void 0);
        i3 = void 0 !== t3.cancel ? (e4) => t3.cancel(e4) : () => c(void 0);
        !(function(e4, t4, r4, o4, n4) {
          t4._controlledTransformStream = e4, e4._transformStreamController = t4, t4._transformAlgorithm = r4, t4._flushAlgorithm = o4, t4._cancelAlgorithm = n4, t4._finishPromise = void 0, t4._finishPromise_resolve = void 0, t4._finishPromise_reject = void 0;
        })(e3, r3, o3, n3, i3);
      })(this, i2), void 0 !== i2.start ? b22(i2.start(this._transformStreamController)) : b22(void 0);
    }
    get readable() {
      if (!ro(this)) throw _o("readable");
      return this._readable;
    }
    get writable() {
      if (!ro(this)) throw _o("writable");
      return this._writable;
    }
  };
  function ro(e2) {
    return !!t(e2) && (!!Object.prototype.hasOwnProperty.call(e2, "_transformStreamController") && e2 instanceof TransformStream);
  }
  function oo(e2, t2) {
    Tr(e2._readable._readableStreamController, t2), no(e2, t2);
  }
  function no(e2, t2) {
    lo(e2._transformStreamController), Gt(e2._writable._writableStreamController, t2), io(e2);
  }
  function io(e2) {
    e2._backpressure && ao(e2, false);
  }
  function ao(e2, t2) {
    void 0 !== e2._backpressureChangePromise && e2._backpressureChangePromise_resolve(), e2._backpressureChangePromise = u((t3) => {
      e2._backpressureChangePromise_resolve = t3;
    }), e2._backpressure = t2;
  }
  Object.defineProperties(TransformStream.prototype, { readable: { enumerable: true }, writable: { enumerable: true } }), "symbol" == typeof Symbol.toStringTag && Object.defineProperty(TransformStream.prototype, Symbol.toStringTag, { value: "TransformStream", configurable: true });
  var TransformStreamDefaultController = class {
    constructor() {
      throw new TypeError("Illegal constructor");
    }
    get desiredSize() {
      if (!so(this)) throw fo("desiredSize");
      return Pr(this._controlledTransformStream._readable._readableStreamController);
    }
    enqueue(e2 = void 0) {
      if (!so(this)) throw fo("enqueue");
      uo(this, e2);
    }
    error(e2 = void 0) {
      if (!so(this)) throw fo("error");
      var t2;
      t2 = e2, oo(this._controlledTransformStream, t2);
    }
    terminate() {
      if (!so(this)) throw fo("terminate");
      !(function(e2) {
        const t2 = e2._controlledTransformStream;
        wr(t2._readable._readableStreamController);
        const r2 = new TypeError("TransformStream terminated");
        no(t2, r2);
      })(this);
    }
  };
  function so(e2) {
    return !!t(e2) && (!!Object.prototype.hasOwnProperty.call(e2, "_controlledTransformStream") && e2 instanceof TransformStreamDefaultController);
  }
  function lo(e2) {
    e2._transformAlgorithm = void 0, e2._flushAlgorithm = void 0, e2._cancelAlgorithm = void 0;
  }
  function uo(e2, t2) {
    const r2 = e2._controlledTransformStream, o2 = r2._readable._readableStreamController;
    if (!Cr(o2)) throw new TypeError("Readable side is not in a state that permits enqueue");
    try {
      Rr(o2, t2);
    } catch (e3) {
      throw no(r2, e3), r2._readable._storedError;
    }
    const n2 = (function(e3) {
      return !gr(e3);
    })(o2);
    n2 !== r2._backpressure && ao(r2, true);
  }
  function co(e2, t2) {
    return m(e2._transformAlgorithm(t2), void 0, (t3) => {
      throw oo(e2._controlledTransformStream, t3), t3;
    });
  }
  function fo(e2) {
    return new TypeError(`TransformStreamDefaultController.prototype.${e2} can only be used on a TransformStreamDefaultController`);
  }
  function ho(e2) {
    void 0 !== e2._finishPromise_resolve && (e2._finishPromise_resolve(), e2._finishPromise_resolve = void 0, e2._finishPromise_reject = void 0);
  }
  function bo(e2, t2) {
    void 0 !== e2._finishPromise_reject && (p(e2._finishPromise), e2._finishPromise_reject(t2), e2._finishPromise_resolve = void 0, e2._finishPromise_reject = void 0);
  }
  function _o(e2) {
    return new TypeError(`TransformStream.prototype.${e2} can only be used on a TransformStream`);
  }
  Object.defineProperties(TransformStreamDefaultController.prototype, { enqueue: { enumerable: true }, error: { enumerable: true }, terminate: { enumerable: true }, desiredSize: { enumerable: true } }), o(TransformStreamDefaultController.prototype.enqueue, "enqueue"), o(TransformStreamDefaultController.prototype.error, "error"), o(TransformStreamDefaultController.prototype.terminate, "terminate"), "symbol" == typeof Symbol.toStringTag && Object.defineProperty(TransformStreamDefaultController.prototype, Symbol.toStringTag, { value: "TransformStreamDefaultController", configurable: true });

  // vendor/urlpattern.js
  var Pe2 = Object.defineProperty;
  var a2 = (e2, t2) => Pe2(e2, "name", { value: t2, configurable: true });
  var P2 = class {
    type = 3;
    name = "";
    prefix = "";
    value = "";
    suffix = "";
    modifier = 3;
    constructor(t2, r2, n2, c2, l2, f2) {
      this.type = t2, this.name = r2, this.prefix = n2, this.value = c2, this.suffix = l2, this.modifier = f2;
    }
    hasCustomName() {
      return this.name !== "" && typeof this.name != "number";
    }
  };
  a2(P2, "Part");
  var Re2 = /[$_\p{ID_Start}]/u;
  var Ee2 = /[$_\u200C\u200D\p{ID_Continue}]/u;
  var v2 = ".*";
  function Oe2(e2, t2) {
    return (t2 ? /^[\x00-\xFF]*$/ : /^[\x00-\x7F]*$/).test(e2);
  }
  a2(Oe2, "isASCII");
  function D2(e2, t2 = false) {
    let r2 = [], n2 = 0;
    for (; n2 < e2.length; ) {
      let c2 = e2[n2], l2 = a2(function(f2) {
        if (!t2) throw new TypeError(f2);
        r2.push({ type: "INVALID_CHAR", index: n2, value: e2[n2++] });
      }, "ErrorOrInvalid");
      if (c2 === "*") {
        r2.push({ type: "ASTERISK", index: n2, value: e2[n2++] });
        continue;
      }
      if (c2 === "+" || c2 === "?") {
        r2.push({ type: "OTHER_MODIFIER", index: n2, value: e2[n2++] });
        continue;
      }
      if (c2 === "\\") {
        r2.push({ type: "ESCAPED_CHAR", index: n2++, value: e2[n2++] });
        continue;
      }
      if (c2 === "{") {
        r2.push({ type: "OPEN", index: n2, value: e2[n2++] });
        continue;
      }
      if (c2 === "}") {
        r2.push({ type: "CLOSE", index: n2, value: e2[n2++] });
        continue;
      }
      if (c2 === ":") {
        let f2 = "", s2 = n2 + 1;
        for (; s2 < e2.length; ) {
          let i2 = e2.substr(s2, 1);
          if (s2 === n2 + 1 && Re2.test(i2) || s2 !== n2 + 1 && Ee2.test(i2)) {
            f2 += e2[s2++];
            continue;
          }
          break;
        }
        if (!f2) {
          l2(`Missing parameter name at ${n2}`);
          continue;
        }
        r2.push({ type: "NAME", index: n2, value: f2 }), n2 = s2;
        continue;
      }
      if (c2 === "(") {
        let f2 = 1, s2 = "", i2 = n2 + 1, o2 = false;
        if (e2[i2] === "?") {
          l2(`Pattern cannot start with "?" at ${i2}`);
          continue;
        }
        for (; i2 < e2.length; ) {
          if (!Oe2(e2[i2], false)) {
            l2(`Invalid character '${e2[i2]}' at ${i2}.`), o2 = true;
            break;
          }
          if (e2[i2] === "\\") {
            s2 += e2[i2++] + e2[i2++];
            continue;
          }
          if (e2[i2] === ")") {
            if (f2--, f2 === 0) {
              i2++;
              break;
            }
          } else if (e2[i2] === "(" && (f2++, e2[i2 + 1] !== "?")) {
            l2(`Capturing groups are not allowed at ${i2}`), o2 = true;
            break;
          }
          s2 += e2[i2++];
        }
        if (o2) continue;
        if (f2) {
          l2(`Unbalanced pattern at ${n2}`);
          continue;
        }
        if (!s2) {
          l2(`Missing pattern at ${n2}`);
          continue;
        }
        r2.push({ type: "REGEX", index: n2, value: s2 }), n2 = i2;
        continue;
      }
      r2.push({ type: "CHAR", index: n2, value: e2[n2++] });
    }
    return r2.push({ type: "END", index: n2, value: "" }), r2;
  }
  a2(D2, "lexer");
  function F2(e2, t2 = {}) {
    let r2 = D2(e2);
    t2.delimiter ??= "/#?", t2.prefixes ??= "./";
    let n2 = `[^${x2(t2.delimiter)}]+?`, c2 = [], l2 = 0, f2 = 0, s2 = "", i2 = /* @__PURE__ */ new Set(), o2 = a2((u2) => {
      if (f2 < r2.length && r2[f2].type === u2) return r2[f2++].value;
    }, "tryConsume"), h2 = a2(() => o2("OTHER_MODIFIER") ?? o2("ASTERISK"), "tryConsumeModifier"), p2 = a2((u2) => {
      let d2 = o2(u2);
      if (d2 !== void 0) return d2;
      let { type: g2, index: y2 } = r2[f2];
      throw new TypeError(`Unexpected ${g2} at ${y2}, expected ${u2}`);
    }, "mustConsume"), A2 = a2(() => {
      let u2 = "", d2;
      for (; d2 = o2("CHAR") ?? o2("ESCAPED_CHAR"); ) u2 += d2;
      return u2;
    }, "consumeText"), xe2 = a2((u2) => u2, "DefaultEncodePart"), N2 = t2.encodePart || xe2, H2 = "", $2 = a2((u2) => {
      H2 += u2;
    }, "appendToPendingFixedValue"), M2 = a2(() => {
      H2.length && (c2.push(new P2(3, "", "", N2(H2), "", 3)), H2 = "");
    }, "maybeAddPartFromPendingFixedValue"), X2 = a2((u2, d2, g2, y2, Z2) => {
      let m2 = 3;
      switch (Z2) {
        case "?":
          m2 = 1;
          break;
        case "*":
          m2 = 0;
          break;
        case "+":
          m2 = 2;
          break;
      }
      if (!d2 && !g2 && m2 === 3) {
        $2(u2);
        return;
      }
      if (M2(), !d2 && !g2) {
        if (!u2) return;
        c2.push(new P2(3, "", "", N2(u2), "", m2));
        return;
      }
      let S2;
      g2 ? g2 === "*" ? S2 = v2 : S2 = g2 : S2 = n2;
      let k2 = 2;
      S2 === n2 ? (k2 = 1, S2 = "") : S2 === v2 && (k2 = 0, S2 = "");
      let E2;
      if (d2 ? E2 = d2 : g2 && (E2 = l2++), i2.has(E2)) throw new TypeError(`Duplicate name '${E2}'.`);
      i2.add(E2), c2.push(new P2(k2, E2, N2(u2), S2, N2(y2), m2));
    }, "addPart");
    for (; f2 < r2.length; ) {
      let u2 = o2("CHAR"), d2 = o2("NAME"), g2 = o2("REGEX");
      if (!d2 && !g2 && (g2 = o2("ASTERISK")), d2 || g2) {
        let m2 = u2 ?? "";
        t2.prefixes.indexOf(m2) === -1 && ($2(m2), m2 = ""), M2();
        let S2 = h2();
        X2(m2, d2, g2, "", S2);
        continue;
      }
      let y2 = u2 ?? o2("ESCAPED_CHAR");
      if (y2) {
        $2(y2);
        continue;
      }
      if (o2("OPEN")) {
        let m2 = A2(), S2 = o2("NAME"), k2 = o2("REGEX");
        !S2 && !k2 && (k2 = o2("ASTERISK"));
        let E2 = A2();
        p2("CLOSE");
        let be2 = h2();
        X2(m2, S2, k2, E2, be2);
        continue;
      }
      M2(), p2("END");
    }
    return c2;
  }
  a2(F2, "parse");
  function x2(e2) {
    return e2.replace(/([.+*?^${}()[\]|/\\])/g, "\\$1");
  }
  a2(x2, "escapeString");
  function B2(e2) {
    return e2 && e2.ignoreCase ? "ui" : "u";
  }
  a2(B2, "flags");
  function q2(e2, t2, r2) {
    return W2(F2(e2, r2), t2, r2);
  }
  a2(q2, "stringToRegexp");
  function T2(e2) {
    switch (e2) {
      case 0:
        return "*";
      case 1:
        return "?";
      case 2:
        return "+";
      case 3:
        return "";
    }
  }
  a2(T2, "modifierToString");
  function W2(e2, t2, r2 = {}) {
    r2.delimiter ??= "/#?", r2.prefixes ??= "./", r2.sensitive ??= false, r2.strict ??= false, r2.end ??= true, r2.start ??= true, r2.endsWith = "";
    let n2 = r2.start ? "^" : "";
    for (let s2 of e2) {
      if (s2.type === 3) {
        s2.modifier === 3 ? n2 += x2(s2.value) : n2 += `(?:${x2(s2.value)})${T2(s2.modifier)}`;
        continue;
      }
      t2 && t2.push(s2.name);
      let i2 = `[^${x2(r2.delimiter)}]+?`, o2 = s2.value;
      if (s2.type === 1 ? o2 = i2 : s2.type === 0 && (o2 = v2), !s2.prefix.length && !s2.suffix.length) {
        s2.modifier === 3 || s2.modifier === 1 ? n2 += `(${o2})${T2(s2.modifier)}` : n2 += `((?:${o2})${T2(s2.modifier)})`;
        continue;
      }
      if (s2.modifier === 3 || s2.modifier === 1) {
        n2 += `(?:${x2(s2.prefix)}(${o2})${x2(s2.suffix)})`, n2 += T2(s2.modifier);
        continue;
      }
      n2 += `(?:${x2(s2.prefix)}`, n2 += `((?:${o2})(?:`, n2 += x2(s2.suffix), n2 += x2(s2.prefix), n2 += `(?:${o2}))*)${x2(s2.suffix)})`, s2.modifier === 0 && (n2 += "?");
    }
    let c2 = `[${x2(r2.endsWith)}]|$`, l2 = `[${x2(r2.delimiter)}]`;
    if (r2.end) return r2.strict || (n2 += `${l2}?`), r2.endsWith.length ? n2 += `(?=${c2})` : n2 += "$", new RegExp(n2, B2(r2));
    r2.strict || (n2 += `(?:${l2}(?=${c2}))?`);
    let f2 = false;
    if (e2.length) {
      let s2 = e2[e2.length - 1];
      s2.type === 3 && s2.modifier === 3 && (f2 = r2.delimiter.indexOf(s2) > -1);
    }
    return f2 || (n2 += `(?=${l2}|${c2})`), new RegExp(n2, B2(r2));
  }
  a2(W2, "partsToRegexp");
  var b2 = { delimiter: "", prefixes: "", sensitive: true, strict: true };
  var J2 = { delimiter: ".", prefixes: "", sensitive: true, strict: true };
  var Q2 = { delimiter: "/", prefixes: "/", sensitive: true, strict: true };
  function ee2(e2, t2) {
    return e2.length ? e2[0] === "/" ? true : !t2 || e2.length < 2 ? false : (e2[0] == "\\" || e2[0] == "{") && e2[1] == "/" : false;
  }
  a2(ee2, "isAbsolutePathname");
  function te2(e2, t2) {
    return e2.startsWith(t2) ? e2.substring(t2.length, e2.length) : e2;
  }
  a2(te2, "maybeStripPrefix");
  function ke2(e2, t2) {
    return e2.endsWith(t2) ? e2.substr(0, e2.length - t2.length) : e2;
  }
  a2(ke2, "maybeStripSuffix");
  function _2(e2) {
    return !e2 || e2.length < 2 ? false : e2[0] === "[" || (e2[0] === "\\" || e2[0] === "{") && e2[1] === "[";
  }
  a2(_2, "treatAsIPv6Hostname");
  var re2 = ["ftp", "file", "http", "https", "ws", "wss"];
  function U2(e2) {
    if (!e2) return true;
    for (let t2 of re2) if (e2.test(t2)) return true;
    return false;
  }
  a2(U2, "isSpecialScheme");
  function ne2(e2, t2) {
    if (e2 = te2(e2, "#"), t2 || e2 === "") return e2;
    let r2 = new URL("https://example.com");
    return r2.hash = e2, r2.hash ? r2.hash.substring(1, r2.hash.length) : "";
  }
  a2(ne2, "canonicalizeHash");
  function se2(e2, t2) {
    if (e2 = te2(e2, "?"), t2 || e2 === "") return e2;
    let r2 = new URL("https://example.com");
    return r2.search = e2, r2.search ? r2.search.substring(1, r2.search.length) : "";
  }
  a2(se2, "canonicalizeSearch");
  function ie2(e2, t2) {
    return t2 || e2 === "" ? e2 : _2(e2) ? K2(e2) : j2(e2);
  }
  a2(ie2, "canonicalizeHostname");
  function ae2(e2, t2) {
    if (t2 || e2 === "") return e2;
    let r2 = new URL("https://example.com");
    return r2.password = e2, r2.password;
  }
  a2(ae2, "canonicalizePassword");
  function oe2(e2, t2) {
    if (t2 || e2 === "") return e2;
    let r2 = new URL("https://example.com");
    return r2.username = e2, r2.username;
  }
  a2(oe2, "canonicalizeUsername");
  function ce2(e2, t2, r2) {
    if (r2 || e2 === "") return e2;
    if (t2 && !re2.includes(t2)) return new URL(`${t2}:${e2}`).pathname;
    let n2 = e2[0] == "/";
    return e2 = new URL(n2 ? e2 : "/-" + e2, "https://example.com").pathname, n2 || (e2 = e2.substring(2, e2.length)), e2;
  }
  a2(ce2, "canonicalizePathname");
  function le2(e2, t2, r2) {
    return z2(t2) === e2 && (e2 = ""), r2 || e2 === "" ? e2 : G2(e2);
  }
  a2(le2, "canonicalizePort");
  function fe2(e2, t2) {
    return e2 = ke2(e2, ":"), t2 || e2 === "" ? e2 : w2(e2);
  }
  a2(fe2, "canonicalizeProtocol");
  function z2(e2) {
    switch (e2) {
      case "ws":
      case "http":
        return "80";
      case "wws":
      case "https":
        return "443";
      case "ftp":
        return "21";
      default:
        return "";
    }
  }
  a2(z2, "defaultPortForProtocol");
  function w2(e2) {
    if (e2 === "") return e2;
    if (/^[-+.A-Za-z0-9]*$/.test(e2)) return e2.toLowerCase();
    throw new TypeError(`Invalid protocol '${e2}'.`);
  }
  a2(w2, "protocolEncodeCallback");
  function he2(e2) {
    if (e2 === "") return e2;
    let t2 = new URL("https://example.com");
    return t2.username = e2, t2.username;
  }
  a2(he2, "usernameEncodeCallback");
  function ue2(e2) {
    if (e2 === "") return e2;
    let t2 = new URL("https://example.com");
    return t2.password = e2, t2.password;
  }
  a2(ue2, "passwordEncodeCallback");
  function j2(e2) {
    if (e2 === "") return e2;
    if (/[\t\n\r #%/:<>?@[\]^\\|]/g.test(e2)) throw new TypeError(`Invalid hostname '${e2}'`);
    let t2 = new URL("https://example.com");
    return t2.hostname = e2, t2.hostname;
  }
  a2(j2, "hostnameEncodeCallback");
  function K2(e2) {
    if (e2 === "") return e2;
    if (/[^0-9a-fA-F[\]:]/g.test(e2)) throw new TypeError(`Invalid IPv6 hostname '${e2}'`);
    return e2.toLowerCase();
  }
  a2(K2, "ipv6HostnameEncodeCallback");
  function G2(e2) {
    if (e2 === "" || /^[0-9]*$/.test(e2) && parseInt(e2) <= 65535) return e2;
    throw new TypeError(`Invalid port '${e2}'.`);
  }
  a2(G2, "portEncodeCallback");
  function de2(e2) {
    if (e2 === "") return e2;
    let t2 = new URL("https://example.com");
    return t2.pathname = e2[0] !== "/" ? "/-" + e2 : e2, e2[0] !== "/" ? t2.pathname.substring(2, t2.pathname.length) : t2.pathname;
  }
  a2(de2, "standardURLPathnameEncodeCallback");
  function pe2(e2) {
    return e2 === "" ? e2 : new URL(`data:${e2}`).pathname;
  }
  a2(pe2, "pathURLPathnameEncodeCallback");
  function ge2(e2) {
    if (e2 === "") return e2;
    let t2 = new URL("https://example.com");
    return t2.search = e2, t2.search.substring(1, t2.search.length);
  }
  a2(ge2, "searchEncodeCallback");
  function me2(e2) {
    if (e2 === "") return e2;
    let t2 = new URL("https://example.com");
    return t2.hash = e2, t2.hash.substring(1, t2.hash.length);
  }
  a2(me2, "hashEncodeCallback");
  var C2 = class {
    #i;
    #n = [];
    #t = {};
    #e = 0;
    #s = 1;
    #l = 0;
    #o = 0;
    #d = 0;
    #p = 0;
    #g = false;
    constructor(t2) {
      this.#i = t2;
    }
    get result() {
      return this.#t;
    }
    parse() {
      for (this.#n = D2(this.#i, true); this.#e < this.#n.length; this.#e += this.#s) {
        if (this.#s = 1, this.#n[this.#e].type === "END") {
          if (this.#o === 0) {
            this.#b(), this.#f() ? this.#r(9, 1) : this.#h() ? this.#r(8, 1) : this.#r(7, 0);
            continue;
          } else if (this.#o === 2) {
            this.#u(5);
            continue;
          }
          this.#r(10, 0);
          break;
        }
        if (this.#d > 0) if (this.#A()) this.#d -= 1;
        else continue;
        if (this.#T()) {
          this.#d += 1;
          continue;
        }
        switch (this.#o) {
          case 0:
            this.#P() && this.#u(1);
            break;
          case 1:
            if (this.#P()) {
              this.#C();
              let t2 = 7, r2 = 1;
              this.#E() ? (t2 = 2, r2 = 3) : this.#g && (t2 = 2), this.#r(t2, r2);
            }
            break;
          case 2:
            this.#S() ? this.#u(3) : (this.#x() || this.#h() || this.#f()) && this.#u(5);
            break;
          case 3:
            this.#O() ? this.#r(4, 1) : this.#S() && this.#r(5, 1);
            break;
          case 4:
            this.#S() && this.#r(5, 1);
            break;
          case 5:
            this.#y() ? this.#p += 1 : this.#w() && (this.#p -= 1), this.#k() && !this.#p ? this.#r(6, 1) : this.#x() ? this.#r(7, 0) : this.#h() ? this.#r(8, 1) : this.#f() && this.#r(9, 1);
            break;
          case 6:
            this.#x() ? this.#r(7, 0) : this.#h() ? this.#r(8, 1) : this.#f() && this.#r(9, 1);
            break;
          case 7:
            this.#h() ? this.#r(8, 1) : this.#f() && this.#r(9, 1);
            break;
          case 8:
            this.#f() && this.#r(9, 1);
            break;
          case 9:
            break;
          case 10:
            break;
        }
      }
      this.#t.hostname !== void 0 && this.#t.port === void 0 && (this.#t.port = "");
    }
    #r(t2, r2) {
      switch (this.#o) {
        case 0:
          break;
        case 1:
          this.#t.protocol = this.#c();
          break;
        case 2:
          break;
        case 3:
          this.#t.username = this.#c();
          break;
        case 4:
          this.#t.password = this.#c();
          break;
        case 5:
          this.#t.hostname = this.#c();
          break;
        case 6:
          this.#t.port = this.#c();
          break;
        case 7:
          this.#t.pathname = this.#c();
          break;
        case 8:
          this.#t.search = this.#c();
          break;
        case 9:
          this.#t.hash = this.#c();
          break;
        case 10:
          break;
      }
      this.#o !== 0 && t2 !== 10 && ([1, 2, 3, 4].includes(this.#o) && [6, 7, 8, 9].includes(t2) && (this.#t.hostname ??= ""), [1, 2, 3, 4, 5, 6].includes(this.#o) && [8, 9].includes(t2) && (this.#t.pathname ??= this.#g ? "/" : ""), [1, 2, 3, 4, 5, 6, 7].includes(this.#o) && t2 === 9 && (this.#t.search ??= "")), this.#R(t2, r2);
    }
    #R(t2, r2) {
      this.#o = t2, this.#l = this.#e + r2, this.#e += r2, this.#s = 0;
    }
    #b() {
      this.#e = this.#l, this.#s = 0;
    }
    #u(t2) {
      this.#b(), this.#o = t2;
    }
    #m(t2) {
      return t2 < 0 && (t2 = this.#n.length - t2), t2 < this.#n.length ? this.#n[t2] : this.#n[this.#n.length - 1];
    }
    #a(t2, r2) {
      let n2 = this.#m(t2);
      return n2.value === r2 && (n2.type === "CHAR" || n2.type === "ESCAPED_CHAR" || n2.type === "INVALID_CHAR");
    }
    #P() {
      return this.#a(this.#e, ":");
    }
    #E() {
      return this.#a(this.#e + 1, "/") && this.#a(this.#e + 2, "/");
    }
    #S() {
      return this.#a(this.#e, "@");
    }
    #O() {
      return this.#a(this.#e, ":");
    }
    #k() {
      return this.#a(this.#e, ":");
    }
    #x() {
      return this.#a(this.#e, "/");
    }
    #h() {
      if (this.#a(this.#e, "?")) return true;
      if (this.#n[this.#e].value !== "?") return false;
      let t2 = this.#m(this.#e - 1);
      return t2.type !== "NAME" && t2.type !== "REGEX" && t2.type !== "CLOSE" && t2.type !== "ASTERISK";
    }
    #f() {
      return this.#a(this.#e, "#");
    }
    #T() {
      return this.#n[this.#e].type == "OPEN";
    }
    #A() {
      return this.#n[this.#e].type == "CLOSE";
    }
    #y() {
      return this.#a(this.#e, "[");
    }
    #w() {
      return this.#a(this.#e, "]");
    }
    #c() {
      let t2 = this.#n[this.#e], r2 = this.#m(this.#l).index;
      return this.#i.substring(r2, t2.index);
    }
    #C() {
      let t2 = {};
      Object.assign(t2, b2), t2.encodePart = w2;
      let r2 = q2(this.#c(), void 0, t2);
      this.#g = U2(r2);
    }
  };
  a2(C2, "Parser");
  var V2 = ["protocol", "username", "password", "hostname", "port", "pathname", "search", "hash"];
  var O2 = "*";
  function Se2(e2, t2) {
    if (typeof e2 != "string") throw new TypeError("parameter 1 is not of type 'string'.");
    let r2 = new URL(e2, t2);
    return { protocol: r2.protocol.substring(0, r2.protocol.length - 1), username: r2.username, password: r2.password, hostname: r2.hostname, port: r2.port, pathname: r2.pathname, search: r2.search !== "" ? r2.search.substring(1, r2.search.length) : void 0, hash: r2.hash !== "" ? r2.hash.substring(1, r2.hash.length) : void 0 };
  }
  a2(Se2, "extractValues");
  function R2(e2, t2) {
    return t2 ? I2(e2) : e2;
  }
  a2(R2, "processBaseURLString");
  function L5(e2, t2, r2) {
    let n2;
    if (typeof t2.baseURL == "string") try {
      n2 = new URL(t2.baseURL), t2.protocol === void 0 && (e2.protocol = R2(n2.protocol.substring(0, n2.protocol.length - 1), r2)), !r2 && t2.protocol === void 0 && t2.hostname === void 0 && t2.port === void 0 && t2.username === void 0 && (e2.username = R2(n2.username, r2)), !r2 && t2.protocol === void 0 && t2.hostname === void 0 && t2.port === void 0 && t2.username === void 0 && t2.password === void 0 && (e2.password = R2(n2.password, r2)), t2.protocol === void 0 && t2.hostname === void 0 && (e2.hostname = R2(n2.hostname, r2)), t2.protocol === void 0 && t2.hostname === void 0 && t2.port === void 0 && (e2.port = R2(n2.port, r2)), t2.protocol === void 0 && t2.hostname === void 0 && t2.port === void 0 && t2.pathname === void 0 && (e2.pathname = R2(n2.pathname, r2)), t2.protocol === void 0 && t2.hostname === void 0 && t2.port === void 0 && t2.pathname === void 0 && t2.search === void 0 && (e2.search = R2(n2.search.substring(1, n2.search.length), r2)), t2.protocol === void 0 && t2.hostname === void 0 && t2.port === void 0 && t2.pathname === void 0 && t2.search === void 0 && t2.hash === void 0 && (e2.hash = R2(n2.hash.substring(1, n2.hash.length), r2));
    } catch {
      throw new TypeError(`invalid baseURL '${t2.baseURL}'.`);
    }
    if (typeof t2.protocol == "string" && (e2.protocol = fe2(t2.protocol, r2)), typeof t2.username == "string" && (e2.username = oe2(t2.username, r2)), typeof t2.password == "string" && (e2.password = ae2(t2.password, r2)), typeof t2.hostname == "string" && (e2.hostname = ie2(t2.hostname, r2)), typeof t2.port == "string" && (e2.port = le2(t2.port, e2.protocol, r2)), typeof t2.pathname == "string") {
      if (e2.pathname = t2.pathname, n2 && !ee2(e2.pathname, r2)) {
        let c2 = n2.pathname.lastIndexOf("/");
        c2 >= 0 && (e2.pathname = R2(n2.pathname.substring(0, c2 + 1), r2) + e2.pathname);
      }
      e2.pathname = ce2(e2.pathname, e2.protocol, r2);
    }
    return typeof t2.search == "string" && (e2.search = se2(t2.search, r2)), typeof t2.hash == "string" && (e2.hash = ne2(t2.hash, r2)), e2;
  }
  a2(L5, "applyInit");
  function I2(e2) {
    return e2.replace(/([+*?:{}()\\])/g, "\\$1");
  }
  a2(I2, "escapePatternString");
  function Te2(e2) {
    return e2.replace(/([.+*?^${}()[\]|/\\])/g, "\\$1");
  }
  a2(Te2, "escapeRegexpString");
  function Ae2(e2, t2) {
    t2.delimiter ??= "/#?", t2.prefixes ??= "./", t2.sensitive ??= false, t2.strict ??= false, t2.end ??= true, t2.start ??= true, t2.endsWith = "";
    let r2 = ".*", n2 = `[^${Te2(t2.delimiter)}]+?`, c2 = /[$_\u200C\u200D\p{ID_Continue}]/u, l2 = "";
    for (let f2 = 0; f2 < e2.length; ++f2) {
      let s2 = e2[f2];
      if (s2.type === 3) {
        if (s2.modifier === 3) {
          l2 += I2(s2.value);
          continue;
        }
        l2 += `{${I2(s2.value)}}${T2(s2.modifier)}`;
        continue;
      }
      let i2 = s2.hasCustomName(), o2 = !!s2.suffix.length || !!s2.prefix.length && (s2.prefix.length !== 1 || !t2.prefixes.includes(s2.prefix)), h2 = f2 > 0 ? e2[f2 - 1] : null, p2 = f2 < e2.length - 1 ? e2[f2 + 1] : null;
      if (!o2 && i2 && s2.type === 1 && s2.modifier === 3 && p2 && !p2.prefix.length && !p2.suffix.length) if (p2.type === 3) {
        let A2 = p2.value.length > 0 ? p2.value[0] : "";
        o2 = c2.test(A2);
      } else o2 = !p2.hasCustomName();
      if (!o2 && !s2.prefix.length && h2 && h2.type === 3) {
        let A2 = h2.value[h2.value.length - 1];
        o2 = t2.prefixes.includes(A2);
      }
      o2 && (l2 += "{"), l2 += I2(s2.prefix), i2 && (l2 += `:${s2.name}`), s2.type === 2 ? l2 += `(${s2.value})` : s2.type === 1 ? i2 || (l2 += `(${n2})`) : s2.type === 0 && (!i2 && (!h2 || h2.type === 3 || h2.modifier !== 3 || o2 || s2.prefix !== "") ? l2 += "*" : l2 += `(${r2})`), s2.type === 1 && i2 && s2.suffix.length && c2.test(s2.suffix[0]) && (l2 += "\\"), l2 += I2(s2.suffix), o2 && (l2 += "}"), s2.modifier !== 3 && (l2 += T2(s2.modifier));
    }
    return l2;
  }
  a2(Ae2, "partsToPattern");
  var Y2 = class {
    #i;
    #n = {};
    #t = {};
    #e = {};
    #s = {};
    #l = false;
    constructor(t2 = {}, r2, n2) {
      try {
        let c2;
        if (typeof r2 == "string" ? c2 = r2 : n2 = r2, typeof t2 == "string") {
          let i2 = new C2(t2);
          if (i2.parse(), t2 = i2.result, c2 === void 0 && typeof t2.protocol != "string") throw new TypeError("A base URL must be provided for a relative constructor string.");
          t2.baseURL = c2;
        } else {
          if (!t2 || typeof t2 != "object") throw new TypeError("parameter 1 is not of type 'string' and cannot convert to dictionary.");
          if (c2) throw new TypeError("parameter 1 is not of type 'string'.");
        }
        typeof n2 > "u" && (n2 = { ignoreCase: false });
        let l2 = { ignoreCase: n2.ignoreCase === true }, f2 = { pathname: O2, protocol: O2, username: O2, password: O2, hostname: O2, port: O2, search: O2, hash: O2 };
        this.#i = L5(f2, t2, true), z2(this.#i.protocol) === this.#i.port && (this.#i.port = "");
        let s2;
        for (s2 of V2) {
          if (!(s2 in this.#i)) continue;
          let i2 = {}, o2 = this.#i[s2];
          switch (this.#t[s2] = [], s2) {
            case "protocol":
              Object.assign(i2, b2), i2.encodePart = w2;
              break;
            case "username":
              Object.assign(i2, b2), i2.encodePart = he2;
              break;
            case "password":
              Object.assign(i2, b2), i2.encodePart = ue2;
              break;
            case "hostname":
              Object.assign(i2, J2), _2(o2) ? i2.encodePart = K2 : i2.encodePart = j2;
              break;
            case "port":
              Object.assign(i2, b2), i2.encodePart = G2;
              break;
            case "pathname":
              U2(this.#n.protocol) ? (Object.assign(i2, Q2, l2), i2.encodePart = de2) : (Object.assign(i2, b2, l2), i2.encodePart = pe2);
              break;
            case "search":
              Object.assign(i2, b2, l2), i2.encodePart = ge2;
              break;
            case "hash":
              Object.assign(i2, b2, l2), i2.encodePart = me2;
              break;
          }
          try {
            this.#s[s2] = F2(o2, i2), this.#n[s2] = W2(this.#s[s2], this.#t[s2], i2), this.#e[s2] = Ae2(this.#s[s2], i2), this.#l = this.#l || this.#s[s2].some((h2) => h2.type === 2);
          } catch {
            throw new TypeError(`invalid ${s2} pattern '${this.#i[s2]}'.`);
          }
        }
      } catch (c2) {
        throw new TypeError(`Failed to construct 'URLPattern': ${c2.message}`);
      }
    }
    get [Symbol.toStringTag]() {
      return "URLPattern";
    }
    test(t2 = {}, r2) {
      let n2 = { pathname: "", protocol: "", username: "", password: "", hostname: "", port: "", search: "", hash: "" };
      if (typeof t2 != "string" && r2) throw new TypeError("parameter 1 is not of type 'string'.");
      if (typeof t2 > "u") return false;
      try {
        typeof t2 == "object" ? n2 = L5(n2, t2, false) : n2 = L5(n2, Se2(t2, r2), false);
      } catch {
        return false;
      }
      let c2;
      for (c2 of V2) if (!this.#n[c2].exec(n2[c2])) return false;
      return true;
    }
    exec(t2 = {}, r2) {
      let n2 = { pathname: "", protocol: "", username: "", password: "", hostname: "", port: "", search: "", hash: "" };
      if (typeof t2 != "string" && r2) throw new TypeError("parameter 1 is not of type 'string'.");
      if (typeof t2 > "u") return;
      try {
        typeof t2 == "object" ? n2 = L5(n2, t2, false) : n2 = L5(n2, Se2(t2, r2), false);
      } catch {
        return null;
      }
      let c2 = {};
      r2 ? c2.inputs = [t2, r2] : c2.inputs = [t2];
      let l2;
      for (l2 of V2) {
        let f2 = this.#n[l2].exec(n2[l2]);
        if (!f2) return null;
        let s2 = {};
        for (let [i2, o2] of this.#t[l2].entries()) if (typeof o2 == "string" || typeof o2 == "number") {
          let h2 = f2[i2 + 1];
          s2[o2] = h2;
        }
        c2[l2] = { input: n2[l2] ?? "", groups: s2 };
      }
      return c2;
    }
    static compareComponent(t2, r2, n2) {
      let c2 = a2((i2, o2) => {
        for (let h2 of ["type", "modifier", "prefix", "value", "suffix"]) {
          if (i2[h2] < o2[h2]) return -1;
          if (i2[h2] === o2[h2]) continue;
          return 1;
        }
        return 0;
      }, "comparePart"), l2 = new P2(3, "", "", "", "", 3), f2 = new P2(0, "", "", "", "", 3), s2 = a2((i2, o2) => {
        let h2 = 0;
        for (; h2 < Math.min(i2.length, o2.length); ++h2) {
          let p2 = c2(i2[h2], o2[h2]);
          if (p2) return p2;
        }
        return i2.length === o2.length ? 0 : c2(i2[h2] ?? l2, o2[h2] ?? l2);
      }, "comparePartList");
      return !r2.#e[t2] && !n2.#e[t2] ? 0 : r2.#e[t2] && !n2.#e[t2] ? s2(r2.#s[t2], [f2]) : !r2.#e[t2] && n2.#e[t2] ? s2([f2], n2.#s[t2]) : s2(r2.#s[t2], n2.#s[t2]);
    }
    get protocol() {
      return this.#e.protocol;
    }
    get username() {
      return this.#e.username;
    }
    get password() {
      return this.#e.password;
    }
    get hostname() {
      return this.#e.hostname;
    }
    get port() {
      return this.#e.port;
    }
    get pathname() {
      return this.#e.pathname;
    }
    get search() {
      return this.#e.search;
    }
    get hash() {
      return this.#e.hash;
    }
    get hasRegExpGroups() {
      return this.#l;
    }
  };
  a2(Y2, "URLPattern");

  // web/timing.ts
  var origin;
  var latest = 0;
  var performance = {
    /** Counted from the first use, which is at 1: a zygote lives long before its isolates do. */
    get timeOrigin() {
      origin ??= Date.now() - 1;
      return origin;
    },
    /** Milliseconds, never less than before. */
    now() {
      latest = Math.max(latest, Date.now() - performance.timeOrigin);
      return latest;
    },
    toJSON() {
      return { timeOrigin: performance.timeOrigin };
    }
  };
  var navigator = Object.freeze({ userAgent: "flora", hardwareConcurrency: 1, language: "en-US", languages: Object.freeze(["en-US"]) });

  // web/events.ts
  var wayOf;
  var Event = class _Event {
    static NONE = 0;
    static CAPTURING_PHASE = 1;
    static AT_TARGET = 2;
    static BUBBLING_PHASE = 3;
    #type;
    #init;
    #timeStamp = performance.now();
    #way = { target: null, current: null, dispatching: false, stopped: false, passive: false, trusted: false };
    #prevented = false;
    #propagates = true;
    static {
      wayOf = (event) => event.#way;
    }
    constructor(type, init2 = {}) {
      needs(arguments, 1, "an Event");
      this.#type = `${type}`;
      this.#init = { bubbles: Boolean(init2?.bubbles), cancelable: Boolean(init2?.cancelable), composed: Boolean(init2?.composed) };
    }
    get type() {
      return this.#type;
    }
    get bubbles() {
      return this.#init.bubbles;
    }
    get cancelable() {
      return this.#init.cancelable;
    }
    get composed() {
      return this.#init.composed;
    }
    get timeStamp() {
      return this.#timeStamp;
    }
    get isTrusted() {
      return this.#way.trusted;
    }
    get target() {
      return this.#way.target;
    }
    get srcElement() {
      return this.#way.target;
    }
    get currentTarget() {
      return this.#way.current;
    }
    get eventPhase() {
      return this.#way.dispatching ? _Event.AT_TARGET : _Event.NONE;
    }
    get defaultPrevented() {
      return this.#prevented;
    }
    get returnValue() {
      return !this.#prevented;
    }
    set returnValue(value) {
      if (!value) this.preventDefault();
    }
    get cancelBubble() {
      return !this.#propagates;
    }
    set cancelBubble(value) {
      if (value) this.stopPropagation();
    }
    preventDefault() {
      if (this.cancelable && !this.#way.passive) this.#prevented = true;
    }
    composedPath() {
      return this.#way.current === null ? [] : [this.#way.current];
    }
    stopPropagation() {
      this.#propagates = false;
    }
    stopImmediatePropagation() {
      this.#propagates = false;
      this.#way.stopped = true;
    }
  };
  var CustomEvent = class extends Event {
    #detail;
    constructor(type, init2 = {}) {
      needs(arguments, 1, "a CustomEvent");
      super(type, init2);
      this.#detail = init2?.detail ?? null;
    }
    get detail() {
      return this.#detail;
    }
  };
  var endsOf = () => void 0;
  function setEnds(ends) {
    endsOf = ends;
  }
  var fire;
  var EventTarget = class {
    #listeners = /* @__PURE__ */ new Map();
    addEventListener(type, callback2, options = false) {
      needs(arguments, 2, "addEventListener");
      const { capture, once: once2, passive, signal } = optionsOf2(options);
      if (callback2 !== null && callback2 !== void 0 && typeof callback2 !== "function" && typeof callback2 !== "object") {
        throw new TypeError("a listener is a function, or an object with handleEvent");
      }
      if (callback2 === null || callback2 === void 0 || signal?.aborted) return;
      const name = `${type}`;
      const listening = this.#listeners.get(name) ?? [];
      if (listening.some((one) => one.callback === callback2 && one.capture === capture)) return;
      this.#listeners.set(name, [...listening, { callback: callback2, capture, once: once2, passive, gone: false }]);
      endsOf(signal)?.(() => this.removeEventListener(name, callback2, { capture }));
    }
    removeEventListener(type, callback2, options = false) {
      needs(arguments, 2, "removeEventListener");
      const capture = Boolean(typeof options === "object" && options !== null ? options.capture : options);
      const name = `${type}`;
      const listening = this.#listeners.get(name) ?? [];
      const found2 = listening.find((one) => one.callback === callback2 && one.capture === capture);
      if (found2 === void 0) return;
      found2.gone = true;
      this.#listeners.set(name, listening.filter((one) => one !== found2));
    }
    dispatchEvent(event) {
      if (!(event instanceof Event)) throw new TypeError("dispatchEvent needs an Event");
      if (wayOf(event).dispatching) throw new DOMException("the event is being dispatched already", "InvalidStateError");
      return send(this, event, this.#listeners.get(event.type) ?? [], false);
    }
    static {
      fire = (target, event) => void send(target, event, target.#listeners.get(event.type) ?? [], true);
    }
  };
  function send(target, event, listening, trusted) {
    const way = wayOf(event);
    Object.assign(way, { target, current: target, dispatching: true, trusted });
    for (const one of listening) {
      if (one.gone) continue;
      if (one.once) target.removeEventListener(event.type, one.callback, { capture: one.capture });
      way.passive = one.passive;
      try {
        call(one.callback, target, event);
      } catch (error) {
        host.uncaught(error, event.type);
      }
      way.passive = false;
      if (way.stopped) break;
    }
    Object.assign(way, { current: null, dispatching: false, stopped: false });
    return !event.defaultPrevented;
  }
  function call(callback2, target, event) {
    if (typeof callback2 === "function") return void callback2.call(target, event);
    const { handleEvent } = callback2;
    if (typeof handleEvent !== "function") throw new TypeError("a listener has no handleEvent function");
    handleEvent.call(callback2, event);
  }
  function optionsOf2(options) {
    if (typeof options !== "object" || options === null) return { capture: Boolean(options), once: false, passive: false, signal: void 0 };
    const { capture, once: once2, passive, signal } = options;
    if (signal !== void 0 && endsOf(signal) === void 0) throw new TypeError("the signal of a listener is an AbortSignal");
    return { capture: Boolean(capture), once: Boolean(once2), passive: Boolean(passive), signal };
  }

  // web/abort.ts
  var own = /* @__PURE__ */ Symbol("made by a controller");
  var abort;
  var whenAborted;
  var unfollow;
  var AbortSignal = class _AbortSignal extends EventTarget {
    #aborted = false;
    #reason;
    #handler = null;
    #listens = false;
    #steps = /* @__PURE__ */ new Set();
    /** Those made of several that end with this one; never of one that follows others itself. */
    #followers = /* @__PURE__ */ new Set();
    #sources = /* @__PURE__ */ new Set();
    static {
      abort = (signal, reason) => signal.#abort(reason === void 0 ? new DOMException("This operation was aborted", "AbortError") : reason);
      whenAborted = (signal, run2) => {
        if (!signal.#aborted) signal.#steps.add(run2);
        return () => void signal.#steps.delete(run2);
      };
      unfollow = (signal) => {
        for (const source of signal.#sources) source.#followers.delete(signal);
      };
      setEnds((signal) => signal instanceof _AbortSignal ? (run2) => void whenAborted(signal, run2) : void 0);
    }
    constructor(key2) {
      super();
      if (key2 !== own) throw new TypeError("an AbortSignal comes from an AbortController");
    }
    static abort(reason) {
      const signal = new _AbortSignal(own);
      abort(signal, reason);
      return signal;
    }
    /** Aborts after so many milliseconds. */
    static timeout(ms) {
      needs(arguments, 1, "AbortSignal.timeout");
      const wait = Math.trunc(Number(ms));
      if (!(wait >= 0 && wait <= Number.MAX_SAFE_INTEGER)) throw new TypeError(`${String(ms)} is no number of milliseconds`);
      const signal = new _AbortSignal(own);
      setTimer(() => abort(signal, new DOMException("The operation timed out", "TimeoutError")), wait);
      return signal;
    }
    /** Aborts when one of them does. */
    static any(signals) {
      needs(arguments, 1, "AbortSignal.any");
      const all = [...signals];
      if (!all.every((one) => one instanceof _AbortSignal)) throw new TypeError("AbortSignal.any takes AbortSignals");
      const signal = new _AbortSignal(own);
      const aborted = all.find((one) => one.#aborted);
      if (aborted === void 0) for (const one of all) signal.#follow(one);
      else [signal.#aborted, signal.#reason] = [true, aborted.#reason];
      return signal;
    }
    #follow(other) {
      for (const source of other.#sources.size > 0 ? other.#sources : [other]) {
        this.#sources.add(source);
        source.#followers.add(this);
      }
    }
    get aborted() {
      return this.#aborted;
    }
    get reason() {
      return this.#reason;
    }
    get onabort() {
      return this.#handler;
    }
    /** Its place among the listeners is where it was set first. */
    set onabort(handler) {
      this.#handler = typeof handler === "function" || typeof handler === "object" && handler !== null ? handler : null;
      if (this.#listens || this.#handler === null) return;
      this.#listens = true;
      this.addEventListener("abort", (event) => {
        if (typeof this.#handler === "function") this.#handler.call(this, event);
      });
    }
    throwIfAborted() {
      if (this.#aborted) throw this.#reason;
    }
    /** All that end with it have ended before anybody is told. */
    #abort(reason) {
      if (this.#aborted) return;
      const ending = [this, ...this.#followers].filter((one) => !one.#aborted);
      for (const one of ending) [one.#aborted, one.#reason] = [true, reason];
      for (const one of ending) one.#end();
    }
    #end() {
      const steps = [...this.#steps];
      this.#steps.clear();
      this.#followers.clear();
      for (const run2 of steps) run2();
      fire(this, new Event("abort"));
    }
  };
  var AbortController2 = class {
    #signal = new AbortSignal(own);
    get signal() {
      return this.#signal;
    }
    abort(reason) {
      abort(this.#signal, reason);
    }
  };

  // web/decodings.ts
  var Utf8Decoding = class {
    #point = 0;
    #needed = 0;
    #lower = 128;
    #upper = 191;
    #fail;
    constructor(fail) {
      this.#fail = fail;
    }
    decode(bytes, out) {
      for (let index = 0; index < bytes.length; index++) {
        const byte = bytes[index];
        if (this.#needed === 0) {
          if (byte < 128) out.add(byte);
          else this.#begin(byte, out);
        } else if (byte < this.#lower || byte > this.#upper) {
          this.#reset();
          this.#fail(out);
          index--;
        } else {
          this.#lower = 128;
          this.#upper = 191;
          this.#point = this.#point << 6 | byte & 63;
          if (--this.#needed === 0) out.addPoint(this.#point);
        }
      }
    }
    #begin(byte, out) {
      if (byte >= 194 && byte <= 223) this.#expect(1, byte & 31);
      else if (byte >= 224 && byte <= 239) {
        if (byte === 224) this.#lower = 160;
        if (byte === 237) this.#upper = 159;
        this.#expect(2, byte & 15);
      } else if (byte >= 240 && byte <= 244) {
        if (byte === 240) this.#lower = 144;
        if (byte === 244) this.#upper = 143;
        this.#expect(3, byte & 7);
      } else this.#fail(out);
    }
    #expect(needed, point) {
      this.#needed = needed;
      this.#point = point;
    }
    #reset() {
      this.#needed = 0;
      this.#lower = 128;
      this.#upper = 191;
    }
    end(out) {
      if (this.#needed === 0) return;
      this.#reset();
      this.#fail(out);
    }
  };
  var Utf16Decoding = class {
    constructor(bigEndian, fail) {
      this.bigEndian = bigEndian;
      this.fail = fail;
    }
    bigEndian;
    fail;
    #byte;
    #high;
    decode(bytes, out) {
      for (const byte of bytes) {
        if (this.#byte === void 0) {
          this.#byte = byte;
          continue;
        }
        const unit = this.bigEndian ? this.#byte << 8 | byte : byte << 8 | this.#byte;
        this.#byte = void 0;
        this.#take(unit, out);
      }
    }
    #take(unit, out) {
      const isLow = unit >= 56320 && unit <= 57343;
      if (this.#high !== void 0) {
        const high = this.#high;
        this.#high = void 0;
        if (isLow) {
          out.add(high);
          return out.add(unit);
        }
        this.fail(out);
      }
      if (isLow) this.fail(out);
      else if (unit >= 55296 && unit <= 56319) this.#high = unit;
      else out.add(unit);
    }
    end(out) {
      if (this.#byte !== void 0 || this.#high !== void 0) this.fail(out);
      this.#byte = this.#high = void 0;
    }
  };
  var SingleByteDecoding = class {
    constructor(characters2, fail) {
      this.characters = characters2;
      this.fail = fail;
    }
    characters;
    fail;
    decode(bytes, out) {
      for (const byte of bytes) {
        const unit = byte < 128 ? byte : this.characters.charCodeAt(byte - 128);
        if (unit === 65533) this.fail(out);
        else out.add(unit);
      }
    }
    end() {
    }
  };

  // web/single_bytes.ts
  var HEBREW = "3k:x - 4i:8 5z 4r:f 6v 57:4 -:w 6c7 15c:r -:2 6by:2 -";
  var SINGLE_BYTES = {
    ibm866: [
      "866 cp866 csibm866",
      "sw:1c 7f5:3 7b6 7c4 7dt:2 7di 7dh 7dv 7dd 7dj 7dp 7do 7dn 7bk 7bo 7ck 7cc 7bw 7b4 7cs 7dq:2 7dm 7dg 7e1 7dy 7ds 7dc 7e4 7dz:2 7dw:2 7dl 7dk 7de:2 7e3 7e2 7bs 7bg 7ew 7es 7f0 7f4 7eo u8:g sh up sk us sn uv su v2 4w 6qh 53 6qi 6ja 4k 7fk 4g"
    ],
    "iso-8859-2": [
      "csisolatin2 iso-ir-101 iso8859-2 iso88592 iso_8859-2 iso_8859-2:1987 l2 latin2",
      "3k:x 78 k8 8x 4k 8t 9m 4n:2 9s 9q 9w ah 4t al aj 4w 79 kb 8y 50 8u 9n jr 54 9t 9r 9x ai kd am ak 9g 5d:2 76 5g 8p 7a 5j 7g 5l 7s 5n 7u 5p:2 7i 7k 8z 93 5v:2 9c 5y:2 9k a6 62 a8 64:2 9u 67 9h 69:2 77 6c 8q 7b 6f 7h 6h 7t 6j 7v 6l:2 7j 7l 90 94 6r:2 9d 6u:2 9l a7 6y a9 70:2 9v k9"
    ],
    "iso-8859-3": [
      "csisolatin3 iso-ir-109 iso8859-3 iso88593 iso_8859-3 iso_8859-3:1988 l3 latin3",
      "3k:x 86 k8 4j:2 - 84 4n:2 8g 9q 7y 8k 4t - aj 4w 87 4y:4 85 53:2 8h 9r 7z 8l 59 - ak 5c:3 - 5g 7e 7c 5j:9 - 5t:4 80 5y:2 7w 61:4 a4 9o 67:4 - 6c 7f 7d 6f:9 - 6p:4 81 6u:2 7x 6x:4 a5 9p k9"
    ],
    "iso-8859-4": [
      "csisolatin4 iso-ir-110 iso8859-4 iso88594 iso_8859-4 iso_8859-4:1988 l4 latin4",
      "3k:x 78 8o 9i 4k 88 8r 4n:2 9s 7m 82 9y 4t al 4v:2 79 kb 9j 50 89 8s jr 54 9t 7n 83 9z 96 am 97 74 5d:6 8e 7g 5l 7s 5n 7q 5p:2 8a 7k 91 98 8m 5w:5 aa 62:3 a0 a2 67 75 69:6 8f 7h 6h 7t 6j 7r 6l:2 8b 7l 92 99 8n 6s:5 ab 6y:3 a1 a3 k9"
    ],
    "iso-8859-5": [
      "csisolatincyrillic cyrillic iso-ir-144 iso8859-5 iso88595 iso_8859-5 iso_8859-5:1988",
      "3k:x sh:c 4t su:1u 6ja up:c 4n v2:2"
    ],
    "iso-8859-6": [
      "arabic asmo-708 csiso88596e csiso88596i csisolatinarabic ecma-114 iso-8859-6-e iso-8859-6-i iso-ir-127 iso8859-6 iso88596 iso_8859-6 iso_8859-6:1987",
      "3k:x -:3 4k -:7 170 4t -:d 17f -:3 17j - 17l:q -:5 18g:j -:d"
    ],
    "iso-8859-7": [
      "csisolatingreek ecma-118 elot_928 greek greek8 iso-ir-126 iso8859-7 iso88597 iso_8859-7 iso_8859-7:1987 sun_eu_greek",
      "3k:x 6c8:2 4j 6gc 6gf 4m:4 oq 4r:3 - 6c5 4w:4 p0:3 53 p4:3 57 p8 59 pa:k - pv:18 -"
    ],
    "iso-8859-8": [
      "csiso88598e csisolatinhebrew hebrew iso-8859-8-e iso-ir-138 iso8859-8 iso88598 iso_8859-8 iso_8859-8:1988 visual",
      HEBREW
    ],
    "iso-8859-8-i": ["csiso88598i logical", HEBREW],
    "iso-8859-10": [
      "csisolatin6 iso-ir-157 iso8859-10 iso885910 l6 latin6",
      "3k:x 78 7m 82 8a 88 8m 4n 8r 7k 9s 9y al 4t a2 96 4w 79 7n 83 8b 89 8n 53 8s 7l 9t 9z am 6c5 a3 97 74 5d:6 8e 7g 5l 7s 5n 7q 5p:4 91 98 5v:4 a0 60 aa 62:6 75 69:6 8f 7h 6h 7t 6j 7r 6l:4 92 99 6r:4 a1 6w ab 6y:5 8o"
    ],
    "iso-8859-13": [
      "iso8859-13 iso885913",
      "3k:x 6cd 4i:3 6ce 4m:2 60 4p 9i 4r:4 5i 4w:4 6cc 51:3 6w 55 9j 57:4 6e 78 8e 74 7a 5g:2 7s 7m 7g 5l ah 7q 82 8m 8a 8r 9s 8z 91 5v 98 5x:3 aa 8x 9m a2 64 aj al 67 79 8f 75 7b 6c:2 7t 7n 7h 6h ai 7r 83 8n 8b 8s 9t 90 92 6r 99 6t:3 ab 8y 9n a3 70 ak am 6c9"
    ],
    "iso-8859-14": [
      "iso8859-14 iso885914",
      "3k:x 5xe:2 4j 7e:2 5xm 4n 60w 4p 60y 5xn 642 4t:2 ag 5y6:2 80:2 5z4:2 52 5zq 60x 5zr 60z 600 643 610:2 601 5c:g ac 5t:6 60a 60:6 ae 67:h ad 6p:6 60b 6w:6 af 73"
    ],
    "iso-8859-15": [
      "csisolatin9 iso8859-15 iso885915 iso_8859-15 l9",
      "3k:10 6gc 4l 9s 4n 9t 4p:b al 51:3 am 55:3 9e:2 ag 5b:1t"
    ],
    "iso-8859-16": [
      "",
      "3k:x 78:2 8x 6gc 6ce 9s 4n 9t 4p ew 4r ah 4t ai:2 4w:2 7g 8y al 6cd 52:2 am 7h ex 57 9e:2 ag ak 5c:3 76 5g 7a 5i:a 7k 8z 5u:3 9c 5y 9m a8 61:4 7s ey 67:4 77 6c 7b 6e:a 7l 90 6q:3 9d 6u 9n a9 6x:4 7t ez 73"
    ],
    "koi8-r": [
      "cskoi8r koi koi8 koi8_r",
      "7b4 7b6 7bg 7bk 7bo 7bs 7bw 7c4 7cc 7ck 7cs 7eo 7es 7ew 7f0 7f4:4 6xs 7fk 6qh:2 6rs 6sk:2 4g 6xt 4w 4y 53 6v 7dc:3 up 7df:f sh 7du:b 4p um ts:2 ue tw:2 uc tv ud u0:8 un u8:4 ty tu uk uj tz ug ul uh uf ui tq sw:2 ti t0:2 tg sz th t4:8 tr tc:4 t2 sy to tn t3 tk tp tl tj tm"
    ],
    "koi8-u": [
      "koi8-ru",
      "7b4 7b6 7bg 7bk 7bo 7bs 7bw 7c4 7cc 7ck 7cs 7eo 7es 7ew 7f0 7f4:4 6xs 7fk 6qh:2 6rs 6sk:2 4g 6xt 4w 4y 53 6v 7dc:3 up us 7dg uu:2 7dj:5 wh v2 7dq:4 sh sk 7dv sm:2 7dy:5 wg su 4p um ts:2 ue tw:2 uc tv ud u0:8 un u8:4 ty tu uk uj tz ug ul uh uf ui tq sw:2 ti t0:2 tg sz th t4:8 tr tc:4 t2 sy to tn t3 tk tp tl tj tm"
    ],
    macintosh: [
      "csmacintosh mac x-mac-roman",
      "5g:2 5j 5l 5t 5y 64 69 68 6a 6c 6b 6d 6f 6h 6g 6i:2 6l 6k 6m:2 6p 6r 6q 6s 6u 6t 6y 6x 6z:2 6cg 4w 4i:2 4n 6ci 52 67 4u 4p 6jm 50 4o 6sg 5i 60 6qm 4x 6sk:2 4l 51 6pu 6q9 6q7 qo 6qz 4q 56 q1 6e 6w 5b 4h 4s 6qi b6 6rs 6py 4r 57 6cm 4g 5c 5f 5x 9e:2 6c3:2 6cc:2 6c8:2 6v 7gq 73 ag 6dg 6gc 6d5:2 1dkx:2 6ch 53 6ca 6ce 6cw 5e 5m 5d 5n 5k 5p:3 5o 5v:2 1d6n 5u 62:2 61 8h jq kc 4v k8:3 54 kd kb jr"
    ],
    "windows-874": [
      "dos-874 iso-8859-11 iso8859-11 iso885911 tis-620",
      "6gc 3l:4 6cm 3q:b 6c8:2 6cc:2 6ci 6c3:2 48:9 2rl:1m -:4 2tb:t -:4"
    ],
    "windows-1250": [
      "cp1250 x-cp1250",
      "6gc 3l 6ca 3n 6ce 6cm 6cg:2 3s 6cw 9s 6d5 9m 9w al ah 40 6c8:2 6cc:2 6ci 6c3:2 48 6jm 9t 6d6 9n 9x am ai 4g jr k8 8x 4k 78 4m:4 9q 4r:4 aj 4w:2 kb 8y 50:5 79 9r 57 8t kd 8u ak 9g 5d:2 76 5g 8p 7a 5j 7g 5l 7s 5n 7u 5p:2 7i 7k 8z 93 5v:2 9c 5y:2 9k a6 62 a8 64:2 9u 67 9h 69:2 77 6c 8q 7b 6f 7h 6h 7t 6j 7v 6l:2 7j 7l 90 94 6r:2 9d 6u:2 9l a7 6y a9 70:2 9v k9"
    ],
    "windows-1251": [
      "cp1251 x-cp1251",
      "si:2 6ca ur 6ce 6cm 6cg:2 6gc 6cw sp 6d5 sq ss sr sv uq 6c8:2 6cc:2 6ci 6c3:2 48 6jm ux 6d6 uy v0 uz v3 4g su v2 so 4k wg 4m:2 sh 4p sk 4r:4 sn 4w:2 sm uu wh 51:3 up 6ja us 57 uw sl ut uv sw:1s"
    ],
    "windows-1252": [
      "ansi_x3.4-1968 ascii cp1252 cp819 csisolatin1 ibm819 iso-8859-1 iso-ir-100 iso8859-1 iso88591 iso_8859-1 iso_8859-1:1987 l1 latin1 us-ascii x-cp1252",
      "6gc 3l 6ca b6 6ce 6cm 6cg:2 jq 6cw 9s 6d5 9e 3x al 3z:2 6c8:2 6cc:2 6ci 6c3:2 kc 6jm 9t 6d6 9f 4d am ag 4g:2o"
    ],
    "windows-1253": [
      "cp1253 x-cp1253",
      "6gc 3l 6ca b6 6ce 6cm 6cg:2 3s 6cw 3u 6d5 3w:5 6c8:2 6cc:2 6ci 6c3:2 48 6jm 4a 6d6 4c:5 p1:2 4j:7 - 4r:4 6c5 4w:4 p0 51:3 p4:3 57 p8 59 pa:k - pv:18 -"
    ],
    "windows-1254": [
      "cp1254 csisolatin5 iso-8859-9 iso-ir-148 iso8859-9 iso88599 iso_8859-9 iso_8859-9:1989 l5 latin5 x-cp1254",
      "6gc 3l 6ca b6 6ce 6cm 6cg:2 jq 6cw 9s 6d5 9e 3x:4 6c8:2 6cc:2 6ci 6c3:2 kc 6jm 9t 6d6 9f 4d:2 ag 4g:1c 7y 5t:c 8g 9q 67:h 7z 6p:c 8h 9r 73"
    ],
    "windows-1255": [
      "cp1255 x-cp1255",
      "6gc 3l 6ca b6 6ce 6cm 6cg:2 jq 6cw 3u 6d5 3w:5 6c8:2 6cc:2 6ci 6c3:2 kc 6jm 4a 6d6 4c:8 6ga 4l:5 5z 4r:f 6v 57:5 14g:k 168:5 -:7 15c:r -:2 6by:2 -"
    ],
    "windows-1256": [
      "cp1256 x-cp1256",
      "6gc 1a6 6ca b6 6ce 6cm 6cg:2 jq 6cw 1a1 6d5 9e 1ae 1aw 1ag 1bj 6c8:2 6cc:2 6ci 6c3:2 1bd 6jm 1ap 6d6 9f 6bw:2 1bu 4g 170 4i:8 1by 4r:f 17f 57:4 17j 1c1 17l:m 5z 187:4 18g:4 68 18k 6a 18l:4 6f:5 18p:2 6m:2 18r:4 6s 18v:2 6v 18x 6x 18y 6z:2 6by:2 1ci"
    ],
    "windows-1257": [
      "cp1257 x-cp1257",
      "6gc 3l 6ca 3n 6ce 6cm 6cg:2 3s 6cw 3u 6d5 3w 4o jr 54 40 6c8:2 6cc:2 6ci 6c3:2 48 6jm 4a 6d6 4c 4v kb 4f:2 - 4i:3 - 4m:2 60 4p 9i 4r:4 5i 4w:8 6w 55 9j 57:4 6e 78 8e 74 7a 5g:2 7s 7m 7g 5l ah 7q 82 8m 8a 8r 9s 8z 91 5v 98 5x:3 aa 8x 9m a2 64 aj al 67 79 8f 75 7b 6c:2 7t 7n 7h 6h ai 7r 83 8n 8b 8s 9t 90 92 6r 99 6t:3 ab 8y 9n a3 70 ak am k9"
    ],
    "windows-1258": [
      "cp1258 x-cp1258",
      "6gc 3l 6ca b6 6ce 6cm 6cg:2 jq 6cw 3u 6d5 9e 3x:4 6c8:2 6cc:2 6ci 6c3:2 kc 6jm 4a 6d6 9f 4d:2 ag 4g:z 76 5g:8 lc 5p:3 7k 5t ll 5v:2 bk 5y:7 bz lf 67:4 77 6c:8 ld 6l:3 7l 6p mb 6r:2 bl 6u:7 c0 6gb 73"
    ],
    "x-mac-cyrillic": [
      "x-mac-ukrainian",
      "sw:w 6cg 4w wg 4j 4n 6ci 52 sm 4u 4p 6jm si uq 6sg sj ur 6qm 4x 6sk:2 uu 51 wh so sk us sn uv sp ux sq uy uw sl 4s 6qi b6 6rs 6py 4r 57 6cm 4g sr uz ss v0 ut 6c3:2 6cc:2 6c8:2 6v 6ce su v2 sv v3 6ja sh up un ts:v 6gc"
    ],
    "x-user-defined": [
      "",
      "1cw0:3k"
    ]
  };
  function charactersOf(name) {
    let characters2 = "";
    for (const run2 of SINGLE_BYTES[name][1].split(" ")) {
      const [start, length = "1"] = run2.split(":");
      for (let index = 0; index < parseInt(length, 36); index++) {
        characters2 += String.fromCharCode(start === "-" ? 65533 : parseInt(start, 36) + index);
      }
    }
    return characters2;
  }

  // web/encoding.ts
  var TextEncoder = class {
    get encoding() {
      return "utf-8";
    }
    encode(text = "") {
      return utf8(`${text}`);
    }
    encodeInto(given, target) {
      needs(arguments, 2, "encodeInto");
      if (!(target instanceof Uint8Array)) throw new TypeError("encodeInto writes into a Uint8Array");
      const text = `${given}`;
      let read2 = 0, written2 = 0;
      for (let index = 0; index < text.length; ) {
        const point = pointAt(text, index, text.charCodeAt(index));
        const units = point > 65535 ? 2 : 1;
        const size = utf8Length(text.slice(index, index + units));
        if (written2 + size > target.length) break;
        target.set(utf8(text.slice(index, index + units)), written2);
        written2 += size;
        read2 = index += units;
      }
      return { read: read2, written: written2 };
    }
  };
  var LABELS = /* @__PURE__ */ new Map();
  for (const [name, labels] of [
    ["utf-8", "unicode-1-1-utf-8 unicode11utf8 unicode20utf8 utf-8 utf8 x-unicode20utf8"],
    ["utf-16le", "csunicode iso-10646-ucs-2 ucs-2 unicode unicodefeff utf-16 utf-16le"],
    ["utf-16be", "unicodefffe utf-16be"]
  ]) {
    for (const label2 of labels.split(" ")) LABELS.set(label2, name);
  }
  for (const [name, [labels]] of Object.entries(SINGLE_BYTES)) {
    for (const label2 of [name, ...labels.split(" ").filter(Boolean)]) LABELS.set(label2, name);
  }
  var TextDecoder = class {
    #encoding;
    #fatal;
    #ignoreBOM;
    #decoding;
    #started = false;
    constructor(label2 = "utf-8", options = {}) {
      const asked = `${label2}`.replace(/^[\t\n\f\r ]+|[\t\n\f\r ]+$/g, "").replace(/[A-Z]/g, (letter) => letter.toLowerCase());
      const name = LABELS.get(asked);
      if (name === void 0) throw new RangeError(`the encoding "${asked}" is not supported: there are utf-8, utf-16 and those of one byte a character`);
      this.#encoding = name;
      this.#fatal = Boolean(options?.fatal);
      this.#ignoreBOM = Boolean(options?.ignoreBOM);
    }
    get encoding() {
      return this.#encoding;
    }
    get fatal() {
      return this.#fatal;
    }
    get ignoreBOM() {
      return this.#ignoreBOM;
    }
    decode(input, options = {}) {
      const bytes = input === void 0 ? new Uint8Array(0) : viewOf(input);
      if (bytes === void 0) throw new TypeError("TextDecoder decodes bytes");
      const out = new TextGatherer();
      this.#decoding ??= this.#fresh();
      try {
        this.#decoding.decode(bytes, out);
        if (options?.stream) return this.#withoutMark(out.take());
        this.#decoding.end(out);
        const text = this.#withoutMark(out.take());
        this.#restart();
        return text;
      } catch (error) {
        this.#restart();
        throw error;
      }
    }
    #restart() {
      this.#decoding = void 0;
      this.#started = false;
    }
    #fresh() {
      const fail = (out) => {
        if (this.fatal) throw new TypeError(`the bytes are not ${this.encoding}`);
        out.add(65533);
      };
      if (this.encoding === "utf-8") return new Utf8Decoding(fail);
      if (this.encoding in SINGLE_BYTES) return new SingleByteDecoding(charactersOf(this.encoding), fail);
      return new Utf16Decoding(this.encoding === "utf-16be", fail);
    }
    #withoutMark(text) {
      if (text === "" || this.#started) return text;
      this.#started = true;
      return !this.ignoreBOM && text.charCodeAt(0) === 65279 ? text.slice(1) : text;
    }
  };
  var decoder = new TextDecoder();
  var keeper = new TextDecoder("utf-8", { ignoreBOM: true });
  var decodeUtf8 = (bytes) => decoder.decode(bytes);
  var decodeUtf8Unmarked = (bytes) => keeper.decode(bytes);

  // web/blob.ts
  var bytesOf;
  var around;
  function joined2(parts) {
    const whole = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
    let at2 = 0;
    for (const part of parts) {
      whole.set(part, at2);
      at2 += part.length;
    }
    return whole;
  }
  var Blob = class _Blob {
    #bytes;
    #type;
    static {
      bytesOf = (blob) => blob.#bytes;
      around = (bytes, type) => {
        const blob = new _Blob();
        blob.#bytes = bytes;
        blob.#type = type;
        return blob;
      };
    }
    constructor(parts = [], options = {}) {
      if (!isObject3(parts) || typeof parts[Symbol.iterator] !== "function") throw new TypeError("a Blob is made of a list of parts");
      const given = Array.from(parts, ownPart);
      const { endings = "transparent", type = "" } = bagOf(options);
      if (!["transparent", "native"].includes(`${endings}`)) throw new TypeError(`"${String(endings)}" is no way to end lines`);
      this.#type = typeOf(type);
      this.#bytes = joined2(given.map((part) => partBytes(part, `${endings}` === "native")));
    }
    get size() {
      return this.#bytes.length;
    }
    get type() {
      return this.#type;
    }
    slice(start = 0, end = this.size, type = "") {
      const at2 = place(start, this.size), to2 = place(end, this.size);
      return around(this.#bytes.slice(at2, Math.max(at2, to2)), typeOf(type));
    }
    async bytes() {
      return this.#bytes.slice();
    }
    async arrayBuffer() {
      return this.#bytes.slice().buffer;
    }
    async text() {
      return decodeUtf8(this.#bytes);
    }
    stream() {
      return streamOf(this.#bytes.slice());
    }
  };
  var isObject3 = (value) => typeof value === "object" && value !== null || typeof value === "function";
  function bagOf(options) {
    if (options !== void 0 && options !== null && !isObject3(options)) throw new TypeError("the options are an object");
    return options ?? {};
  }
  function typeOf(given) {
    const type = `${given}`;
    return /[^\x20-\x7e]/.test(type) ? "" : type.toLowerCase();
  }
  function place(given, size) {
    const whole = Math.trunc(Number(given)) || 0;
    return whole < 0 ? Math.max(0, size + whole) : Math.min(whole, size);
  }
  var ownPart = (part) => part instanceof Blob || viewOf(part) !== void 0 ? part : `${part}`;
  function partBytes(part, native) {
    if (part instanceof Blob) return bytesOf(part);
    if (typeof part !== "string") return viewOf(part);
    return utf8(native ? part.replace(/\r\n?/g, "\n") : part);
  }
  function streamOf(bytes) {
    return new ReadableStream({
      type: "bytes",
      start(controller) {
        if (bytes.length > 0) controller.enqueue(bytes);
        controller.close();
      }
    });
  }
  var File = class extends Blob {
    #name;
    #lastModified;
    constructor(parts, name, options = {}) {
      needs(arguments, 2, "a File");
      super(parts, options);
      const { lastModified } = bagOf(options);
      this.#name = `${name}`.toWellFormed();
      this.#lastModified = lastModified === void 0 ? Date.now() : Math.trunc(Number(lastModified)) || 0;
    }
    get name() {
      return this.#name;
    }
    get lastModified() {
      return this.#lastModified;
    }
  };
  var rawBytes = (blob) => bytesOf(blob);
  var sameBlob = (blob) => blob instanceof File ? new File([blob], blob.name, { type: blob.type, lastModified: blob.lastModified }) : new Blob([blob], { type: blob.type });

  // web/clone.ts
  var { apply } = Reflect;
  var ERRORS = {
    Error,
    EvalError,
    RangeError,
    ReferenceError,
    SyntaxError,
    TypeError,
    URIError
  };
  function refuse(what) {
    throw new DOMException(`${what} could not be cloned.`, "DataCloneError");
  }
  var getter = (prototype, name) => Object.getOwnPropertyDescriptor(prototype, name).get;
  var TypedArrayPrototype = Object.getPrototypeOf(Uint8Array.prototype);
  var numberOf = Number.prototype.valueOf;
  var textOf2 = String.prototype.valueOf;
  var truthOf = Boolean.prototype.valueOf;
  var bigOf = BigInt.prototype.valueOf;
  var symbolOf = Symbol.prototype.valueOf;
  var timeOf = Date.prototype.getTime;
  var sizeOfMap = getter(Map.prototype, "size");
  var sizeOfSet = getter(Set.prototype, "size");
  var lengthOfBuffer = getter(ArrayBuffer.prototype, "byteLength");
  var sourceOf = getter(RegExp.prototype, "source");
  var lengthOfView = getter(DataView.prototype, "byteLength");
  var keysOfArray = TypedArrayPrototype.keys;
  var kindOfArray = getter(TypedArrayPrototype, Symbol.toStringTag);
  var stackOf = getter(Error.prototype, "stack");
  function isReally(method, value) {
    try {
      apply(method, value, []);
      return true;
    } catch {
      return false;
    }
  }
  var { toString: describe } = Object.prototype;
  var isPlain = (value) => value[Symbol.toStringTag] === void 0 && apply(describe, value, []) === "[object Object]";
  var KEPT = [
    WeakMap,
    WeakSet,
    WeakRef,
    Promise,
    FinalizationRegistry,
    Object.getPrototypeOf(Object.getPrototypeOf([][Symbol.iterator]())).constructor
  ];
  var platform = [];
  function refuseToClone(classes) {
    platform = classes;
  }
  var Cloning = class {
    #known = /* @__PURE__ */ new Map();
    clone(value) {
      if (typeof value === "symbol") refuse(String(value));
      if (typeof value === "function") refuse(`The function ${value.name || "without a name"}`);
      if (typeof value !== "object" || value === null) return value;
      return this.#known.get(value) ?? this.#object(value);
    }
    #keep(value, copy) {
      this.#known.set(value, copy);
      return copy;
    }
    #object(value) {
      if (Array.isArray(value)) return this.#fields(value, this.#keep(value, new Array(value.length)));
      if (isPlain(value)) return this.#fields(value, this.#keep(value, {}));
      if (isReally(lengthOfBuffer, value)) return this.#keep(value, sameBuffer(value));
      if (ArrayBuffer.isView(value)) return this.#view(value);
      if (isReally(sizeOfMap, value)) return this.#map(value);
      if (isReally(sizeOfSet, value)) return this.#set(value);
      if (isReally(timeOf, value)) return this.#keep(value, new Date(apply(timeOf, value, [])));
      if (value !== RegExp.prototype && isReally(sourceOf, value)) return this.#keep(value, new RegExp(value.source, value.flags));
      if (value instanceof Blob || value instanceof File) return this.#keep(value, sameBlob(value));
      if (value instanceof DOMException) return this.#keep(value, sameException(value));
      if (isReally(stackOf, value)) return this.#error(value);
      return this.#boxed(value) ?? this.#plain(value);
    }
    #boxed(value) {
      if (isReally(symbolOf, value)) refuse("A Symbol");
      for (const method of [numberOf, textOf2, truthOf, bigOf]) {
        if (isReally(method, value)) return this.#keep(value, Object(apply(method, value, [])));
      }
      return void 0;
    }
    #plain(value) {
      const kept = [...KEPT, ...platform].find((one) => value instanceof one);
      if (kept !== void 0) refuse(`A ${kept.name}`);
      return this.#fields(value, this.#keep(value, {}));
    }
    #fields(value, copy) {
      for (const name of Object.keys(value)) {
        if (!Object.hasOwn(value, name)) continue;
        Object.defineProperty(copy, name, { value: this.clone(value[name]), writable: true, enumerable: true, configurable: true });
      }
      return copy;
    }
    #map(value) {
      const entries = [...Map.prototype.entries.call(value)];
      const copy = this.#keep(value, /* @__PURE__ */ new Map());
      for (const [key2, one] of entries) copy.set(this.clone(key2), this.clone(one));
      return copy;
    }
    #set(value) {
      const entries = [...Set.prototype.values.call(value)];
      const copy = this.#keep(value, /* @__PURE__ */ new Set());
      for (const one of entries) copy.add(this.clone(one));
      return copy;
    }
    /** One that follows the length of its buffer goes on doing so. */
    #view(value) {
      const kind = apply(kindOfArray, value, []);
      if (!isReally(kind === void 0 ? lengthOfView : keysOfArray, value)) refuse("A view of a buffer that is gone or too short");
      const Kind = globalThis[kind ?? "DataView"];
      const buffer = this.clone(value.buffer);
      const length = followsLength(value) ? void 0 : kind === void 0 ? value.byteLength : value.length;
      return this.#keep(value, new Kind(buffer, value.byteOffset, length));
    }
    #error(value) {
      const name = value.name === void 0 ? "Error" : String(value.name);
      const Kind = Object.hasOwn(ERRORS, name) ? ERRORS[name] : Error;
      const described = Object.getOwnPropertyDescriptor(value, "message");
      const copy = this.#keep(value, described && "value" in described ? new Kind(String(described.value)) : new Kind());
      if (Object.hasOwn(value, "cause")) {
        Object.defineProperty(copy, "cause", { value: this.clone(value.cause), writable: true, configurable: true });
      }
      Object.defineProperty(copy, "stack", { value: String(value.stack), writable: true, configurable: true });
      return copy;
    }
  };
  function sameBuffer(value) {
    if (value.detached) refuse("A buffer that was transferred");
    if (!value.resizable) return ArrayBuffer.prototype.slice.call(value, 0);
    const copy = new ArrayBuffer(value.byteLength, { maxByteLength: value.maxByteLength });
    new Uint8Array(copy).set(new Uint8Array(value));
    return copy;
  }
  function followsLength(view) {
    const { buffer } = view;
    if (!buffer.resizable || buffer.byteLength === buffer.maxByteLength) return false;
    const before = view.byteLength, size = buffer.byteLength;
    buffer.resize(buffer.maxByteLength);
    const follows = view.byteLength !== before;
    buffer.resize(size);
    return follows;
  }
  function sameException(value) {
    const copy = value instanceof QuotaExceededError ? sameQuota(value) : new DOMException(value.message, value.name);
    Object.defineProperty(copy, "stack", { value: String(value.stack), writable: true, configurable: true });
    return copy;
  }
  function sameQuota({ message, quota, requested }) {
    return new QuotaExceededError(message, { ...quota !== null && { quota }, ...requested !== null && { requested } });
  }
  function transferOf(options) {
    const listed = [...options?.transfer ?? []];
    listed.forEach((one, index) => {
      if (typeof one !== "object" || one === null) throw new TypeError("only objects are transferred");
      if (!isReally(lengthOfBuffer, one) || one.detached || listed.indexOf(one) < index) refuse("What is to be transferred");
    });
    return listed;
  }
  function structuredClone2(value, options) {
    if (arguments.length === 0) throw new TypeError("structuredClone needs a value");
    const transferred = transferOf(options);
    const copy = new Cloning().clone(value);
    for (const one of transferred) one.transfer();
    return copy;
  }

  // vendor/hashes.js
  var U32_MASK64 = /* @__PURE__ */ (() => BigInt(2 ** 32 - 1))();
  var _32n = /* @__PURE__ */ BigInt(32);
  function fromBig(n2, le3 = false) {
    if (le3)
      return { h: Number(n2 & U32_MASK64), l: Number(n2 >> _32n & U32_MASK64) };
    return { h: Number(n2 >> _32n & U32_MASK64) | 0, l: Number(n2 & U32_MASK64) | 0 };
  }
  function split2(lst, le3 = false) {
    const len = lst.length;
    let Ah = new Uint32Array(len);
    let Al = new Uint32Array(len);
    for (let i2 = 0; i2 < len; i2++) {
      const { h: h2, l: l2 } = fromBig(lst[i2], le3);
      [Ah[i2], Al[i2]] = [h2, l2];
    }
    return [Ah, Al];
  }
  var fromNumH = (n2) => n2 / 2 ** 32 | 0;
  var fromNumL = (n2) => n2 >>> 0;
  function setU64FromNum(view, byteOffset, n2, isLE) {
    const h2 = fromNumH(n2);
    const l2 = fromNumL(n2);
    view.setUint32(byteOffset, isLE ? l2 : h2, isLE);
    view.setUint32(byteOffset + 4, isLE ? h2 : l2, isLE);
  }
  var shrSH = (h2, _l, s2) => h2 >>> s2;
  var shrSL = (h2, l2, s2) => h2 << 32 - s2 | l2 >>> s2;
  var rotrSH = (h2, l2, s2) => h2 >>> s2 | l2 << 32 - s2;
  var rotrSL = (h2, l2, s2) => h2 << 32 - s2 | l2 >>> s2;
  var rotrBH = (h2, l2, s2) => h2 << 64 - s2 | l2 >>> s2 - 32;
  var rotrBL = (h2, l2, s2) => h2 >>> s2 - 32 | l2 << 64 - s2;
  function add2(Ah, Al, Bh, Bl) {
    const l2 = (Al >>> 0) + (Bl >>> 0);
    return { h: Ah + Bh + (l2 / 2 ** 32 | 0) | 0, l: l2 | 0 };
  }
  var add3L = (Al, Bl, Cl) => (Al >>> 0) + (Bl >>> 0) + (Cl >>> 0);
  var add3H = (low, Ah, Bh, Ch) => Ah + Bh + Ch + (low / 2 ** 32 | 0) | 0;
  var add4L = (Al, Bl, Cl, Dl) => (Al >>> 0) + (Bl >>> 0) + (Cl >>> 0) + (Dl >>> 0);
  var add4H = (low, Ah, Bh, Ch, Dh) => Ah + Bh + Ch + Dh + (low / 2 ** 32 | 0) | 0;
  var add5L = (Al, Bl, Cl, Dl, El) => (Al >>> 0) + (Bl >>> 0) + (Cl >>> 0) + (Dl >>> 0) + (El >>> 0);
  var add5H = (low, Ah, Bh, Ch, Dh, Eh) => Ah + Bh + Ch + Dh + Eh + (low / 2 ** 32 | 0) | 0;
  function isBytes(a3) {
    return a3 instanceof Uint8Array || ArrayBuffer.isView(a3) && a3.constructor.name === "Uint8Array" && "BYTES_PER_ELEMENT" in a3 && a3.BYTES_PER_ELEMENT === 1;
  }
  var atitle = (title) => title ? `"${title}" ` : "";
  function anumber(n2, title = "") {
    if (typeof n2 !== "number")
      throw new TypeError(atitle(title) + "expected number, got " + typeof n2);
    if (!Number.isSafeInteger(n2) || n2 < 0)
      throw new RangeError(atitle(title) + "expected integer >= 0, got " + n2);
    return n2;
  }
  function abytes(value, length, title = "") {
    if (isBytes(value) && (length === void 0 || value.length === length))
      return value;
    if (length !== void 0)
      anumber(length, "length");
    const bytes = isBytes(value);
    const ofLen = length !== void 0 ? ` of length ${length}` : "";
    const got = bytes ? `length=${value.length}` : `type=${typeof value}`;
    const message = atitle(title) + "expected Uint8Array" + ofLen + ", got " + got;
    if (!bytes)
      throw new TypeError(message);
    throw new RangeError(message);
  }
  function ahash(h2) {
    if (typeof h2 !== "function" || typeof h2.create !== "function")
      throw new TypeError("expected hash wrapped by utils.createHasher");
    anumber(h2.outputLen);
    anumber(h2.blockLen);
    if (h2.outputLen < 1 || h2.blockLen < 1)
      throw new Error("hash blockLen / outputLen must be >= 1");
  }
  var aobject = (value, label2) => {
    if (value === null || typeof value !== "object" || Array.isArray(value))
      throw new TypeError((label2 === "object" ? "" : `"${label2}" `) + "expected object, got type=" + typeof value);
  };
  var aopts = (value, label2) => {
    aobject(value, label2);
    const proto = Object.getPrototypeOf(value);
    if (proto !== Object.prototype && proto !== null)
      throw new TypeError(`"${label2}" expected plain object`);
    if (Object.hasOwn(value, "__proto__"))
      throw new TypeError(`"${label2}.__proto__" is not allowed`);
  };
  function aexists(instance, checkFinished = true) {
    if (instance.destroyed)
      throw new Error("hash was destroyed");
    if (checkFinished && instance.finished)
      throw new Error("digest() was already called");
  }
  function aoutput(out, instance) {
    abytes(out, void 0, "output");
    const min = instance.outputLen;
    if (!(out.length >= min)) {
      throw new RangeError('"output" expected length >= ' + min);
    }
  }
  function clean(...arrays) {
    for (let i2 = 0; i2 < arrays.length; i2++) {
      arrays[i2].fill(0);
    }
  }
  function createView(arr) {
    return new DataView(arr.buffer, arr.byteOffset, arr.byteLength);
  }
  function rotr(word, shift) {
    return word << 32 - shift | word >>> shift;
  }
  function rotl(word, shift) {
    return word << shift | word >>> 32 - shift >>> 0;
  }
  function checkOpts(defaults, opts, title = "opts") {
    aopts(defaults, "defaults");
    if (opts !== void 0)
      aopts(opts, title);
    const merged = Object.assign(/* @__PURE__ */ Object.create(null), defaults, opts);
    return merged;
  }
  function createHasher(hashCons, info = {}) {
    if (typeof hashCons !== "function")
      throw new TypeError('"hashCons" expected function, got type=' + typeof hashCons);
    info = checkOpts({}, info, "info");
    const hashC = (msg, opts) => hashCons(opts).update(msg).digest();
    const tmp = hashCons(void 0);
    hashC.outputLen = tmp.outputLen;
    hashC.blockLen = tmp.blockLen;
    hashC.canXOF = tmp.canXOF;
    hashC.create = (opts) => hashCons(opts);
    Object.assign(hashC, info);
    return Object.freeze(hashC);
  }
  var oidNist = (suffix) => ({
    // Current NIST hashAlgs suffixes used here fit in one DER subidentifier octet.
    // Larger suffix values would need base-128 OID encoding and a different length byte.
    oid: Uint8Array.from([6, 9, 96, 134, 72, 1, 101, 3, 4, 2, suffix])
  });
  function Chi(a3, b3, c2) {
    return a3 & b3 ^ ~a3 & c2;
  }
  function Maj(a3, b3, c2) {
    return a3 & b3 ^ a3 & c2 ^ b3 & c2;
  }
  var HashMD = class {
    blockLen;
    outputLen;
    canXOF = false;
    padOffset;
    isLE;
    // For partial updates less than block size
    buffer;
    view;
    finished = false;
    length = 0;
    pos = 0;
    destroyed = false;
    constructor(blockLen, outputLen, padOffset, isLE) {
      this.blockLen = blockLen;
      this.outputLen = outputLen;
      this.padOffset = padOffset;
      this.isLE = isLE;
      this.buffer = new Uint8Array(blockLen);
      this.view = createView(this.buffer);
    }
    update(data) {
      aexists(this);
      abytes(data);
      const { view, buffer, blockLen } = this;
      const len = data.length;
      let processed = false;
      for (let pos = 0; pos < len; ) {
        const take = Math.min(blockLen - this.pos, len - pos);
        if (take === blockLen) {
          const dataView = createView(data);
          for (; blockLen <= len - pos; pos += blockLen)
            this.process(dataView, pos);
          processed = true;
          continue;
        }
        buffer.set(pos === 0 && take === len ? data : data.subarray(pos, pos + take), this.pos);
        this.pos += take;
        pos += take;
        if (this.pos === blockLen) {
          this.process(view, 0);
          this.pos = 0;
          processed = true;
        }
      }
      this.length += data.length;
      if (processed)
        this.roundClean();
      return this;
    }
    digestInto(out) {
      aexists(this);
      aoutput(out, this);
      this.finished = true;
      const { buffer, view, blockLen, isLE } = this;
      let { pos } = this;
      buffer[pos++] = 128;
      buffer.fill(0, pos);
      if (this.padOffset > blockLen - pos) {
        this.process(view, 0);
        buffer.fill(0);
      }
      setU64FromNum(view, blockLen - 8, this.length * 8, isLE);
      this.process(view, 0);
      this.roundClean();
      const oview = out === buffer ? view : createView(out);
      const len = this.outputLen;
      const outLen = len / 4;
      const state = this.get();
      if (len % 4 || outLen > state.length)
        throw new Error("invalid outputLen");
      for (let i2 = 0; i2 < outLen; i2++)
        oview.setUint32(4 * i2, state[i2], isLE);
    }
    digest() {
      const { buffer, outputLen } = this;
      this.digestInto(buffer);
      const res = buffer.slice(0, outputLen);
      this.destroy();
      return res;
    }
    _cloneIntoMeta(to2) {
      const { buffer, length, finished, destroyed, pos } = this;
      to2.destroyed = destroyed;
      to2.finished = finished;
      to2.length = length;
      to2.pos = pos;
      if (pos)
        to2.buffer.set(buffer);
      return to2;
    }
    clone() {
      return this._cloneInto();
    }
  };
  var SHA256_IV = /* @__PURE__ */ Uint32Array.from([
    1779033703,
    3144134277,
    1013904242,
    2773480762,
    1359893119,
    2600822924,
    528734635,
    1541459225
  ]);
  var SHA384_IV = /* @__PURE__ */ Uint32Array.from([
    3418070365,
    3238371032,
    1654270250,
    914150663,
    2438529370,
    812702999,
    355462360,
    4144912697,
    1731405415,
    4290775857,
    2394180231,
    1750603025,
    3675008525,
    1694076839,
    1203062813,
    3204075428
  ]);
  var SHA512_IV = /* @__PURE__ */ Uint32Array.from([
    1779033703,
    4089235720,
    3144134277,
    2227873595,
    1013904242,
    4271175723,
    2773480762,
    1595750129,
    1359893119,
    2917565137,
    2600822924,
    725511199,
    528734635,
    4215389547,
    1541459225,
    327033209
  ]);
  var SHA256_K = /* @__PURE__ */ Uint32Array.from([
    1116352408,
    1899447441,
    3049323471,
    3921009573,
    961987163,
    1508970993,
    2453635748,
    2870763221,
    3624381080,
    310598401,
    607225278,
    1426881987,
    1925078388,
    2162078206,
    2614888103,
    3248222580,
    3835390401,
    4022224774,
    264347078,
    604807628,
    770255983,
    1249150122,
    1555081692,
    1996064986,
    2554220882,
    2821834349,
    2952996808,
    3210313671,
    3336571891,
    3584528711,
    113926993,
    338241895,
    666307205,
    773529912,
    1294757372,
    1396182291,
    1695183700,
    1986661051,
    2177026350,
    2456956037,
    2730485921,
    2820302411,
    3259730800,
    3345764771,
    3516065817,
    3600352804,
    4094571909,
    275423344,
    430227734,
    506948616,
    659060556,
    883997877,
    958139571,
    1322822218,
    1537002063,
    1747873779,
    1955562222,
    2024104815,
    2227730452,
    2361852424,
    2428436474,
    2756734187,
    3204031479,
    3329325298
  ]);
  var SHA256_W = /* @__PURE__ */ new Uint32Array(64);
  var SHA2_32B = class extends HashMD {
    // We cannot use array here since array allows indexing by variable
    // which means optimizer/compiler cannot use registers.
    // Numeric initializers matter: starting the fields as `undefined` changes
    // V8's field representation and makes sha256 3x slower (measured).
    A = 0;
    B = 0;
    C = 0;
    D = 0;
    E = 0;
    F = 0;
    G = 0;
    H = 0;
    constructor(outputLen, IV) {
      super(64, outputLen, 8, false);
      this.A = IV[0] | 0;
      this.B = IV[1] | 0;
      this.C = IV[2] | 0;
      this.D = IV[3] | 0;
      this.E = IV[4] | 0;
      this.F = IV[5] | 0;
      this.G = IV[6] | 0;
      this.H = IV[7] | 0;
    }
    get() {
      const { A: A2, B: B3, C: C3, D: D3, E: E2, F: F3, G: G3, H: H2 } = this;
      return [A2, B3, C3, D3, E2, F3, G3, H2];
    }
    // prettier-ignore
    set(A2, B3, C3, D3, E2, F3, G3, H2) {
      this.A = A2 | 0;
      this.B = B3 | 0;
      this.C = C3 | 0;
      this.D = D3 | 0;
      this.E = E2 | 0;
      this.F = F3 | 0;
      this.G = G3 | 0;
      this.H = H2 | 0;
    }
    _cloneInto(to2) {
      (to2 ||= new this.constructor()).set(...this.get());
      return this._cloneIntoMeta(to2);
    }
    process(view, offset) {
      for (let i2 = 0; i2 < 16; i2++, offset += 4)
        SHA256_W[i2] = view.getUint32(offset, false);
      for (let i2 = 16; i2 < 64; i2++) {
        const W15 = SHA256_W[i2 - 15];
        const W22 = SHA256_W[i2 - 2];
        const s0 = rotr(W15, 7) ^ rotr(W15, 18) ^ W15 >>> 3;
        const s1 = rotr(W22, 17) ^ rotr(W22, 19) ^ W22 >>> 10;
        SHA256_W[i2] = s1 + SHA256_W[i2 - 7] + s0 + SHA256_W[i2 - 16] | 0;
      }
      let { A: A2, B: B3, C: C3, D: D3, E: E2, F: F3, G: G3, H: H2 } = this;
      for (let i2 = 0; i2 < 64; i2++) {
        const sigma1 = rotr(E2, 6) ^ rotr(E2, 11) ^ rotr(E2, 25);
        const T1 = H2 + sigma1 + Chi(E2, F3, G3) + SHA256_K[i2] + SHA256_W[i2] | 0;
        const sigma0 = rotr(A2, 2) ^ rotr(A2, 13) ^ rotr(A2, 22);
        const T22 = sigma0 + Maj(A2, B3, C3) | 0;
        H2 = G3;
        G3 = F3;
        F3 = E2;
        E2 = D3 + T1 | 0;
        D3 = C3;
        C3 = B3;
        B3 = A2;
        A2 = T1 + T22 | 0;
      }
      A2 = A2 + this.A | 0;
      B3 = B3 + this.B | 0;
      C3 = C3 + this.C | 0;
      D3 = D3 + this.D | 0;
      E2 = E2 + this.E | 0;
      F3 = F3 + this.F | 0;
      G3 = G3 + this.G | 0;
      H2 = H2 + this.H | 0;
      this.set(A2, B3, C3, D3, E2, F3, G3, H2);
    }
    roundClean() {
      clean(SHA256_W);
    }
    destroy() {
      this.destroyed = true;
      this.set(0, 0, 0, 0, 0, 0, 0, 0);
      clean(this.buffer);
    }
  };
  var _SHA256 = class extends SHA2_32B {
    constructor() {
      super(32, SHA256_IV);
    }
  };
  var K512 = /* @__PURE__ */ (() => split2([
    "0x428a2f98d728ae22",
    "0x7137449123ef65cd",
    "0xb5c0fbcfec4d3b2f",
    "0xe9b5dba58189dbbc",
    "0x3956c25bf348b538",
    "0x59f111f1b605d019",
    "0x923f82a4af194f9b",
    "0xab1c5ed5da6d8118",
    "0xd807aa98a3030242",
    "0x12835b0145706fbe",
    "0x243185be4ee4b28c",
    "0x550c7dc3d5ffb4e2",
    "0x72be5d74f27b896f",
    "0x80deb1fe3b1696b1",
    "0x9bdc06a725c71235",
    "0xc19bf174cf692694",
    "0xe49b69c19ef14ad2",
    "0xefbe4786384f25e3",
    "0x0fc19dc68b8cd5b5",
    "0x240ca1cc77ac9c65",
    "0x2de92c6f592b0275",
    "0x4a7484aa6ea6e483",
    "0x5cb0a9dcbd41fbd4",
    "0x76f988da831153b5",
    "0x983e5152ee66dfab",
    "0xa831c66d2db43210",
    "0xb00327c898fb213f",
    "0xbf597fc7beef0ee4",
    "0xc6e00bf33da88fc2",
    "0xd5a79147930aa725",
    "0x06ca6351e003826f",
    "0x142929670a0e6e70",
    "0x27b70a8546d22ffc",
    "0x2e1b21385c26c926",
    "0x4d2c6dfc5ac42aed",
    "0x53380d139d95b3df",
    "0x650a73548baf63de",
    "0x766a0abb3c77b2a8",
    "0x81c2c92e47edaee6",
    "0x92722c851482353b",
    "0xa2bfe8a14cf10364",
    "0xa81a664bbc423001",
    "0xc24b8b70d0f89791",
    "0xc76c51a30654be30",
    "0xd192e819d6ef5218",
    "0xd69906245565a910",
    "0xf40e35855771202a",
    "0x106aa07032bbd1b8",
    "0x19a4c116b8d2d0c8",
    "0x1e376c085141ab53",
    "0x2748774cdf8eeb99",
    "0x34b0bcb5e19b48a8",
    "0x391c0cb3c5c95a63",
    "0x4ed8aa4ae3418acb",
    "0x5b9cca4f7763e373",
    "0x682e6ff3d6b2b8a3",
    "0x748f82ee5defb2fc",
    "0x78a5636f43172f60",
    "0x84c87814a1f0ab72",
    "0x8cc702081a6439ec",
    "0x90befffa23631e28",
    "0xa4506cebde82bde9",
    "0xbef9a3f7b2c67915",
    "0xc67178f2e372532b",
    "0xca273eceea26619c",
    "0xd186b8c721c0c207",
    "0xeada7dd6cde0eb1e",
    "0xf57d4f7fee6ed178",
    "0x06f067aa72176fba",
    "0x0a637dc5a2c898a6",
    "0x113f9804bef90dae",
    "0x1b710b35131c471b",
    "0x28db77f523047d84",
    "0x32caab7b40c72493",
    "0x3c9ebe0a15c9bebc",
    "0x431d67c49c100d4c",
    "0x4cc5d4becb3e42b6",
    "0x597f299cfc657e2a",
    "0x5fcb6fab3ad6faec",
    "0x6c44198c4a475817"
  ].map((n2) => BigInt(n2))))();
  var SHA512_Kh = /* @__PURE__ */ (() => K512[0])();
  var SHA512_Kl = /* @__PURE__ */ (() => K512[1])();
  var SHA512_W_H = /* @__PURE__ */ new Uint32Array(80);
  var SHA512_W_L = /* @__PURE__ */ new Uint32Array(80);
  var SHA2_64B = class extends HashMD {
    // We cannot use array here since array allows indexing by variable
    // which means optimizer/compiler cannot use registers.
    // h -- high 32 bits, l -- low 32 bits
    // Numeric initializers matter: starting the fields as `undefined` changes
    // V8's field representation and slows hashing down (measured on sha256).
    Ah = 0;
    Al = 0;
    Bh = 0;
    Bl = 0;
    Ch = 0;
    Cl = 0;
    Dh = 0;
    Dl = 0;
    Eh = 0;
    El = 0;
    Fh = 0;
    Fl = 0;
    Gh = 0;
    Gl = 0;
    Hh = 0;
    Hl = 0;
    constructor(outputLen, IV) {
      super(128, outputLen, 16, false);
      this.Ah = IV[0] | 0;
      this.Al = IV[1] | 0;
      this.Bh = IV[2] | 0;
      this.Bl = IV[3] | 0;
      this.Ch = IV[4] | 0;
      this.Cl = IV[5] | 0;
      this.Dh = IV[6] | 0;
      this.Dl = IV[7] | 0;
      this.Eh = IV[8] | 0;
      this.El = IV[9] | 0;
      this.Fh = IV[10] | 0;
      this.Fl = IV[11] | 0;
      this.Gh = IV[12] | 0;
      this.Gl = IV[13] | 0;
      this.Hh = IV[14] | 0;
      this.Hl = IV[15] | 0;
    }
    // prettier-ignore
    get() {
      const { Ah, Al, Bh, Bl, Ch, Cl, Dh, Dl, Eh, El, Fh, Fl, Gh, Gl, Hh, Hl } = this;
      return [Ah, Al, Bh, Bl, Ch, Cl, Dh, Dl, Eh, El, Fh, Fl, Gh, Gl, Hh, Hl];
    }
    // prettier-ignore
    set(Ah, Al, Bh, Bl, Ch, Cl, Dh, Dl, Eh, El, Fh, Fl, Gh, Gl, Hh, Hl) {
      this.Ah = Ah | 0;
      this.Al = Al | 0;
      this.Bh = Bh | 0;
      this.Bl = Bl | 0;
      this.Ch = Ch | 0;
      this.Cl = Cl | 0;
      this.Dh = Dh | 0;
      this.Dl = Dl | 0;
      this.Eh = Eh | 0;
      this.El = El | 0;
      this.Fh = Fh | 0;
      this.Fl = Fl | 0;
      this.Gh = Gh | 0;
      this.Gl = Gl | 0;
      this.Hh = Hh | 0;
      this.Hl = Hl | 0;
    }
    _cloneInto(to2) {
      (to2 ||= new this.constructor()).set(...this.get());
      return this._cloneIntoMeta(to2);
    }
    process(view, offset) {
      for (let i2 = 0; i2 < 16; i2++, offset += 4) {
        SHA512_W_H[i2] = view.getUint32(offset);
        SHA512_W_L[i2] = view.getUint32(offset += 4);
      }
      for (let i2 = 16; i2 < 80; i2++) {
        const W15h = SHA512_W_H[i2 - 15] | 0;
        const W15l = SHA512_W_L[i2 - 15] | 0;
        const s0h = rotrSH(W15h, W15l, 1) ^ rotrSH(W15h, W15l, 8) ^ shrSH(W15h, W15l, 7);
        const s0l = rotrSL(W15h, W15l, 1) ^ rotrSL(W15h, W15l, 8) ^ shrSL(W15h, W15l, 7);
        const W2h = SHA512_W_H[i2 - 2] | 0;
        const W2l = SHA512_W_L[i2 - 2] | 0;
        const s1h = rotrSH(W2h, W2l, 19) ^ rotrBH(W2h, W2l, 61) ^ shrSH(W2h, W2l, 6);
        const s1l = rotrSL(W2h, W2l, 19) ^ rotrBL(W2h, W2l, 61) ^ shrSL(W2h, W2l, 6);
        const SUMl = add4L(s0l, s1l, SHA512_W_L[i2 - 7], SHA512_W_L[i2 - 16]);
        const SUMh = add4H(SUMl, s0h, s1h, SHA512_W_H[i2 - 7], SHA512_W_H[i2 - 16]);
        SHA512_W_H[i2] = SUMh | 0;
        SHA512_W_L[i2] = SUMl | 0;
      }
      let { Ah, Al, Bh, Bl, Ch, Cl, Dh, Dl, Eh, El, Fh, Fl, Gh, Gl, Hh, Hl } = this;
      for (let i2 = 0; i2 < 80; i2++) {
        const sigma1h = rotrSH(Eh, El, 14) ^ rotrSH(Eh, El, 18) ^ rotrBH(Eh, El, 41);
        const sigma1l = rotrSL(Eh, El, 14) ^ rotrSL(Eh, El, 18) ^ rotrBL(Eh, El, 41);
        const CHIh = Eh & Fh ^ ~Eh & Gh;
        const CHIl = El & Fl ^ ~El & Gl;
        const T1ll = add5L(Hl, sigma1l, CHIl, SHA512_Kl[i2], SHA512_W_L[i2]);
        const T1h = add5H(T1ll, Hh, sigma1h, CHIh, SHA512_Kh[i2], SHA512_W_H[i2]);
        const T1l = T1ll | 0;
        const sigma0h = rotrSH(Ah, Al, 28) ^ rotrBH(Ah, Al, 34) ^ rotrBH(Ah, Al, 39);
        const sigma0l = rotrSL(Ah, Al, 28) ^ rotrBL(Ah, Al, 34) ^ rotrBL(Ah, Al, 39);
        const MAJh = Ah & Bh ^ Ah & Ch ^ Bh & Ch;
        const MAJl = Al & Bl ^ Al & Cl ^ Bl & Cl;
        Hh = Gh | 0;
        Hl = Gl | 0;
        Gh = Fh | 0;
        Gl = Fl | 0;
        Fh = Eh | 0;
        Fl = El | 0;
        ({ h: Eh, l: El } = add2(Dh | 0, Dl | 0, T1h | 0, T1l | 0));
        Dh = Ch | 0;
        Dl = Cl | 0;
        Ch = Bh | 0;
        Cl = Bl | 0;
        Bh = Ah | 0;
        Bl = Al | 0;
        const All = add3L(T1l, sigma0l, MAJl);
        Ah = add3H(All, T1h, sigma0h, MAJh);
        Al = All | 0;
      }
      ({ h: Ah, l: Al } = add2(this.Ah | 0, this.Al | 0, Ah | 0, Al | 0));
      ({ h: Bh, l: Bl } = add2(this.Bh | 0, this.Bl | 0, Bh | 0, Bl | 0));
      ({ h: Ch, l: Cl } = add2(this.Ch | 0, this.Cl | 0, Ch | 0, Cl | 0));
      ({ h: Dh, l: Dl } = add2(this.Dh | 0, this.Dl | 0, Dh | 0, Dl | 0));
      ({ h: Eh, l: El } = add2(this.Eh | 0, this.El | 0, Eh | 0, El | 0));
      ({ h: Fh, l: Fl } = add2(this.Fh | 0, this.Fl | 0, Fh | 0, Fl | 0));
      ({ h: Gh, l: Gl } = add2(this.Gh | 0, this.Gl | 0, Gh | 0, Gl | 0));
      ({ h: Hh, l: Hl } = add2(this.Hh | 0, this.Hl | 0, Hh | 0, Hl | 0));
      this.set(Ah, Al, Bh, Bl, Ch, Cl, Dh, Dl, Eh, El, Fh, Fl, Gh, Gl, Hh, Hl);
    }
    roundClean() {
      clean(SHA512_W_H, SHA512_W_L);
    }
    destroy() {
      this.destroyed = true;
      clean(this.buffer);
      this.set(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    }
  };
  var _SHA512 = class extends SHA2_64B {
    constructor() {
      super(64, SHA512_IV);
    }
  };
  var _SHA384 = class extends SHA2_64B {
    constructor() {
      super(48, SHA384_IV);
    }
  };
  var sha256 = /* @__PURE__ */ createHasher(
    () => new _SHA256(),
    /* @__PURE__ */ oidNist(1)
  );
  var sha512 = /* @__PURE__ */ createHasher(
    () => new _SHA512(),
    /* @__PURE__ */ oidNist(3)
  );
  var sha384 = /* @__PURE__ */ createHasher(
    () => new _SHA384(),
    /* @__PURE__ */ oidNist(2)
  );
  var SHA1_IV = /* @__PURE__ */ Uint32Array.from([
    1732584193,
    4023233417,
    2562383102,
    271733878,
    3285377520
  ]);
  var SHA1_W = /* @__PURE__ */ new Uint32Array(80);
  var _SHA1 = class extends HashMD {
    A = SHA1_IV[0] | 0;
    B = SHA1_IV[1] | 0;
    C = SHA1_IV[2] | 0;
    D = SHA1_IV[3] | 0;
    E = SHA1_IV[4] | 0;
    constructor() {
      super(64, 20, 8, false);
    }
    get() {
      const { A: A2, B: B3, C: C3, D: D3, E: E2 } = this;
      return [A2, B3, C3, D3, E2];
    }
    set(A2, B3, C3, D3, E2) {
      this.A = A2 | 0;
      this.B = B3 | 0;
      this.C = C3 | 0;
      this.D = D3 | 0;
      this.E = E2 | 0;
    }
    _cloneInto(to2) {
      (to2 ||= new this.constructor()).set(...this.get());
      return this._cloneIntoMeta(to2);
    }
    process(view, offset) {
      for (let i2 = 0; i2 < 16; i2++, offset += 4)
        SHA1_W[i2] = view.getUint32(offset, false);
      for (let i2 = 16; i2 < 80; i2++)
        SHA1_W[i2] = rotl(SHA1_W[i2 - 3] ^ SHA1_W[i2 - 8] ^ SHA1_W[i2 - 14] ^ SHA1_W[i2 - 16], 1);
      let { A: A2, B: B3, C: C3, D: D3, E: E2 } = this;
      for (let i2 = 0; i2 < 80; i2++) {
        let F3, K3;
        if (i2 < 20) {
          F3 = Chi(B3, C3, D3);
          K3 = 1518500249;
        } else if (i2 < 40) {
          F3 = B3 ^ C3 ^ D3;
          K3 = 1859775393;
        } else if (i2 < 60) {
          F3 = Maj(B3, C3, D3);
          K3 = 2400959708;
        } else {
          F3 = B3 ^ C3 ^ D3;
          K3 = 3395469782;
        }
        const T3 = rotl(A2, 5) + F3 + E2 + K3 + SHA1_W[i2] | 0;
        E2 = D3;
        D3 = C3;
        C3 = rotl(B3, 30);
        B3 = A2;
        A2 = T3;
      }
      A2 = A2 + this.A | 0;
      B3 = B3 + this.B | 0;
      C3 = C3 + this.C | 0;
      D3 = D3 + this.D | 0;
      E2 = E2 + this.E | 0;
      this.set(A2, B3, C3, D3, E2);
    }
    roundClean() {
      clean(SHA1_W);
    }
    destroy() {
      this.destroyed = true;
      this.set(0, 0, 0, 0, 0);
      clean(this.buffer);
    }
  };
  var sha1 = /* @__PURE__ */ createHasher(() => new _SHA1());
  var _HMAC = class {
    oHash;
    iHash;
    blockLen;
    outputLen;
    canXOF = false;
    finished = false;
    destroyed = false;
    constructor(hash, key2) {
      ahash(hash);
      abytes(key2, void 0, "key");
      this.iHash = hash.create();
      if (typeof this.iHash.update !== "function")
        throw new Error("expected Hash instance");
      this.blockLen = this.iHash.blockLen;
      this.outputLen = this.iHash.outputLen;
      const blockLen = this.blockLen;
      const pad = new Uint8Array(blockLen);
      pad.set(key2.length > blockLen ? hash.create().update(key2).digest() : key2);
      for (let i2 = 0; i2 < pad.length; i2++)
        pad[i2] ^= 54;
      this.iHash.update(pad);
      this.oHash = hash.create();
      for (let i2 = 0; i2 < pad.length; i2++)
        pad[i2] ^= 54 ^ 92;
      this.oHash.update(pad);
      clean(pad);
    }
    update(buf) {
      aexists(this);
      this.iHash.update(buf);
      return this;
    }
    digestInto(out) {
      aexists(this);
      aoutput(out, this);
      this.finished = true;
      const buf = out.subarray(0, this.outputLen);
      this.iHash.digestInto(buf);
      this.oHash.update(buf);
      this.oHash.digestInto(buf);
      this.destroy();
    }
    digest() {
      const out = new Uint8Array(this.oHash.outputLen);
      this.digestInto(out);
      return out;
    }
    _cloneInto(to2) {
      to2 ||= Object.create(Object.getPrototypeOf(this), {});
      const { oHash, iHash, finished, destroyed, blockLen, outputLen, canXOF } = this;
      to2 = to2;
      to2.finished = finished;
      to2.destroyed = destroyed;
      to2.blockLen = blockLen;
      to2.outputLen = outputLen;
      to2.canXOF = canXOF;
      to2.oHash = oHash._cloneInto(to2.oHash);
      to2.iHash = iHash._cloneInto(to2.iHash);
      return to2;
    }
    clone() {
      return this._cloneInto();
    }
    destroy() {
      this.destroyed = true;
      this.oHash.destroy();
      this.iHash.destroy();
    }
  };
  var hmac = /* @__PURE__ */ (() => {
    const hmac_ = ((hash, key2, message) => new _HMAC(hash, key2).update(message).digest());
    hmac_.create = (hash, key2) => new _HMAC(hash, key2);
    return hmac_;
  })();

  // web/crypto.ts
  var MOST_RANDOM = 65536;
  var HASHES = { "SHA-1": sha1, "SHA-256": sha256, "SHA-384": sha384, "SHA-512": sha512 };
  var BLOCK_BITS = { "SHA-1": 512, "SHA-256": 512, "SHA-384": 1024, "SHA-512": 1024 };
  var THERE_IS = "there are digest (SHA-1, SHA-256, SHA-384, SHA-512), and importKey, generateKey, exportKey, sign and verify for HMAC";
  var notSupported = (what) => new DOMException(`${what} is not supported here; ${THERE_IS}`, "NotSupportedError");
  function nameOf(algorithm) {
    const name = typeof algorithm === "object" && algorithm !== null ? algorithm.name : algorithm;
    if (name === void 0) throw new TypeError("an algorithm has a name");
    return String(name).toUpperCase();
  }
  function hashName(algorithm) {
    const name = nameOf(algorithm);
    if (!Object.hasOwn(HASHES, name)) throw notSupported(`the hash ${name}`);
    return name;
  }
  function bytesOf2(data) {
    const view = viewOf(data);
    if (view === void 0) throw new TypeError("bytes are needed: an ArrayBuffer or a view of one");
    return view.slice();
  }
  var bufferOf = (bytes) => bytes.slice().buffer;
  var secretOf;
  var makeKey;
  var CryptoKey = class _CryptoKey {
    constructor(key2, secret, algorithm, extractable, usages) {
      this.algorithm = algorithm;
      this.extractable = extractable;
      this.usages = usages;
      if (key2 !== own2) throw new TypeError("a CryptoKey is imported or generated");
      this.#secret = secret;
    }
    algorithm;
    extractable;
    usages;
    type = "secret";
    #secret;
    static {
      secretOf = (key2) => key2.#secret;
      makeKey = (secret, hash, extractable, usages) => {
        const algorithm = Object.freeze({ name: "HMAC", hash: Object.freeze({ name: hash }), length: secret.length * 8 });
        return new _CryptoKey(own2, secret, algorithm, extractable, Object.freeze([...usages]));
      };
    }
  };
  var own2 = /* @__PURE__ */ Symbol("made by SubtleCrypto");
  function hmacName(algorithm) {
    const name = nameOf(algorithm);
    if (name !== "HMAC") throw notSupported(`the algorithm ${name}`);
  }
  function usagesOf(usages) {
    const list = Array.from(usages, String);
    const wrong = list.find((one) => one !== "sign" && one !== "verify");
    if (wrong !== void 0 || list.length === 0) throw new DOMException("an HMAC key signs and verifies, nothing else", "SyntaxError");
    return list;
  }
  function use(key2, usage) {
    if (!(key2 instanceof CryptoKey)) throw new TypeError("a CryptoKey is needed");
    if (!key2.usages.includes(usage)) throw new DOMException(`the key may not be used to ${usage}`, "InvalidAccessError");
    return secretOf(key2);
  }
  function same(one, other) {
    let difference = one.length ^ other.length;
    for (let index = 0; index < one.length; index++) difference |= one[index] ^ (other[index] ?? 0);
    return difference === 0;
  }
  var base64Url = (bytes) => bytes.toBase64({ alphabet: "base64url", omitPadding: true });
  var fromBase64Url = (text) => Uint8Array.fromBase64(text, { alphabet: "base64url" });
  var SubtleCrypto = class {
    async digest(algorithm, data) {
      return bufferOf(HASHES[hashName(algorithm)](bytesOf2(data)));
    }
    async importKey(format, data, algorithm, extractable, usages) {
      hmacName(algorithm);
      const hash = hashName(algorithm.hash);
      if (format !== "raw" && format !== "jwk") throw notSupported(`the format ${format}`);
      const secret = format === "jwk" ? fromBase64Url(String(data.k)) : bytesOf2(data);
      if (secret.length === 0) throw new DOMException("the key has no bytes", "DataError");
      return makeKey(secret, hash, Boolean(extractable), usagesOf(usages));
    }
    async generateKey(algorithm, extractable, usages) {
      hmacName(algorithm);
      const hash = hashName(algorithm.hash);
      const secret = new Uint8Array((algorithm.length ?? BLOCK_BITS[hash]) / 8);
      fillRandom(secret);
      return makeKey(secret, hash, Boolean(extractable), usagesOf(usages));
    }
    async exportKey(format, key2) {
      if (!(key2 instanceof CryptoKey)) throw new TypeError("a CryptoKey is needed");
      if (!key2.extractable) throw new DOMException("the key may not be exported", "InvalidAccessError");
      if (format === "raw") return bufferOf(secretOf(key2));
      if (format !== "jwk") throw notSupported(`the format ${format}`);
      const alg = `HS${key2.algorithm.hash.name.slice(4)}`;
      return { kty: "oct", k: base64Url(secretOf(key2)), alg, key_ops: [...key2.usages], ext: true };
    }
    async sign(algorithm, key2, data) {
      hmacName(algorithm);
      const secret = use(key2, "sign");
      return bufferOf(hmac(HASHES[key2.algorithm.hash.name], secret, bytesOf2(data)));
    }
    async verify(algorithm, key2, signature, data) {
      hmacName(algorithm);
      const secret = use(key2, "verify");
      return same(hmac(HASHES[key2.algorithm.hash.name], secret, bytesOf2(data)), bytesOf2(signature));
    }
  };
  for (const name of ["encrypt", "decrypt", "deriveBits", "deriveKey", "wrapKey", "unwrapKey"]) {
    const value = async () => {
      throw notSupported(`crypto.subtle.${name}`);
    };
    Object.defineProperty(SubtleCrypto.prototype, name, { value, writable: true, configurable: true });
  }
  var INTEGERS = /* @__PURE__ */ new Set([
    "Int8Array",
    "Uint8Array",
    "Uint8ClampedArray",
    "Int16Array",
    "Uint16Array",
    "Int32Array",
    "Uint32Array",
    "BigInt64Array",
    "BigUint64Array"
  ]);
  var crypto = {
    subtle: new SubtleCrypto(),
    getRandomValues(array) {
      const kind = ArrayBuffer.isView(array) ? array[Symbol.toStringTag] : void 0;
      if (!INTEGERS.has(kind)) throw new DOMException("getRandomValues fills arrays of whole numbers", "TypeMismatchError");
      if (array.byteLength > MOST_RANDOM) throw new QuotaExceededError(`at most ${MOST_RANDOM} bytes at once`);
      fillRandom(viewOf(array));
      return array;
    },
    randomUUID() {
      const bytes = new Uint8Array(16);
      fillRandom(bytes);
      bytes[6] = bytes[6] & 15 | 64;
      bytes[8] = bytes[8] & 63 | 128;
      const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
      return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
    }
  };

  // web/form.ts
  function entryOf(value, name) {
    if (!(value instanceof Blob)) {
      if (name !== void 0) throw new TypeError("only a Blob has a file name");
      return String(value).toWellFormed();
    }
    if (value instanceof File && name === void 0) return value;
    const { type } = value, made = value instanceof File ? { lastModified: value.lastModified } : {};
    return new File([value], name === void 0 ? "blob" : String(name), { type, ...made });
  }
  var entryAt;
  var FormData = class {
    #entries = [];
    constructor(form) {
      if (form !== void 0) throw new TypeError("there are no pages here, whose forms a FormData could be made of");
    }
    static {
      entryAt = (form, index) => form.#entries[index];
    }
    append(name, value, fileName) {
      needs(arguments, 2, "FormData.append");
      this.#entries.push([String(name).toWellFormed(), entryOf(value, fileName)]);
    }
    set(name, value, fileName) {
      needs(arguments, 2, "FormData.set");
      const key2 = String(name).toWellFormed();
      const index = this.#entries.findIndex(([one]) => one === key2);
      if (index < 0) return this.append(key2, value, fileName);
      this.#entries[index] = [key2, entryOf(value, fileName)];
      this.#entries = this.#entries.filter(([one], at2) => one !== key2 || at2 === index);
    }
    delete(name) {
      needs(arguments, 1, "FormData.delete");
      this.#entries = this.#entries.filter(([one]) => one !== String(name));
    }
    get(name) {
      needs(arguments, 1, "FormData.get");
      return this.#entries.find(([one]) => one === String(name))?.[1] ?? null;
    }
    getAll(name) {
      needs(arguments, 1, "FormData.getAll");
      return this.#entries.filter(([one]) => one === String(name)).map(([, value]) => value);
    }
    has(name) {
      needs(arguments, 1, "FormData.has");
      return this.#entries.some(([one]) => one === String(name));
    }
  };
  iterable(FormData, "FormData", (form, index) => entryAt(form, index));
  var quoted = (name) => name.replace(/\r\n?|\n/g, "%0D%0A").replaceAll('"', "%22");
  function multipart(form) {
    const random = new Uint8Array(16);
    fillRandom(random);
    const boundary = `----formdata-flora-${toHex(random)}`;
    const parts = [];
    for (const [name, value] of form) {
      const head = `--${boundary}\r
Content-Disposition: form-data; name="${quoted(name)}"`;
      if (typeof value === "string") parts.push(utf8(`${head}\r
\r
${value.replace(/\r\n?|\n/g, "\r\n")}\r
`));
      else {
        const type = value.type || "application/octet-stream";
        parts.push(utf8(`${head}; filename="${quoted(value.name)}"\r
Content-Type: ${type}\r
\r
`), rawBytes(value), utf8("\r\n"));
      }
    }
    parts.push(utf8(`--${boundary}--\r
`));
    return { bytes: joined2(parts), type: `multipart/form-data; boundary=${boundary}` };
  }
  function find(bytes, part, from) {
    for (let at2 = bytes.indexOf(part[0], from); at2 >= 0; at2 = bytes.indexOf(part[0], at2 + 1)) {
      let length = 1;
      while (length < part.length && bytes[at2 + length] === part[length]) length++;
      if (length === part.length) return at2;
    }
    return -1;
  }
  function parseMultipart(bytes, boundary) {
    const form = new FormData();
    const mark2 = utf8(`--${boundary}`), gap = utf8("\r\n\r\n");
    let at2 = find(bytes, mark2, 0);
    for (; ; ) {
      if (at2 < 0) throw new TypeError("the body is no form: a boundary is missing");
      at2 += mark2.length;
      if (bytes[at2] === 45 && bytes[at2 + 1] === 45) return form;
      const body = find(bytes, gap, at2), end = body < 0 ? -1 : find(bytes, utf8(`\r
--${boundary}`), body + 2);
      if (end < 0) throw new TypeError("the body is no form: a part does not end");
      const head = decodeUtf8Unmarked(bytes.subarray(at2 + 2, body));
      addPart(form, head, bytes.slice(body + gap.length, Math.max(end, body + gap.length)));
      at2 = end + 2;
    }
  }
  function addPart(form, head, body) {
    const unquote = (text) => text.replaceAll("%22", '"').replaceAll("%0D", "\r").replaceAll("%0A", "\n");
    const name = /^content-disposition:\s*form-data;.*?\bname="([^"]*)"/im.exec(head)?.[1];
    if (name === void 0) throw new TypeError("the body is no form: a part has no name");
    const fileName = /^content-disposition:.*?\bfilename="([^"]*)"/im.exec(head)?.[1];
    if (fileName === void 0) return form.append(unquote(name), decodeUtf8Unmarked(body));
    const type = /^content-type:\s*(\S[^\r\n]*)/im.exec(head)?.[1] ?? "text/plain";
    form.append(unquote(name), new File([body], unquote(fileName), { type }));
  }

  // web/percent.ts
  var set = (marks, base) => {
    const codes = new Set(Array.from(marks, (mark2) => mark2.charCodeAt(0)));
    return (code) => base(code) || codes.has(code);
  };
  var C0_CONTROL = (code) => code < 32 || code > 126;
  var FRAGMENT = set(' "<>`', C0_CONTROL);
  var QUERY = set(' "#<>', C0_CONTROL);
  var SPECIAL_QUERY = set("'", QUERY);
  var PATH = set("?^`{}", QUERY);
  var USERINFO = set("/:;=@[\\]|", PATH);
  var COMPONENT = set("$%&+,", USERINFO);
  var FORM = set("!'()~", COMPONENT);
  var HEX = "0123456789ABCDEF";
  function percentEncode(text, encodes) {
    let plain2 = true;
    for (let index = 0; plain2 && index < text.length; index++) plain2 = !encodes(text.charCodeAt(index));
    if (plain2) return text;
    let encoded2 = "";
    for (const byte of utf8(text)) {
      encoded2 += encodes(byte) ? `%${HEX[byte >> 4]}${HEX[byte & 15]}` : String.fromCharCode(byte);
    }
    return encoded2;
  }
  var formEncode = (text) => percentEncode(text, (byte) => byte !== 32 && FORM(byte)).replaceAll(" ", "+");
  function hexValue(code) {
    if (code === void 0) return -1;
    if (code >= 48 && code <= 57) return code - 48;
    const letter = code | 32;
    return letter >= 97 && letter <= 102 ? letter - 87 : -1;
  }
  function percentDecode(text) {
    const bytes = utf8(text);
    let length = 0;
    for (let index = 0; index < bytes.length; index++) {
      const high = bytes[index] === 37 ? hexValue(bytes[index + 1]) : -1;
      const low = high < 0 ? -1 : hexValue(bytes[index + 2]);
      bytes[length++] = low < 0 ? bytes[index] : high * 16 + low;
      if (low >= 0) index += 2;
    }
    return bytes.subarray(0, length);
  }

  // web/search.ts
  function parseForm(text) {
    const decoded = (part) => decodeUtf8Unmarked(percentDecode(part.replaceAll("+", " ")));
    return text.split("&").filter((part) => part !== "").map((part) => {
      const at2 = part.indexOf("=");
      return at2 < 0 ? [decoded(part), ""] : [decoded(part.slice(0, at2)), decoded(part.slice(at2 + 1))];
    });
  }
  var bindTo;
  var refill2;
  var pairAt;
  var URLSearchParams = class {
    #list = [];
    #changed;
    static {
      bindTo = (params, changed2) => void (params.#changed = changed2);
      refill2 = (params, text) => void (params.#list = parseForm(text));
      pairAt = (params, index) => params.#list[index];
    }
    constructor(init2 = "") {
      if ((typeof init2 === "object" || typeof init2 === "function") && init2 !== null) {
        this.#list = pairsOf(init2, "a parameter", usv);
      } else this.#list = parseForm(String(init2).toWellFormed().replace(/^\?/, ""));
    }
    #update() {
      this.#changed?.(String(this));
    }
    get size() {
      return this.#list.length;
    }
    append(name, value) {
      needs(arguments, 2, "URLSearchParams.append");
      this.#list.push([usv(name), usv(value)]);
      this.#update();
    }
    delete(name, value) {
      needs(arguments, 1, "URLSearchParams.delete");
      const key2 = usv(name);
      this.#list = this.#list.filter(([one, other]) => one !== key2 || value !== void 0 && other !== usv(value));
      this.#update();
    }
    get(name) {
      needs(arguments, 1, "URLSearchParams.get");
      const key2 = usv(name);
      return this.#list.find(([one]) => one === key2)?.[1] ?? null;
    }
    getAll(name) {
      needs(arguments, 1, "URLSearchParams.getAll");
      const key2 = usv(name);
      return this.#list.filter(([one]) => one === key2).map(([, value]) => value);
    }
    has(name, value) {
      needs(arguments, 1, "URLSearchParams.has");
      const key2 = usv(name);
      return this.#list.some(([one, other]) => one === key2 && (value === void 0 || other === usv(value)));
    }
    set(name, value) {
      needs(arguments, 2, "URLSearchParams.set");
      const key2 = usv(name), index = this.#list.findIndex(([one]) => one === key2);
      if (index < 0) this.#list.push([key2, usv(value)]);
      else {
        this.#list[index] = [key2, usv(value)];
        this.#list = this.#list.filter(([one], at2) => one !== key2 || at2 === index);
      }
      this.#update();
    }
    sort() {
      this.#list.sort(([one], [other]) => one < other ? -1 : one > other ? 1 : 0);
      this.#update();
    }
    toString() {
      return this.#list.map(([name, value]) => `${formEncode(name)}=${formEncode(value)}`).join("&");
    }
  };
  iterable(URLSearchParams, "URLSearchParams", (params, index) => pairAt(params, index));
  function usv(value) {
    return `${value}`.toWellFormed();
  }

  // web/body.ts
  function extract(body) {
    if (body === null || body === void 0) return { source: null, type: null };
    if (body instanceof ReadableStream) {
      if (body.locked || body._disturbed) throw new TypeError("the body is a stream that is being read already");
      return { source: { stream: body }, type: null };
    }
    if (body instanceof Blob) return { source: { bytes: rawBytes(body) }, type: body.type || null };
    if (body instanceof FormData) {
      const { bytes, type } = multipart(body);
      return { source: { bytes }, type };
    }
    if (body instanceof URLSearchParams) {
      return { source: { bytes: utf8(String(body)) }, type: "application/x-www-form-urlencoded;charset=UTF-8" };
    }
    const view = viewOf(body);
    if (view !== void 0) return { source: { bytes: view.slice() }, type: null };
    return { source: { bytes: utf8(String(body)) }, type: "text/plain;charset=UTF-8" };
  }
  async function gather2(stream) {
    const parts = [];
    const reader = stream.getReader();
    for (; ; ) {
      const { done, value } = await reader.read();
      if (done) return joined2(parts);
      const view = viewOf(value);
      if (view === void 0) throw new TypeError("a body's stream gives bytes only");
      parts.push(view);
    }
  }
  var init;
  var hasSource;
  var copySource;
  var moveSource;
  var give;
  var Body = class {
    #source = null;
    #stream;
    #used = false;
    static {
      init = (body, source) => void (body.#source = source);
      hasSource = (body) => body.#source !== null;
      copySource = (body) => body.#copy();
      moveSource = (body) => body.#move();
      give = async (body) => body.#source === null ? null : body.#take();
    }
    /** The stream is made when it is asked for: most bodies are read whole. */
    get body() {
      if (this.#source === null) return null;
      if (this.#stream === void 0) {
        this.#stream = "stream" in this.#source ? this.#source.stream : streamOf(this.#source.bytes.slice());
        if (this.#used && !this.#stream.locked) this.#stream.getReader();
      }
      return this.#stream;
    }
    /** The stream, if there is one yet. */
    get #flow() {
      return this.#stream ?? (this.#source !== null && "stream" in this.#source ? this.#source.stream : void 0);
    }
    get bodyUsed() {
      return this.#used || Boolean(this.#flow?._disturbed);
    }
    #refuseRead() {
      if (this.bodyUsed || this.#flow?.locked) throw new TypeError("the body was read already");
    }
    async #take() {
      this.#refuseRead();
      if (this.#source === null) return new Uint8Array(0);
      const flow = this.#flow;
      this.#used = true;
      return flow === void 0 && "bytes" in this.#source ? this.#source.bytes : gather2(flow);
    }
    #move() {
      this.#refuseRead();
      if (this.#source === null) return null;
      const flow = this.#flow;
      this.#used = true;
      return flow === void 0 ? this.#source : { stream: flow.pipeThrough(new TransformStream()) };
    }
    #copy() {
      this.#refuseRead();
      if (this.#source === null) return null;
      if (this.#flow === void 0) return this.#source;
      const [one, other] = this.#flow.tee();
      this.#source = { stream: one };
      this.#stream = one;
      const apart = new TransformStream({ transform: (chunk2, controller) => controller.enqueue(structuredClone2(chunk2)) });
      return { stream: other.pipeThrough(apart) };
    }
    async bytes() {
      return (await this.#take()).slice();
    }
    async arrayBuffer() {
      return (await this.#take()).slice().buffer;
    }
    async text() {
      return decodeUtf8(await this.#take());
    }
    async json() {
      return JSON.parse(decodeUtf8(await this.#take()));
    }
    async blob() {
      return new Blob([await this.#take()], { type: this.headers.get("content-type") ?? "" });
    }
    async formData() {
      const type = this.headers.get("content-type") ?? "";
      const bytes = await this.#take();
      const boundary = /^multipart\/form-data\s*;.*?\bboundary=(?:"([^"]+)"|([^;\s]+))/i.exec(type);
      if (boundary) return parseMultipart(bytes, boundary[1] ?? boundary[2]);
      if (!/^application\/x-www-form-urlencoded\b/i.test(type)) throw new TypeError(`a body of type "${type}" is no form`);
      const form = new FormData();
      for (const [name, value] of parseForm(decodeUtf8Unmarked(bytes))) form.append(name, value);
      return form;
    }
  };

  // web/headers.ts
  var NAME2 = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
  var guardOf;
  var sortedOf;
  var Headers = class {
    /** In lower case, each with its values in order. */
    #values = /* @__PURE__ */ new Map();
    #sorted;
    #guard = "none";
    static {
      guardOf = (headers, guard) => {
        headers.#guard = guard;
        return headers;
      };
      sortedOf = (headers) => headers.#sorted ??= sorted(headers.#values);
    }
    constructor(init2) {
      if (init2 === void 0) return;
      if (init2 === null || typeof init2 !== "object" && typeof init2 !== "function") {
        throw new TypeError("Headers are made of pairs, or of an object");
      }
      for (const [name, value] of pairsOf(init2, "a header", byteText)) this.append(name, value);
    }
    #check(name) {
      if (typeof name === "symbol" || !NAME2.test(String(name))) throw new TypeError(`"${String(name)}" is no name of a header`);
      return String(name).toLowerCase();
    }
    #write() {
      if (this.#guard === "immutable") throw new TypeError("these headers cannot be changed");
      this.#sorted = void 0;
    }
    append(name, value) {
      needs(arguments, 2, "Headers.append");
      const key2 = this.#check(name), text = normal(value);
      this.#write();
      const values = this.#values.get(key2);
      if (values === void 0) this.#values.set(key2, [text]);
      else values.push(text);
    }
    set(name, value) {
      needs(arguments, 2, "Headers.set");
      const key2 = this.#check(name), text = normal(value);
      this.#write();
      this.#values.set(key2, [text]);
    }
    delete(name) {
      needs(arguments, 1, "Headers.delete");
      const key2 = this.#check(name);
      this.#write();
      this.#values.delete(key2);
    }
    get(name) {
      needs(arguments, 1, "Headers.get");
      return this.#values.get(this.#check(name))?.join(", ") ?? null;
    }
    has(name) {
      needs(arguments, 1, "Headers.has");
      return this.#values.has(this.#check(name));
    }
    getSetCookie() {
      return [...this.#values.get("set-cookie") ?? []];
    }
  };
  iterable(Headers, "Headers", (headers, index) => sortedOf(headers)[index]);
  function sorted(values) {
    const names = [...values.keys()].sort();
    return names.flatMap((name) => {
      const all = values.get(name);
      return name === "set-cookie" ? all.map((value) => [name, value]) : [[name, all.join(", ")]];
    });
  }
  function byteText(value) {
    const text = `${value}`;
    if (/[^\0-\xff]/.test(text)) throw new TypeError("a header has a character that no header has");
    return text;
  }
  function normal(value) {
    const text = byteText(value).replace(/^[\t\n\r ]+|[\t\n\r ]+$/g, "");
    if (/[\0\r\n]/.test(text)) throw new TypeError("the value of a header has a character that no header has");
    return text;
  }
  var immutable = (headers) => guardOf(headers, "immutable");

  // web/punycode.ts
  var BASE = 36;
  var LEAST = 1;
  var MOST2 = 26;
  var SKEW = 38;
  var DAMP = 700;
  var BIAS = 72;
  var FIRST = 128;
  function adapt(delta, count2, first) {
    let rest2 = first ? Math.floor(delta / DAMP) : delta >> 1;
    rest2 += Math.floor(rest2 / count2);
    let k2 = 0;
    for (; rest2 > (BASE - LEAST) * MOST2 >> 1; k2 += BASE) rest2 = Math.floor(rest2 / (BASE - LEAST));
    return k2 + Math.floor((BASE - LEAST + 1) * rest2 / (rest2 + SKEW));
  }
  var threshold = (k2, bias) => Math.min(MOST2, Math.max(LEAST, k2 - bias));
  var digit = (value) => String.fromCharCode(value < 26 ? value + 97 : value + 22);
  function encode(label2) {
    const points = Array.from(label2, (letter) => letter.codePointAt(0));
    const basic = points.filter((point) => point < FIRST);
    let output = String.fromCharCode(...basic) + (basic.length > 0 ? "-" : "");
    let at2 = FIRST, delta = 0, bias = BIAS, done = basic.length;
    while (done < points.length) {
      const next = Math.min(...points.filter((point) => point >= at2));
      delta += (next - at2) * (done + 1);
      at2 = next;
      for (const point of points) {
        if (point < at2) delta++;
        if (point !== at2) continue;
        let rest2 = delta;
        for (let k2 = BASE; ; k2 += BASE) {
          const limit = threshold(k2, bias);
          if (rest2 < limit) break;
          output += digit(limit + (rest2 - limit) % (BASE - limit));
          rest2 = Math.floor((rest2 - limit) / (BASE - limit));
        }
        output += digit(rest2);
        bias = adapt(delta, done + 1, done === basic.length);
        delta = 0;
        done++;
      }
      delta++;
      at2++;
    }
    return output;
  }
  function decode(text) {
    const split3 = text.lastIndexOf("-");
    const points = Array.from(split3 > 0 ? text.slice(0, split3) : "", (letter) => letter.codePointAt(0));
    let at2 = FIRST, index = 0, bias = BIAS;
    for (let position = split3 > 0 ? split3 + 1 : 0; position < text.length; ) {
      const before = index;
      let weight = 1;
      for (let k2 = BASE; ; k2 += BASE) {
        if (position >= text.length) return void 0;
        const code = text.charCodeAt(position++);
        const value = code >= 97 && code <= 122 ? code - 97 : code >= 48 && code <= 57 ? code - 22 : BASE;
        if (value >= BASE) return void 0;
        index += value * weight;
        const limit = threshold(k2, bias);
        if (value < limit) break;
        weight *= BASE - limit;
      }
      bias = adapt(index - before, points.length + 1, before === 0);
      at2 += Math.floor(index / (points.length + 1));
      index %= points.length + 1;
      if (at2 > 1114111 || index < 0) return void 0;
      points.splice(index++, 0, at2);
    }
    return String.fromCodePoint(...points);
  }

  // web/domain.ts
  var IGNORED = new RegExp("[\\p{Default_Ignorable_Code_Point}--[\\u061c\\u200c-\\u200f\\u202a-\\u202e\\u2065-\\u2069\\ufff0-\\ufff8\\u{e0000}-\\u{e00ff}\\u{e01f0}-\\u{e0fff}]]", "gv");
  var DOTS = /[\u3002\uff0e\uff61]/g;
  var NEVER = new RegExp("[\\u2024-\\u2026\\u2488-\\u249b\\ufe12\\ufe19\\ufe30\\u2ffc-\\u2fff\\u31ef]|\\p{IDS_Binary_Operator}|\\p{IDS_Trinary_Operator}", "u");
  var mapped = (text) => text.replace(IGNORED, "").replace(DOTS, ".").normalize("NFKC").replaceAll("Σ", "σ").toLowerCase().normalize("NFC");
  function domainToAscii(domain) {
    const isAscii = !/[^\0-\x7f]/.test(domain);
    if (!isAscii && NEVER.test(domain)) return void 0;
    const labels = (isAscii ? domain.toLowerCase() : mapped(domain)).split(".");
    const shown2 = [];
    for (const label2 of labels) {
      const text = label2.startsWith("xn--") ? decodedLabel(label2) : label2;
      if (text === void 0 || /[^\0-\x7f]/.test(text) && !isLabel(text)) return void 0;
      shown2.push(text);
    }
    if (shown2.some((text) => RIGHT_TO_LEFT.test(text)) && !shown2.every((text) => text === "" || runsOneWay(text))) return void 0;
    const ascii = shown2.map((text) => /[^\0-\x7f]/.test(text) ? `xn--${encode(text)}` : text).join(".");
    return ascii === "" ? void 0 : ascii;
  }
  function decodedLabel(label2) {
    const text = /[^\0-\x7f]/.test(label2) ? void 0 : decode(label2.slice(4));
    if (text === void 0 || !/[^\0-\x7f]/.test(text) || text.startsWith("xn--")) return void 0;
    return mapped(text) === text && !NEVER.test(text) && `xn--${encode(text)}` === label2 ? text : void 0;
  }
  var VIRAMAS = "\\u094d\\u09cd\\u0a4d\\u0acd\\u0b4d\\u0bcd\\u0c4d\\u0ccd\\u0d3b\\u0d3c\\u0d4d\\u0dca\\u0e3a\\u0eba\\u0f84\\u1039\\u103a\\u1714\\u1715\\u1734\\u17d2\\u1a60\\u1b44\\u1baa\\u1bab\\u1bf2\\u1bf3\\u2d7f\\ua806\\ua82c\\ua8c4\\ua953\\ua9c0\\uaaf6\\uabed\\u{10a3f}\\u{11046}\\u{11070}\\u{1107f}\\u{110b9}\\u{11133}\\u{11134}\\u{111c0}\\u{11235}\\u{112ea}\\u{1134d}\\u{113ce}-\\u{113d0}\\u{11442}\\u{114c2}\\u{115bf}\\u{1163f}\\u{116b6}\\u{1172b}\\u{11839}\\u{1193d}\\u{1193e}\\u{119e0}\\u{11a34}\\u{11a47}\\u{11a99}\\u{11c3f}\\u{11d44}\\u{11d45}\\u{11d97}\\u{11f41}\\u{11f42}\\u{1612f}";
  var RIGHT_JOINING = "\\u0622-\\u0625\\u0627\\u0629\\u062f-\\u0632\\u0648\\u0671-\\u0673\\u0675-\\u0677\\u0688-\\u0699\\u06c0\\u06c3-\\u06cb\\u06cd\\u06cf\\u06d2\\u06d3\\u06d5\\u06ee\\u06ef";
  var JOINING = "[[\\p{sc=Arab}\\p{sc=Syrc}\\p{sc=Nkoo}\\p{sc=Mong}\\p{sc=Mand}\\p{sc=Adlm}\\p{sc=Rohg}]&&\\p{L}]";
  var JOINER = new RegExp(
    `(?<=[${VIRAMAS}])[\\u200c\\u200d]|(?<=[${JOINING}--[${RIGHT_JOINING}]]\\p{M}*)\\u200c(?=\\p{M}*${JOINING})`,
    "gv"
  );
  var isLabel = (label2) => !new RegExp("^\\p{M}", "u").test(label2) && !/[\p{C}\p{Z}\ufffd]/u.test(label2.replace(JOINER, ""));
  var RIGHT_TO_LEFT = new RegExp("[[\\u0590-\\u08ff\\ufb1d-\\ufdff\\ufe70-\\ufefc\\u{10800}-\\u{10fff}\\u{1e800}-\\u{1efff}]&&[[\\p{L}\\p{P}\\p{N}]--[\\u0660-\\u0669\\u06f0-\\u06f9]]]", "v");
  function runsOneWay(label2) {
    const letters = Array.from(label2.replace(new RegExp("\\p{M}+$", "u"), "")), first = letters[0], last = letters.at(-1);
    if (!RIGHT_TO_LEFT.test(first)) return new RegExp("\\p{L}", "u").test(first) && !RIGHT_TO_LEFT.test(label2);
    return (RIGHT_TO_LEFT.test(last) || new RegExp("\\p{N}", "u").test(last)) && letters.every((one) => RIGHT_TO_LEFT.test(one) || !new RegExp("\\p{L}", "u").test(one));
  }

  // web/host.ts
  var FORBIDDEN = /[\0\t\n\r #/:<>?@[\\\]^|]/;
  var FORBIDDEN_IN_DOMAIN = /[\0-\x20#%/:<>?@[\\\]^|\x7f]/;
  function parseHost(text, isSpecial2) {
    if (text.startsWith("[")) {
      const pieces = text.endsWith("]") ? parseIpv6(text.slice(1, -1)) : void 0;
      return pieces && `[${writeIpv6(pieces)}]`;
    }
    if (!isSpecial2) return FORBIDDEN.test(text) ? void 0 : percentEncode(text, C0_CONTROL);
    const domain = domainToAscii(decodeUtf8Unmarked(percentDecode(text)));
    if (domain === void 0 || FORBIDDEN_IN_DOMAIN.test(domain)) return void 0;
    return endsInNumber(domain) ? parseIpv4(domain) : domain;
  }
  function endsInNumber(host2) {
    const parts = host2.split(".");
    if (parts.at(-1) === "" && parts.length > 1) parts.pop();
    const last = parts.at(-1);
    return /^\d+$/.test(last) || /^0x[0-9a-f]*$/i.test(last);
  }
  function ipv4Number(part) {
    if (part === "") return void 0;
    if (/^0x[0-9a-f]*$/i.test(part)) return part.length === 2 ? 0 : Number(part);
    if (part.length > 1 && part.startsWith("0")) return /^[0-7]+$/.test(part) ? parseInt(part, 8) : void 0;
    return /^\d+$/.test(part) ? Number(part) : void 0;
  }
  function parseIpv4(host2) {
    const parts = host2.split(".");
    if (parts.at(-1) === "" && parts.length > 1) parts.pop();
    if (parts.length > 4) return void 0;
    const numbers = parts.map(ipv4Number);
    if (numbers.some((one) => one === void 0)) return void 0;
    const last = numbers.pop();
    if (numbers.some((one) => one > 255) || last >= 256 ** (4 - numbers.length)) return void 0;
    const address = numbers.reduce((sum, one, index) => sum + one * 256 ** (3 - index), last);
    return [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join(".");
  }
  function parseIpv6(text) {
    const [head, tail, ...more] = text.split("::");
    if (more.length > 0 || head === void 0) return void 0;
    const before = piecesOf(head, tail === void 0), after = tail === void 0 ? [] : piecesOf(tail, true);
    if (before === void 0 || after === void 0) return void 0;
    const missing2 = 8 - before.length - after.length;
    if (tail === void 0 ? missing2 !== 0 : missing2 < 1) return void 0;
    return [...before, ...new Array(missing2).fill(0), ...after];
  }
  function piecesOf(text, isEnd) {
    if (text === "") return [];
    const pieces = [];
    const groups = text.split(":");
    for (let index = 0; index < groups.length; index++) {
      const group = groups[index];
      const four = isEnd && index === groups.length - 1 ? /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(group) : null;
      if (four) {
        const bytes = four.slice(1).map(Number);
        if (bytes.some((byte) => byte > 255) || four.slice(1).some((byte) => /^0\d/.test(byte))) return void 0;
        pieces.push(bytes[0] * 256 + bytes[1], bytes[2] * 256 + bytes[3]);
      } else if (/^[0-9a-f]{1,4}$/i.test(group)) pieces.push(parseInt(group, 16));
      else return void 0;
    }
    return pieces;
  }
  function writeIpv6(pieces) {
    let start = -1, length = 1;
    for (let index = 0; index < 8; index++) {
      let run2 = 0;
      while (index + run2 < 8 && pieces[index + run2] === 0) run2++;
      if (run2 > length) [start, length] = [index, run2];
    }
    const hex = (from, to2) => pieces.slice(from, to2).map((piece) => piece.toString(16)).join(":");
    return start < 0 ? hex(0) : `${hex(0, start)}::${hex(start + length)}`;
  }

  // web/url_parser.ts
  var SPECIAL = { ftp: 21, file: null, http: 80, https: 443, ws: 80, wss: 443 };
  var isSpecial = (url) => Object.hasOwn(SPECIAL, url.scheme);
  var isLetter = (text) => /^[A-Za-z]$/.test(text);
  var isWindowsLetter = (text) => /^[A-Za-z][:|]$/.test(text);
  var isNormalWindowsLetter = (text) => text !== void 0 && /^[A-Za-z]:$/.test(text);
  var isSingleDot = (part) => /^(?:\.|%2e)$/i.test(part);
  var isDoubleDot = (part) => /^(?:\.|%2e){2}$/i.test(part);
  function blank() {
    return { scheme: "", username: "", password: "", host: null, port: null, path: [], query: null, fragment: null };
  }
  var startsWithWindowsLetter = (text) => /^[A-Za-z][:|](?:[/\\?#]|$)/.test(text);
  var Parser = class {
    input;
    url;
    base;
    state;
    override;
    pointer = 0;
    buffer = "";
    atSignSeen = false;
    insideBrackets = false;
    passwordSeen = false;
    constructor(input, base, url, override) {
      this.input = input;
      this.base = base;
      this.url = url;
      this.override = override;
      this.state = override ?? "scheme start";
    }
    run() {
      for (; ; this.pointer++) {
        const point = this.pointer < this.input.length ? String.fromCodePoint(this.input.codePointAt(this.pointer)) : "";
        const verdict = this.#step(point);
        if (verdict === "failure") return false;
        if (verdict === "stop") return true;
        if (this.pointer >= this.input.length) return true;
        if (point.length === 2 && this.input.startsWith(point, this.pointer)) this.pointer++;
      }
    }
    #step(c2) {
      switch (this.state) {
        case "scheme start":
          return this.#schemeStart(c2);
        case "scheme":
          return this.#scheme(c2);
        case "no scheme":
          return this.#noScheme(c2);
        case "special relative or authority":
          return this.#specialRelative(c2);
        case "path or authority":
          return c2 === "/" ? this.#go("authority") : this.#again("path");
        case "relative":
          return this.#relative(c2);
        case "relative slash":
          return this.#relativeSlash(c2);
        case "special authority slashes":
          return this.#specialSlashes(c2);
        case "special authority ignore slashes":
          return c2 === "/" || c2 === "\\" ? true : this.#again("authority");
        case "authority":
          return this.#authority(c2);
        case "host":
        case "hostname":
          return this.#host(c2);
        case "port":
          return this.#port(c2);
        case "file":
          return this.#file(c2);
        case "file slash":
          return this.#fileSlash(c2);
        case "file host":
          return this.#fileHost(c2);
        case "path start":
          return this.#pathStart(c2);
        case "path":
          return this.#path(c2);
        case "opaque path":
          return this.#opaquePath(c2);
        case "query":
          return this.#query(c2);
        case "fragment":
          if (c2 !== "") this.url.fragment += percentEncode(c2, FRAGMENT);
          return true;
      }
    }
    #go(state) {
      this.state = state;
      return true;
    }
    /** Another state looks at the same character. */
    #again(state) {
      this.state = state;
      this.pointer--;
      return true;
    }
    get #rest() {
      return this.input.slice(this.pointer + 1);
    }
    #schemeStart(c2) {
      if (isLetter(c2)) {
        this.buffer += c2.toLowerCase();
        return this.#go("scheme");
      }
      return this.override === void 0 ? this.#again("no scheme") : "failure";
    }
    #scheme(c2) {
      if (/^[A-Za-z0-9+\-.]$/.test(c2)) {
        this.buffer += c2.toLowerCase();
        return true;
      }
      if (c2 === ":") return this.#schemeEnd();
      if (this.override !== void 0) return "failure";
      this.buffer = "";
      this.pointer = -1;
      return this.#go("no scheme");
    }
    #schemeEnd() {
      const { url } = this;
      if (this.override !== void 0) {
        if (isSpecial(url) !== Object.hasOwn(SPECIAL, this.buffer)) return "stop";
        if ((url.username !== "" || url.password !== "" || url.port !== null) && this.buffer === "file") return "stop";
        if (url.scheme === "file" && url.host === "") return "stop";
      }
      url.scheme = this.buffer;
      if (this.override !== void 0) {
        if (url.port === SPECIAL[url.scheme]) url.port = null;
        return "stop";
      }
      this.buffer = "";
      if (url.scheme === "file") return this.#go("file");
      if (isSpecial(url)) return this.#go(this.base?.scheme === url.scheme ? "special relative or authority" : "special authority slashes");
      if (this.#rest.startsWith("/")) {
        this.pointer++;
        return this.#go("path or authority");
      }
      url.path = "";
      return this.#go("opaque path");
    }
    #noScheme(c2) {
      const { base, url } = this;
      if (base === void 0 || typeof base.path === "string" && c2 !== "#") return "failure";
      if (typeof base.path === "string") {
        Object.assign(url, { scheme: base.scheme, path: base.path, query: base.query, fragment: "" });
        return this.#go("fragment");
      }
      return this.#again(base.scheme === "file" ? "file" : "relative");
    }
    #specialRelative(c2) {
      if (c2 === "/" && this.#rest.startsWith("/")) {
        this.pointer++;
        return this.#go("special authority ignore slashes");
      }
      return this.#again("relative");
    }
    #takeFromBase() {
      const { username, password, host: host2, port, path, query } = this.base;
      Object.assign(this.url, { username, password, host: host2, port, path: [...path], query });
    }
    #relative(c2) {
      const { url } = this;
      url.scheme = this.base.scheme;
      if (c2 === "/" || c2 === "\\" && isSpecial(url)) return this.#go("relative slash");
      this.#takeFromBase();
      return this.#afterBase(c2);
    }
    #afterBase(c2) {
      const { url } = this;
      if (c2 === "?") {
        url.query = "";
        return this.#go("query");
      }
      if (c2 === "#") {
        url.fragment = "";
        return this.#go("fragment");
      }
      if (c2 === "") return true;
      url.query = null;
      this.#shorten();
      return this.#again("path");
    }
    #relativeSlash(c2) {
      if (isSpecial(this.url) && (c2 === "/" || c2 === "\\")) return this.#go("special authority ignore slashes");
      if (c2 === "/") return this.#go("authority");
      const { username, password, host: host2, port } = this.base;
      Object.assign(this.url, { username, password, host: host2, port });
      return this.#again("path");
    }
    #specialSlashes(c2) {
      if (c2 === "/" && this.#rest.startsWith("/")) {
        this.pointer++;
        return this.#go("special authority ignore slashes");
      }
      return this.#again("special authority ignore slashes");
    }
    #endsAuthority(c2) {
      return c2 === "" || c2 === "/" || c2 === "?" || c2 === "#" || c2 === "\\" && isSpecial(this.url);
    }
    #authority(c2) {
      if (c2 === "@") {
        if (this.atSignSeen) this.buffer = `%40${this.buffer}`;
        this.atSignSeen = true;
        this.#credentials();
        this.buffer = "";
        return true;
      }
      if (!this.#endsAuthority(c2)) {
        this.buffer += c2;
        return true;
      }
      if (this.atSignSeen && this.buffer === "") return "failure";
      this.pointer -= this.buffer.length + 1;
      this.buffer = "";
      return this.#go("host");
    }
    #credentials() {
      for (const point of this.buffer) {
        if (point === ":" && !this.passwordSeen) {
          this.passwordSeen = true;
          continue;
        }
        const encoded2 = percentEncode(point, USERINFO);
        if (this.passwordSeen) this.url.password += encoded2;
        else this.url.username += encoded2;
      }
    }
    #host(c2) {
      const { url } = this;
      if (this.override !== void 0 && url.scheme === "file") return this.#again("file host");
      if (c2 === ":" && !this.insideBrackets) {
        if (this.buffer === "" || this.override === "hostname") return "failure";
        return this.#setHost() ? this.#go("port") : "failure";
      }
      if (this.#endsAuthority(c2)) {
        this.pointer--;
        if (isSpecial(url) && this.buffer === "") return "failure";
        if (this.override !== void 0 && this.buffer === "" && (url.username !== "" || url.password !== "" || url.port !== null)) return "failure";
        if (!this.#setHost()) return "failure";
        this.state = "path start";
        return this.override === void 0 ? true : "stop";
      }
      if (c2 === "[") this.insideBrackets = true;
      if (c2 === "]") this.insideBrackets = false;
      this.buffer += c2;
      return true;
    }
    #setHost() {
      const host2 = this.buffer === "" && !isSpecial(this.url) ? "" : parseHost(this.buffer, isSpecial(this.url));
      if (host2 === void 0) return false;
      this.url.host = host2;
      this.buffer = "";
      return true;
    }
    #port(c2) {
      if (/^\d$/.test(c2)) {
        this.buffer += c2;
        return true;
      }
      if (!this.#endsAuthority(c2) && this.override === void 0) return "failure";
      if (this.buffer !== "") {
        const port = Number(this.buffer);
        if (port > 65535) return "failure";
        this.url.port = port === SPECIAL[this.url.scheme] ? null : port;
        this.buffer = "";
        if (this.override !== void 0) return "stop";
      }
      if (this.override !== void 0) return "failure";
      return this.#again("path start");
    }
    #file(c2) {
      const { url, base } = this;
      url.scheme = "file";
      url.host = "";
      if (c2 === "/" || c2 === "\\") return this.#go("file slash");
      if (base?.scheme !== "file") return this.#again("path");
      Object.assign(url, { host: base.host, path: [...base.path], query: base.query });
      if (c2 === "?" || c2 === "#" || c2 === "") return this.#afterBase(c2);
      url.query = null;
      if (startsWithWindowsLetter(this.input.slice(this.pointer))) url.path = [];
      else this.#shorten();
      return this.#again("path");
    }
    #fileSlash(c2) {
      if (c2 === "/" || c2 === "\\") return this.#go("file host");
      const { base, url } = this;
      if (base?.scheme === "file") {
        url.host = base.host;
        const first = base.path[0];
        if (!startsWithWindowsLetter(this.input.slice(this.pointer)) && isNormalWindowsLetter(first)) url.path.push(first);
      }
      return this.#again("path");
    }
    #fileHost(c2) {
      if (c2 !== "" && c2 !== "/" && c2 !== "\\" && c2 !== "?" && c2 !== "#") {
        this.buffer += c2;
        return true;
      }
      this.pointer--;
      if (this.override === void 0 && isWindowsLetter(this.buffer)) return this.#go("path");
      if (this.buffer === "") {
        this.url.host = "";
        return this.override === void 0 ? this.#go("path start") : "stop";
      }
      const host2 = parseHost(this.buffer, true);
      if (host2 === void 0) return "failure";
      this.url.host = host2 === "localhost" ? "" : host2;
      if (this.override !== void 0) return "stop";
      this.buffer = "";
      return this.#go("path start");
    }
    #pathStart(c2) {
      const { url } = this;
      if (isSpecial(url)) return c2 === "/" || c2 === "\\" ? this.#go("path") : this.#again("path");
      if (this.override === void 0 && c2 === "?") {
        url.query = "";
        return this.#go("query");
      }
      if (this.override === void 0 && c2 === "#") {
        url.fragment = "";
        return this.#go("fragment");
      }
      if (c2 !== "") return c2 === "/" ? this.#go("path") : this.#again("path");
      if (this.override !== void 0 && url.host === null) url.path.push("");
      return true;
    }
    #path(c2) {
      const { url } = this;
      const path = url.path;
      const isSlash = c2 === "/" || c2 === "\\" && isSpecial(url);
      const ends = c2 === "" || isSlash || this.override === void 0 && (c2 === "?" || c2 === "#");
      if (!ends) {
        this.buffer += percentEncode(c2, PATH);
        return true;
      }
      if (isDoubleDot(this.buffer)) {
        this.#shorten();
        if (!isSlash) path.push("");
      } else if (isSingleDot(this.buffer)) {
        if (!isSlash) path.push("");
      } else {
        const isLetterFirst = url.scheme === "file" && path.length === 0 && isWindowsLetter(this.buffer);
        path.push(isLetterFirst ? `${this.buffer[0]}:` : this.buffer);
      }
      this.buffer = "";
      if (c2 === "?") url.query = "";
      if (c2 === "#") url.fragment = "";
      if (c2 === "?") return this.#go("query");
      return c2 === "#" ? this.#go("fragment") : true;
    }
    #shorten() {
      const path = this.url.path;
      if (this.url.scheme === "file" && path.length === 1 && isNormalWindowsLetter(path[0])) return;
      path.pop();
    }
    #opaquePath(c2) {
      const { url } = this;
      if (c2 === "?") {
        url.query = "";
        return this.#go("query");
      }
      if (c2 === "#") {
        url.fragment = "";
        return this.#go("fragment");
      }
      if (c2 === " ") url.path += /^[?#]/.test(this.#rest) ? "%20" : " ";
      else if (c2 !== "") url.path += percentEncode(c2, C0_CONTROL);
      return true;
    }
    #query(c2) {
      if (c2 === "" || c2 === "#" && this.override === void 0) {
        this.url.query += percentEncode(this.buffer, isSpecial(this.url) ? SPECIAL_QUERY : QUERY);
        this.buffer = "";
        if (c2 === "") return true;
        this.url.fragment = "";
        return this.#go("fragment");
      }
      this.buffer += c2;
      return true;
    }
  };
  function parse(text, base) {
    const input = text.replace(/^[\0-\x20]+|[\0-\x20]+$/g, "").replace(/[\t\n\r]/g, "");
    const url = blank();
    return new Parser(input, base, url).run() ? url : void 0;
  }
  function serializePath(url) {
    if (typeof url.path === "string") return url.path;
    return url.path.map((part) => `/${part}`).join("");
  }
  function serialize(url) {
    let text = `${url.scheme}:`;
    if (url.host !== null) {
      text += "//";
      if (url.username !== "" || url.password !== "") text += `${url.username}${url.password === "" ? "" : `:${url.password}`}@`;
      text += url.host + (url.port === null ? "" : `:${url.port}`);
    } else if (typeof url.path !== "string" && url.path.length > 1 && url.path[0] === "") text += "/.";
    text += serializePath(url);
    if (url.query !== null) text += `?${url.query}`;
    return url.fragment === null ? text : `${text}#${url.fragment}`;
  }

  // web/url.ts
  var invalid = (text, base) => Object.assign(new TypeError(base === void 0 ? `"${text}" is no URL` : `"${text}" is no URL, seen from "${base}"`), {
    code: "ERR_INVALID_URL"
  });
  var URL2 = class _URL {
    #url;
    #params;
    constructor(text, base) {
      if (arguments.length === 0) throw new TypeError("a URL needs a text");
      const given = String(text).toWellFormed();
      const from = base === void 0 ? void 0 : parse(String(base).toWellFormed());
      if (base !== void 0 && from === void 0) throw invalid(String(base));
      const url = parse(given, from);
      if (url === void 0) throw base === void 0 ? invalid(given) : invalid(given, String(base));
      this.#url = url;
    }
    static parse(text, base) {
      try {
        return new _URL(text, base);
      } catch {
        return null;
      }
    }
    static canParse(text, base) {
      return _URL.parse(text, base) !== null;
    }
    #override(input, state) {
      const copy = { ...this.#url, path: typeof this.#url.path === "string" ? this.#url.path : [...this.#url.path] };
      new Parser(input.toWellFormed().replace(/[\t\n\r]/g, ""), void 0, copy, state).run();
      this.#url = copy;
    }
    get #takesCredentials() {
      return this.#url.host !== null && this.#url.host !== "" && this.#url.scheme !== "file";
    }
    get href() {
      return serialize(this.#url);
    }
    set href(value) {
      const url = parse(String(value).toWellFormed());
      if (url === void 0) throw invalid(String(value));
      this.#url = url;
      this.#refill();
    }
    get origin() {
      const { scheme, host: host2, port, path } = this.#url;
      if (scheme === "blob" && typeof path === "string") {
        const inner = parse(path);
        return inner?.scheme === "http" || inner?.scheme === "https" ? new _URL(path).origin : "null";
      }
      if (!isSpecial(this.#url) || scheme === "file") return "null";
      return `${scheme}://${host2}${port === null ? "" : `:${port}`}`;
    }
    get protocol() {
      return `${this.#url.scheme}:`;
    }
    set protocol(value) {
      this.#override(`${String(value)}:`, "scheme start");
    }
    get username() {
      return this.#url.username;
    }
    set username(value) {
      if (this.#takesCredentials) this.#url.username = percentEncode(String(value).toWellFormed(), USERINFO);
    }
    get password() {
      return this.#url.password;
    }
    set password(value) {
      if (this.#takesCredentials) this.#url.password = percentEncode(String(value).toWellFormed(), USERINFO);
    }
    get host() {
      const { host: host2, port } = this.#url;
      return host2 === null ? "" : host2 + (port === null ? "" : `:${port}`);
    }
    set host(value) {
      if (typeof this.#url.path !== "string") this.#override(String(value), "host");
    }
    get hostname() {
      return this.#url.host ?? "";
    }
    set hostname(value) {
      if (typeof this.#url.path !== "string") this.#override(String(value), "hostname");
    }
    get port() {
      return this.#url.port === null ? "" : String(this.#url.port);
    }
    set port(value) {
      if (!this.#takesCredentials) return;
      if (String(value) === "") this.#url.port = null;
      else this.#override(String(value), "port");
    }
    get pathname() {
      return serializePath(this.#url);
    }
    set pathname(value) {
      if (typeof this.#url.path === "string") return;
      this.#url.path = [];
      this.#override(String(value), "path start");
    }
    get search() {
      return this.#url.query === null || this.#url.query === "" ? "" : `?${this.#url.query}`;
    }
    set search(value) {
      const text = String(value);
      this.#url.query = text === "" ? null : "";
      if (text !== "") this.#override(text.replace(/^\?/, ""), "query");
      this.#refill();
    }
    get searchParams() {
      if (this.#params === void 0) {
        this.#params = new URLSearchParams();
        this.#refill();
        bindTo(this.#params, (text) => void (this.#url.query = text === "" ? null : text));
      }
      return this.#params;
    }
    get hash() {
      return this.#url.fragment === null || this.#url.fragment === "" ? "" : `#${this.#url.fragment}`;
    }
    set hash(value) {
      const text = String(value);
      this.#url.fragment = text === "" ? null : "";
      if (text !== "") this.#override(text.replace(/^#/, ""), "fragment");
    }
    #refill() {
      if (this.#params !== void 0) refill2(this.#params, this.#url.query ?? "");
    }
    toString() {
      return this.href;
    }
    toJSON() {
      return this.href;
    }
  };

  // web/request.ts
  var FORBIDDEN_METHODS = /* @__PURE__ */ new Set(["CONNECT", "TRACE", "TRACK"]);
  var NORMAL = /* @__PURE__ */ new Set(["DELETE", "GET", "HEAD", "OPTIONS", "POST", "PUT"]);
  function methodOf(method) {
    const text = String(method), upper = text.toUpperCase();
    if (!/^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/.test(text)) throw new TypeError(`"${text}" is no method`);
    if (FORBIDDEN_METHODS.has(upper)) throw new TypeError(`the method ${upper} is not allowed`);
    return NORMAL.has(upper) ? upper : text;
  }
  var CHOICES = {
    redirect: ["follow", "error", "manual"],
    credentials: ["same-origin", "omit", "include"],
    cache: ["default", "no-store", "reload", "no-cache", "force-cache", "only-if-cached"],
    mode: ["cors", "no-cors", "same-origin"],
    referrerPolicy: [
      "",
      "no-referrer",
      "no-referrer-when-downgrade",
      "same-origin",
      "origin",
      "strict-origin",
      "origin-when-cross-origin",
      "strict-origin-when-cross-origin",
      "unsafe-url"
    ]
  };
  function chosen(name, options, from) {
    const given = options[name];
    if (given === void 0) return from?.[name] ?? CHOICES[name][0];
    const text = `${given}`;
    if (!CHOICES[name].includes(text)) throw new TypeError(`"${text}" is no ${name} of a request`);
    return text;
  }
  function requestFacts(input, options, from) {
    const url = from?.url ?? addressOf(input);
    if (options.window !== void 0 && options.window !== null) throw new TypeError("the window of a request is null");
    const signal = options.signal === void 0 ? from?.signal : options.signal;
    if (signal && !(signal instanceof AbortSignal)) throw new TypeError("the signal of a request is an AbortSignal");
    const facts = {
      url,
      method: methodOf(options.method ?? from?.method ?? "GET"),
      headers: new Headers(options.headers ?? from?.headers),
      redirect: chosen("redirect", options, from),
      credentials: chosen("credentials", options, from),
      cache: chosen("cache", options, from),
      mode: chosen("mode", options, from),
      referrerPolicy: chosen("referrerPolicy", options, from),
      signal: AbortSignal.any(signal ? [signal] : []),
      integrity: `${options.integrity ?? from?.integrity ?? ""}`,
      keepalive: Boolean(options.keepalive ?? from?.keepalive),
      referrer: `${options.referrer ?? from?.referrer ?? "about:client"}`
    };
    if (facts.cache === "only-if-cached" && facts.mode !== "same-origin") throw new TypeError("only-if-cached is for the same origin");
    return facts;
  }
  var Request = class _Request extends Body {
    #facts;
    constructor(input, given = {}) {
      needs(arguments, 1, "a Request");
      super();
      const from = input instanceof _Request ? input : void 0;
      const options = given ?? {};
      this.#facts = requestFacts(input, options, from === void 0 ? void 0 : from.#facts);
      this.#takeBody(options, from);
    }
    #takeBody(options, from) {
      const hasBody = options.body !== void 0 && options.body !== null;
      if ((hasBody || from && hasSource(from)) && (this.method === "GET" || this.method === "HEAD")) {
        throw new TypeError(`a ${this.method} request has no body`);
      }
      if (options.duplex !== void 0 && `${options.duplex}` !== "half") throw new TypeError("a request is sent before it is answered: half duplex");
      const own3 = hasBody ? this.#ownBody(options) : void 0;
      const isGone = from === void 0 || hasBody && (from.bodyUsed || from.body?.locked);
      const moved2 = isGone ? null : moveSource(from);
      init(this, own3 === void 0 ? moved2 : own3);
    }
    #ownBody(options) {
      const { source, type } = extract(options.body);
      if (source !== null && "stream" in source && options.duplex === void 0) {
        throw new TypeError('a body that is a stream needs duplex: "half"');
      }
      if (type !== null && !this.headers.has("content-type")) this.headers.set("content-type", type);
      return source;
    }
    get url() {
      return this.#facts.url;
    }
    get method() {
      return this.#facts.method;
    }
    get headers() {
      return this.#facts.headers;
    }
    get redirect() {
      return this.#facts.redirect;
    }
    get signal() {
      return this.#facts.signal;
    }
    get credentials() {
      return this.#facts.credentials;
    }
    get cache() {
      return this.#facts.cache;
    }
    get mode() {
      return this.#facts.mode;
    }
    get referrerPolicy() {
      return this.#facts.referrerPolicy;
    }
    get integrity() {
      return this.#facts.integrity;
    }
    get keepalive() {
      return this.#facts.keepalive;
    }
    get referrer() {
      return this.#facts.referrer;
    }
    get destination() {
      return "";
    }
    get duplex() {
      return "half";
    }
    clone() {
      const source = copySource(this);
      const copy = new _Request(this.url, this.#facts);
      init(copy, source);
      return copy;
    }
  };
  function addressOf(input) {
    const url = input instanceof URL2 ? input : new URL2(String(input));
    if (url.username !== "" || url.password !== "") throw new TypeError("a request's address has no user name or password");
    return url.href;
  }
  showProperties(Request, ["method", "url", "headers"]);

  // web/response.ts
  var NULL_BODY = /* @__PURE__ */ new Set([101, 103, 204, 205, 304]);
  var stateFacts;
  var Response = class _Response extends Body {
    #statusText;
    #headers;
    #facts;
    static {
      stateFacts = (response, facts) => {
        response.#facts = { ...response.#facts, ...facts };
        return response;
      };
    }
    constructor(body = null, given = {}) {
      super();
      const { status = 200, statusText = "", headers } = given ?? {};
      const code = Number(status);
      if (!Number.isInteger(code) || code < 200 || code > 599) throw new RangeError(`${String(status)} is no status of a response`);
      if (/[^\t\x20-\x7e\x80-\xff]/.test(String(statusText))) throw new TypeError("the status text has characters that it cannot have");
      this.#facts = { url: "", redirected: false, type: "default", status: code };
      this.#statusText = String(statusText);
      this.#headers = new Headers(headers);
      const { source, type } = extract(body);
      if (source !== null && NULL_BODY.has(code)) throw new TypeError(`a response of status ${code} has no body`);
      if (type !== null && !this.headers.has("content-type")) this.headers.set("content-type", type);
      init(this, source);
    }
    static json(value, given = {}) {
      const text = JSON.stringify(value);
      if (text === void 0) throw new TypeError("the value is not JSON");
      const headers = new Headers(given?.headers);
      if (!headers.has("content-type")) headers.set("content-type", "application/json");
      return new _Response(utf8(text), { ...given, headers });
    }
    static redirect(url, status = 302) {
      if (![301, 302, 303, 307, 308].includes(status)) throw new RangeError(`${status} is no redirect`);
      return new _Response(null, { status, headers: { location: new URL2(url).href } });
    }
    static error() {
      const response = new _Response();
      immutable(response.headers);
      return stateFacts(response, { type: "error", status: 0 });
    }
    get status() {
      return this.#facts.status;
    }
    get statusText() {
      return this.#statusText;
    }
    get headers() {
      return this.#headers;
    }
    get ok() {
      return this.status >= 200 && this.status < 300;
    }
    get url() {
      return this.#facts.url;
    }
    get redirected() {
      return this.#facts.redirected;
    }
    get type() {
      return this.#facts.type;
    }
    clone() {
      const { statusText, headers } = this;
      const source = copySource(this);
      const copy = new _Response(null, { statusText, headers });
      init(copy, source);
      return stateFacts(copy, this.#facts);
    }
  };
  showProperties(Response, ["status", "statusText", "headers"]);

  // web/fetch.ts
  async function fetch(input, given) {
    const failure = new TypeError();
    const request = new Request(input, given);
    const { signal } = request;
    signal.throwIfAborted();
    const asked = ask2(request).catch((error) => refuse2(failure, error));
    return responseOf(await unlessAborted(asked, signal));
  }
  async function ask2(request) {
    const { method, redirect } = request;
    const given = await give(request);
    request.signal.throwIfAborted();
    const url = await textWithSecrets(request.url);
    const headers = await Promise.all(Array.from(request.headers, async ([name, value]) => [name, name === "authorization" ? await headerWithSecrets(value) : await textWithSecrets(value)]));
    const body = given === null ? null : toBase64(await bytesWithSecrets(given));
    return host.op("fetch", { url, method, headers, body, redirect });
  }
  function unlessAborted(asked, signal) {
    return new Promise((resolve, reject) => {
      const forget = whenAborted(signal, () => reject(signal.reason));
      asked.then(resolve, reject).finally(() => {
        forget();
        unfollow(signal);
      });
    });
  }
  function refuse2(failure, error) {
    if (error?.code === "FETCH_TIMEOUT") throw Object.assign(new DOMException(error.message, "TimeoutError"), { cause: error });
    const hidden = (name, value) => Object.defineProperty(failure, name, { value, writable: true, configurable: true });
    hidden("message", `fetch failed: ${error?.message}`);
    hidden("cause", error);
    hidden("code", error?.code);
    throw failure;
  }
  function responseOf(answer) {
    const { status, statusText, headers, body, url, redirected } = answer;
    const hasBody = !NULL_BODY.has(status);
    const response = new Response(hasBody ? fromBase64(body ?? "") : null, { status, statusText, headers });
    immutable(response.headers);
    return stateFacts(response, { url, redirected: Boolean(redirected), type: "basic" });
  }

  // web/text_streams.ts
  var TextEncoderStream = class {
    #stream;
    constructor() {
      const encoder = new TextEncoder();
      let half = "";
      this.#stream = new TransformStream({
        transform(piece, controller) {
          const text = half + `${piece}`;
          const last = text.charCodeAt(text.length - 1);
          const split3 = last >= 55296 && last < 56320 ? text.length - 1 : text.length;
          half = text.slice(split3);
          if (split3 > 0) controller.enqueue(encoder.encode(text.slice(0, split3)));
        },
        flush(controller) {
          if (half !== "") controller.enqueue(encoder.encode(half));
        }
      });
    }
    get encoding() {
      return "utf-8";
    }
    get readable() {
      return this.#stream.readable;
    }
    get writable() {
      return this.#stream.writable;
    }
  };
  var TextDecoderStream = class {
    #decoder;
    #stream;
    constructor(label2 = "utf-8", options = {}) {
      const decoder2 = this.#decoder = new TextDecoder(label2, options);
      this.#stream = new TransformStream({
        transform(piece, controller) {
          if (viewOf(piece) === void 0) throw new TypeError("a TextDecoderStream takes bytes");
          const text = decoder2.decode(piece, { stream: true });
          if (text !== "") controller.enqueue(text);
        },
        flush(controller) {
          const text = decoder2.decode();
          if (text !== "") controller.enqueue(text);
        }
      });
    }
    get encoding() {
      return this.#decoder.encoding;
    }
    get fatal() {
      return this.#decoder.fatal;
    }
    get ignoreBOM() {
      return this.#decoder.ignoreBOM;
    }
    get readable() {
      return this.#stream.readable;
    }
    get writable() {
      return this.#stream.writable;
    }
  };

  // web/index.ts
  var web = {
    URL: URL2,
    URLSearchParams,
    URLPattern: Y2,
    TextEncoder,
    TextDecoder,
    TextEncoderStream,
    TextDecoderStream,
    atob,
    btoa,
    Event,
    CustomEvent,
    EventTarget,
    AbortController: AbortController2,
    AbortSignal,
    DOMException,
    QuotaExceededError,
    structuredClone: structuredClone2,
    Blob,
    File,
    FormData,
    Headers,
    Request,
    Response,
    fetch,
    ReadableStream,
    ReadableStreamDefaultReader,
    ReadableStreamBYOBReader,
    ReadableStreamDefaultController,
    ReadableByteStreamController,
    ReadableStreamBYOBRequest,
    WritableStream,
    WritableStreamDefaultWriter,
    WritableStreamDefaultController,
    TransformStream,
    TransformStreamDefaultController,
    ByteLengthQueuingStrategy,
    CountQueuingStrategy,
    crypto,
    CryptoKey,
    SubtleCrypto,
    performance,
    navigator
  };
  var OURS2 = [
    URL2,
    URLSearchParams,
    TextEncoder,
    TextDecoder,
    TextEncoderStream,
    TextDecoderStream,
    Event,
    CustomEvent,
    EventTarget,
    AbortController2,
    AbortSignal,
    DOMException,
    QuotaExceededError,
    Blob,
    File,
    FormData,
    Headers,
    Request,
    Response,
    CryptoKey,
    SubtleCrypto
  ];
  for (const one of OURS2) {
    const name = Object.keys(web).find((key2) => web[key2] === one);
    for (const key2 of Object.getOwnPropertyNames(one.prototype)) {
      if (key2 !== "constructor") Object.defineProperty(one.prototype, key2, { enumerable: true });
    }
    Object.defineProperty(one.prototype, Symbol.toStringTag, { value: name, configurable: true });
  }
  var CLONED = [Blob, File, DOMException, QuotaExceededError];
  refuseToClone([
    ...OURS2.filter((one) => !CLONED.includes(one)),
    ReadableStream,
    WritableStream,
    TransformStream
  ]);

  // main.ts
  var ANSWERS = [
    "reply",
    "send",
    "edit",
    "delete",
    "deleteReply",
    "react",
    "typing",
    "defer",
    "deferUpdate",
    "update",
    "editReply",
    "followUp",
    "showModal",
    "respond"
  ];
  var STORE = [
    "getEntry",
    "getWithMetadata",
    "getMany",
    "set",
    "setIfAbsent",
    "compareAndSet",
    "update",
    "increment",
    "decrement",
    "delete",
    "updateMetadata",
    "list",
    "count",
    "clear"
  ];
  trace(EventContext.prototype, ANSWERS);
  trace(InteractionContext.prototype, ANSWERS);
  trace(KvStore.prototype, STORE);
  trace(Object.getPrototypeOf(kv), ["stores"]);
  trace(Transaction.prototype, ["commit"]);
  trace(rest);
  trace(vars);
  trace(timers, ["schedule", "cancel", "list"]);
  trace(cron, ["list", "pause", "resume", "run", "runs"]);
  for (const [name, value] of Object.entries(globals_exports)) define(name, value);
  var globals = {
    on,
    once,
    off,
    collect: collect2,
    op: (name, args) => host.op(name, args),
    prefix: prefix2,
    slash,
    subcommand,
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
    schedule: traced(schedule),
    cancel: traced(cancel),
    duration,
    ...helpers_exports
  };
  for (const name of Object.keys(globals)) define(name, globals[name]);
  define("flora", { ...globals_exports, ...globals });
  for (const name of Object.keys(web)) {
    if (typeof web[name] === "function") Object.defineProperty(web[name], "name", { value: name, configurable: true });
    define(name, web[name], false);
  }
  define("console", console, false);
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
  prepareRehearsal();
  host.setDispatcher(dispatch);
  host.setRegistrations(registrations);
})();
/**
 * @license
 * web-streams-polyfill v4.3.0
 * Copyright 2026 Mattias Buelens, Diwank Singh Tomer and other contributors.
 * This code is released under the MIT license.
 * SPDX-License-Identifier: MIT
 */
