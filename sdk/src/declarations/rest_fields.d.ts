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
