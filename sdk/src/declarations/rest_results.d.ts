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
