// `rest.*`: each of Discord's operations in the script's own guild, and the original's names for many of them.

import { applicationId } from "./interaction_context";
import { host } from "./host";
import { type Prepared, optionsOf, prepareNow, sendMessage, withFiles } from "./messages";
import { OPERATIONS } from "./operations";
import { both, emojiName, snake, snakeName } from "./payload";
import { legacyOperations } from "./rest_legacy";

type Args = Record<string, any>;
export type Operation = (args?: Args) => Promise<any>;

/** What every operation may have beside the names in its path. */
const OWN = new Set(["query", "body", "files", "reason", "guildId", "applicationId"]);

/** Operations whose body is a message: whether it is a new one. */
const MESSAGES: Readonly<Record<string, boolean>> = {
  createMessage: true,
  executeWebhook: true,
  updateMessage: false,
  updateWebhookMessage: false,
  updateOriginalWebhookMessage: false,
};
const WEBHOOK_QUERY = ["wait", "threadId", "withComponents"];

function operation(name: string, readsOnly: boolean, path: readonly string[]): Operation {
  if (name in MESSAGES) return messageOperation(name, path, MESSAGES[name]!);
  return async (args = {}) => {
    const { named, loose } = split(name, args, path);
    const { body = {}, query, reason, files } = args;
    const asked: Args = { ...named };
    const filled = { ...query, ...(readsOnly ? loose : {}) };
    if (Object.keys(filled).length > 0) asked.query = snakeQuery(filled);
    const sent = readsOnly || Array.isArray(body) ? body : { ...body, ...loose };
    if (!readsOnly && Object.keys(sent).length > 0) asked.body = snake(sent);
    if (reason !== undefined) asked.reason = String(reason);
    if (name === "createInteractionResponse") return both(await interactionResponse(asked, args));
    if (files === undefined) return both(await host.op(`rest.${name}`, asked));
    return both(await host.op(`rest.${name}`, withFiles(asked, await prepareNow({ content: "-", files }, false))));
  };
}

/** The names of the path, and what is neither those nor one of the fields that every operation has. */
function split(name: string, args: Args, path: readonly string[]): { named: Args; loose: Args } {
  const named: Args = {}, loose: Args = {};
  for (const field of path) {
    const value = args[field] ?? (field === "webhookId" ? applicationId() : undefined);
    if (value === undefined || value === null) throw missing(name, field);
    named[field] = field === "emojiName" ? emojiName(value) : String(value);
  }
  for (const field of Object.keys(args)) if (!(field in named) && !OWN.has(field)) loose[field] = args[field];
  return { named, loose };
}

const missing = (name: string, field: string): TypeError =>
  Object.assign(new TypeError(`rest.${name} needs ${field}`), { code: "INVALID_INPUT" });

function snakeQuery(query: Args): Args {
  const asked: Args = {};
  for (const name of Object.keys(query)) {
    if (query[name] !== undefined) asked[snakeName(name)] = snake(query[name]);
  }
  return asked;
}

function messageOperation(name: string, path: readonly string[], fresh: boolean): Operation {
  return async (args = {}) => {
    const { named, loose } = split(name, args, path);
    const query = { ...args.query };
    if (name === "executeWebhook") {
      for (const field of WEBHOOK_QUERY) {
        if (loose[field] === undefined) continue;
        query[field] = loose[field];
        delete loose[field];
      }
    }
    const { replyTo, ...options } = { ...optionsOf(args.body ?? {}), ...loose };
    const prepared = await prepareNow({ ...options, ...(args.files && { files: args.files }) }, fresh);
    if (name === "createMessage") return both(await sendMessage(named.channelId, prepared, replyTo));
    const asked = { ...named, ...(Object.keys(query).length > 0 && { query: snakeQuery(query) }), body: prepared.body };
    return both(await host.op(`rest.${name}`, withFiles(asked, prepared)));
  };
}

const NEW_MESSAGE = 4, CHANGED_MESSAGE = 7;

async function interactionResponse(asked: Args, args: Args): Promise<any> {
  const { type, data } = asked.body ?? {};
  if ((type !== NEW_MESSAGE && type !== CHANGED_MESSAGE) || data === undefined) {
    return host.op("rest.createInteractionResponse", asked);
  }
  const prepared: Prepared = await prepareNow({ ...data, ...(args.files && { files: args.files }) }, type === NEW_MESSAGE);
  return host.op("rest.createInteractionResponse", withFiles({ ...asked, body: { type, data: prepared.body } }, prepared));
}

const table: Record<string, Operation> = {};
for (const [name, readsOnly, path] of OPERATIONS) {
  table[name] = operation(name, readsOnly, path === "" ? [] : path.split(" "));
}
/** Kept for the original's names, whatever a script makes of `rest`. */
const byName = { ...table };

export const rest: Record<string, Operation> = Object.assign(table, legacyOperations(byName));
