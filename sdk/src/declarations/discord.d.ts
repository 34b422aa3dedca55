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
