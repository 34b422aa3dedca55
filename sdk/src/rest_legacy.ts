// The original's names for operations, with its arguments, on top of Discord's own.

import { registerSlashCommands } from "./commands/bot";
import { applicationId } from "./interaction_context";
import { both } from "./payload";
import type { Operation } from "./rest";

type Args = Record<string, any>;

const REPLY = 4, DEFERRED = 5, UPDATE = 7;
const EPHEMERAL = 1 << 6;
const REGISTERED =
  "commands are registered by createBot, and kept as the script says; they cannot be changed one by one";

/** `payload` is what the original called a raw body. */
const withBody = ({ payload, ...args }: Args): Args => (payload === undefined ? args : { ...args, body: { ...payload, ...args.body } });

const threadAs = ({ threadId, channelId, ...args }: Args): Args => ({ channelId: channelId ?? threadId, ...args });

/** Of an interaction: its token is a webhook's, and the webhook is the application. */
const originalAt = ({ token, interactionToken, webhookToken, interactionId: _, guildId: __, ...args }: Args): Args => ({
  webhookId: args.applicationId ?? applicationId(),
  webhookToken: webhookToken ?? interactionToken ?? token,
  ...args,
});

const callback = (type: number, { interactionId, token, interactionToken, ...data }: Args): Args => ({
  interactionId,
  interactionToken: interactionToken ?? token,
  body: { type, ...(Object.keys(data).length > 0 && { data }) },
});

const reaction = ({ emoji, emojiName, ...args }: Args): Args => ({ ...args, emojiName: emojiName ?? emoji });

const unsupported: Operation = async () => {
  throw Object.assign(new Error(REGISTERED), { code: "NOT_SUPPORTED" });
};

export function legacyOperations(now: Record<string, Operation>): Record<string, Operation> {
  const as = (name: string, change: (args: Args) => Args = withBody): Operation => (args = {}) => now[name]!(change(args));
  return {
    sendMessage: as("createMessage", ({ messageId, replyTo, ...args }) => ({ ...args, replyTo: replyTo ?? messageId })),
    editMessage: as("updateMessage"),
    bulkDeleteMessages: as("bulkDeleteMessages", ({ messageIds, messages, ...args }) => ({ ...args, messages: messages ?? messageIds })),
    pinMessage: as("createPin"),
    unpinMessage: as("deletePin"),
    fetchMessage: as("getMessage"),
    fetchMessages: as("listMessages"),
    addReaction: as("addMyMessageReaction", reaction),
    removeReaction: (args = {}) => now[args.userId ? "deleteUserMessageReaction" : "deleteMyMessageReaction"]!(reaction(args)),
    clearReactions: (args = {}) =>
      args.emoji || args.emojiName ? now.deleteAllMessageReactionsByEmoji!(reaction(args)) : now.deleteAllMessageReactions!(args),
    sendInteractionResponse: as("createInteractionResponse", (args) => callback(REPLY, args)),
    deferInteractionResponse: as("createInteractionResponse", ({ ephemeral, ...args }) =>
      callback(DEFERRED, ephemeral ? { ...args, flags: EPHEMERAL } : args)),
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
    deleteWebhook: webhook(now, "deleteWebhook"),
  };
}

/** With a token, by the token. */
const webhook = (now: Record<string, Operation>, name: string): Operation => (args = {}) => {
  const { token, webhookToken = token, ...rest } = withBody(args);
  return webhookToken === undefined ? now[name]!(rest) : now[`${name}ByToken`]!({ ...rest, webhookToken });
};
