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
