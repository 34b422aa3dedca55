// -- what rest.* is given ---------------------------------------------------------------------------------------------
// The fields of each operation's query, when it only reads, or body, when it writes. `query` and `body` take what stands
// here in Discord's own words too.

/** A sum of permissions: `permissionBits(...)`, as text or number. */
type RestBits = string | number | bigint;

interface DiscordFields {
  listGuildApplicationCommands: {
    withLocalizations?: boolean;
  };
  listGuildApplicationCommandPermissions: {};
  getGuildApplicationCommand: {};
  getGuildApplicationCommandPermissions: {};
  getChannel: {};
  deleteChannel: {};
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
    defaultReactionEmoji?: { emojiId?: Snowflake | null; emojiName?: string | null } | null;
    defaultSortOrder?: number | null;
    defaultTagSetting?: "match_all" | "match_some" | null;
    defaultThreadRateLimitPerUser?: number | null;
    flags?: number | null;
    nsfw?: boolean | null;
    parentId?: Snowflake | null;
    permissionOverwrites?: readonly { allow?: RestBits; deny?: RestBits; id: Snowflake; type?: number | null }[] | null;
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
  listChannelInvites: {};
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
  createPin: {};
  deletePin: {};
  getMessage: {};
  deleteMessage: {};
  crosspostMessage: {};
  deleteAllMessageReactions: {};
  listMessageReactionsByEmoji: {
    after?: Snowflake;
    limit?: number;
    type?: number;
  };
  deleteAllMessageReactionsByEmoji: {};
  addMyMessageReaction: {};
  deleteMyMessageReaction: {};
  deleteUserMessageReaction: {};
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
  deleteChannelPermissionOverwrite: {};
  getAnswerVoters: {
    after?: Snowflake;
    limit?: number;
  };
  pollExpire: {};
  listThreadMembers: {
    withMember?: boolean;
    limit?: number;
    after?: Snowflake;
  };
  joinThread: {};
  leaveThread: {};
  getThreadMember: {
    withMember?: boolean;
  };
  addThreadMember: {};
  deleteThreadMember: {};
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
  listPrivateArchivedThreads: {
    before?: Timestamp;
    limit?: number;
  };
  listPublicArchivedThreads: {
    before?: Timestamp;
    limit?: number;
  };
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
  triggerTypingIndicator: {};
  listMyPrivateArchivedThreads: {
    before?: Snowflake;
    limit?: number;
  };
  updateVoiceChannelStatus: {
    status?: string | null;
  };
  listChannelWebhooks: {};
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
  listAutoModerationRules: {};
  createAutoModerationRule: {
    actions?: readonly object[] | null;
    enabled?: boolean | null;
    eventType: number;
    exemptChannels?: readonly Snowflake[] | null;
    exemptRoles?: readonly Snowflake[] | null;
    name: string;
    triggerMetadata?: object | null;
    triggerType: number;
  };
  getAutoModerationRule: {};
  deleteAutoModerationRule: {};
  updateAutoModerationRule: {
    actions?: readonly object[] | null;
    enabled?: boolean | null;
    eventType?: number;
    exemptChannels?: readonly Snowflake[] | null;
    exemptRoles?: readonly Snowflake[] | null;
    name?: string;
    triggerMetadata?: object | null;
    triggerType?: number;
  };
  listGuildBans: {
    limit?: number;
    before?: Snowflake;
    after?: Snowflake;
  };
  getGuildBan: {};
  banUserFromGuild: {
    deleteMessageDays?: number | null;
    deleteMessageSeconds?: number | null;
  };
  unbanUserFromGuild: {};
  bulkBanUsersFromGuild: {
    deleteMessageSeconds?: number | null;
    userIds: readonly Snowflake[];
  };
  listGuildChannels: {};
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
    defaultReactionEmoji?: { emojiId?: Snowflake | null; emojiName?: string | null } | null;
    defaultSortOrder?: number | null;
    defaultTagSetting?: "match_all" | "match_some" | null;
    defaultThreadRateLimitPerUser?: number | null;
    name: string;
    nsfw?: boolean | null;
    parentId?: Snowflake | null;
    permissionOverwrites?: readonly { allow?: RestBits; deny?: RestBits; id: Snowflake; type?: number | null }[] | null;
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
  listGuildEmojis: {};
  createGuildEmoji: {
    image: string;
    name: string;
    roles?: readonly Snowflake[] | null;
  };
  getGuildEmoji: {};
  deleteGuildEmoji: {};
  updateGuildEmoji: {
    name?: string;
    roles?: readonly Snowflake[] | null;
  };
  updateGuildIncidentActions: {
    dmsDisabledUntil?: Timestamp | null;
    invitesDisabledUntil?: Timestamp | null;
  };
  listGuildIntegrations: {};
  deleteGuildIntegration: {};
  listGuildInvites: {};
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
  getGuildMember: {};
  addGuildMember: {
    accessToken: string;
    deaf?: boolean | null;
    flags?: number | null;
    mute?: boolean | null;
    nick?: string | null;
    roles?: readonly Snowflake[] | null;
  };
  deleteGuildMember: {};
  updateGuildMember: {
    channelId?: Snowflake | null;
    communicationDisabledUntil?: Timestamp | null;
    deaf?: boolean | null;
    flags?: number | null;
    mute?: boolean | null;
    nick?: string | null;
    roles?: readonly Snowflake[] | null;
  };
  addGuildMemberRole: {};
  deleteGuildMemberRole: {};
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
  getGuildNewMemberWelcome: {};
  getGuildsOnboarding: {};
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
  getGuildPreview: {};
  previewPruneGuild: {
    days?: number;
    includeRoles?: readonly Snowflake[] | string;
  };
  pruneGuild: {
    computePruneCount?: boolean | null;
    days?: number | null;
    includeRoles?: readonly Snowflake[] | string | null;
  };
  listGuildVoiceRegions: {};
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
  listGuildRoles: {};
  createGuildRole: {
    color?: number | null;
    colors?: { primaryColor?: number | null; secondaryColor?: number | null; tertiaryColor?: number | null } | null;
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
  guildRoleMemberCounts: {};
  getGuildRole: {};
  deleteGuildRole: {};
  updateGuildRole: {
    color?: number | null;
    colors?: { primaryColor?: number | null; secondaryColor?: number | null; tertiaryColor?: number | null } | null;
    hoist?: boolean | null;
    icon?: string | null;
    mentionable?: boolean | null;
    name?: string | null;
    permissions?: RestBits;
    unicodeEmoji?: string | null;
  };
  listGuildScheduledEvents: {
    withUserCount?: boolean;
  };
  createGuildScheduledEvent: {
    channelId?: Snowflake | null;
    description?: string | null;
    entityMetadata?: object | null;
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
  deleteGuildScheduledEvent: {};
  updateGuildScheduledEvent: {
    channelId?: Snowflake | null;
    description?: string | null;
    entityMetadata?: object | null;
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
  deleteGuildScheduledEventException: {};
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
  listGuildScheduledEventExceptionUsers: {
    withMember?: boolean;
    limit?: number;
    before?: Snowflake;
    after?: Snowflake;
  };
  listGuildSoundboardSounds: {};
  createGuildSoundboardSound: {
    emojiId?: Snowflake | null;
    emojiName?: string | null;
    name: string;
    sound: string;
    volume?: number | null;
  };
  getGuildSoundboardSound: {};
  deleteGuildSoundboardSound: {};
  updateGuildSoundboardSound: {
    emojiId?: Snowflake | null;
    emojiName?: string | null;
    name?: string;
    volume?: number | null;
  };
  listGuildStickers: {};
  createGuildSticker: {};
  getGuildSticker: {};
  deleteGuildSticker: {};
  updateGuildSticker: {
    description?: string | null;
    name?: string;
    tags?: string;
  };
  listGuildTemplates: {};
  createGuildTemplate: {
    description?: string | null;
    name: string;
  };
  syncGuildTemplate: {};
  deleteGuildTemplate: {};
  updateGuildTemplate: {
    description?: string | null;
    name?: string;
  };
  getActiveGuildThreads: {};
  getGuildVanityUrl: {};
  getSelfVoiceState: {};
  updateSelfVoiceState: {
    channelId?: Snowflake | null;
    requestToSpeakTimestamp?: Timestamp | null;
    suppress?: boolean | null;
  };
  getVoiceState: {};
  updateVoiceState: {
    channelId?: Snowflake | null;
    suppress?: boolean | null;
  };
  getGuildWebhooks: {};
  getGuildWelcomeScreen: {};
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
  getGuildWidgetSettings: {};
  updateGuildWidgetSettings: {
    channelId?: Snowflake | null;
    enabled?: boolean | null;
  };
  getGuildWidget: {};
  createStageInstance: {
    channelId: Snowflake;
    guildScheduledEventId?: Snowflake | null;
    privacyLevel?: number | null;
    sendStartNotification?: boolean | null;
    topic: string;
  };
  getStageInstance: {};
  deleteStageInstance: {};
  updateStageInstance: {
    privacyLevel?: number;
    topic?: string;
  };
  getWebhook: {};
  deleteWebhook: {};
  updateWebhook: {
    avatar?: string | null;
    channelId?: Snowflake | null;
    name?: string;
  };
  getWebhookByToken: {};
  deleteWebhookByToken: {};
  updateWebhookByToken: {
    avatar?: string | null;
    name?: string;
  };
  getOriginalWebhookMessage: {
    threadId?: Snowflake;
  };
  deleteOriginalWebhookMessage: {};
  getWebhookMessage: {
    threadId?: Snowflake;
  };
  deleteWebhookMessage: {};
}
