// What events are called, here and by the original flora.

/** Discord's events that concern a guild, as the gateway calls them in camel case. */
export const EVENTS: readonly string[] = [
  "ready",
  "applicationCommandPermissionsUpdate",
  "autoModerationRuleCreate", "autoModerationRuleUpdate", "autoModerationRuleDelete", "autoModerationActionExecution",
  "channelCreate", "channelUpdate", "channelDelete", "channelPinsUpdate", "channelInfo",
  "threadCreate", "threadUpdate", "threadDelete", "threadListSync", "threadMemberUpdate", "threadMembersUpdate",
  "entitlementCreate", "entitlementUpdate", "entitlementDelete",
  "guildCreate", "guildUpdate", "guildDelete", "guildAuditLogEntryCreate", "guildBanAdd", "guildBanRemove",
  "guildEmojisUpdate", "guildStickersUpdate", "guildIntegrationsUpdate",
  "guildMemberAdd", "guildMemberUpdate", "guildMemberRemove", "guildMembersChunk",
  "guildRoleCreate", "guildRoleUpdate", "guildRoleDelete",
  "guildScheduledEventCreate", "guildScheduledEventUpdate", "guildScheduledEventDelete",
  "guildScheduledEventUserAdd", "guildScheduledEventUserRemove",
  "guildScheduledEventExceptionCreate", "guildScheduledEventExceptionUpdate", "guildScheduledEventExceptionDelete",
  "guildSoundboardSoundCreate", "guildSoundboardSoundUpdate", "guildSoundboardSoundDelete",
  "guildSoundboardSoundsUpdate", "soundboardSounds",
  "guildJoinRequestCreate", "guildJoinRequestUpdate", "guildJoinRequestDelete",
  "integrationCreate", "integrationUpdate", "integrationDelete",
  "interactionCreate",
  "inviteCreate", "inviteDelete",
  "messageCreate", "messageUpdate", "messageDelete", "messageDeleteBulk",
  "messageReactionAdd", "messageReactionRemove", "messageReactionRemoveAll", "messageReactionRemoveEmoji",
  "messagePollVoteAdd", "messagePollVoteRemove",
  "presenceUpdate",
  "stageInstanceCreate", "stageInstanceUpdate", "stageInstanceDelete",
  "subscriptionCreate", "subscriptionUpdate", "subscriptionDelete",
  "typingStart",
  "voiceChannelEffectSend", "voiceChannelStatusUpdate", "voiceChannelStartTimeUpdate",
  "voiceStateUpdate", "voiceServerUpdate",
  "webhooksUpdate",
];

/** Other names for them; the first four are the original's. */
export const ALIASES: Readonly<Record<string, string>> = {
  __proto__: null as never,
  reactionAdd: "messageReactionAdd",
  reactionRemove: "messageReactionRemove",
  reactionRemoveAll: "messageReactionRemoveAll",
  reactionRemoveEmoji: "messageReactionRemoveEmoji",
};

/** Interactions by kind: they come as `interactionCreate`, and are told apart here. */
export const INTERACTION_EVENTS: readonly string[] = ["componentInteraction", "modalSubmit", "autocomplete"];
