// The application commands of this script: what Discord is told of them, and which handler a use of one belongs to.

import { checkTotals, wireCommand } from "../builders/check-commands";
import { type Given, type Inner, innerOf, isNest } from "../builders/commands";
import { Check, shown } from "../builders/problems";
import type { InteractionContext } from "../interaction_context";
import type { Handler } from "../events";
import { changed } from "../host";
import { type Cooldown, cooldownOf, cooldowns } from "./cooldown";
import { optionsOfUse } from "./used";

/** Whether, how and when an answer is deferred for a handler: after so many milliseconds, for the member alone, not at all. */
export type CommandMode = boolean | "ephemeral" | number;

/** By the words after the command's name: "" for the command itself. */
interface Handlers {
  runs: Map<string, Handler>;
  /** Of autocompletion: the option's name is the last word. */
  completions: Map<string, Handler>;
}

interface Registered extends Handlers {
  json: any;
  mode: CommandMode;
  cooldown: Cooldown | undefined;
}

const CHAT = 1;
const KINDS: Readonly<Record<string, string>> = { user: "userCommand", 2: "userCommand", message: "messageCommand", 3: "messageCommand" };
const registered = new Map<string, Registered>();

export const commandsJson = (): any[] => Array.from(registered.values(), (one) => one.json);

/** Makes what an author wrote into what is registered. Throws for everything that Discord would refuse. */
export function compile(given: any, mayBeWithoutRun = false): Registered {
  const where = `${KINDS[given?.type] ?? "slash"} ${shown(given?.name)}`;
  const check = new Check(where);
  const json: any = wireCommand(check, given);
  const handlers: Handlers = { runs: new Map(), completions: new Map() };
  if (json !== undefined) gather(check, given, [], handlers, mayBeWithoutRun);
  check.throwIfAny("this command", "INVALID_COMMAND");
  if (json.type !== CHAT) delete json.description;
  return { json, ...handlers, mode: given.autoDefer ?? true, cooldown: cooldownOf(given.cooldown, where) };
}

/** The handlers of a command, or of whatever is inside it. */
function gather(check: Check, given: Given, words: readonly string[], found: Handlers, mayBeWithoutRun: boolean): void {
  const inner = innerOf(given);
  const nests = inner.filter((one) => isNest(one.type));
  for (const one of nests) {
    const at = check.at(one.key).at(one.index);
    gather(at, one.given, [...words, String(one.given["name"])], found, mayBeWithoutRun);
  }
  if (nests.length > 0) return;
  const { run } = given;
  if (typeof run === "function") found.runs.set(words.join(" "), run as Handler);
  else if (mayBeWithoutRun) found.runs.set(words.join(" "), () => undefined);
  else check.at("run").fail(`${shown(run)} is no function`, "write run: (ctx) => ctx.reply(...)");
  for (const one of inner) addCompletion(one, words, found);
}

function addCompletion({ given }: Inner, words: readonly string[], found: Handlers): void {
  const { autocomplete } = given;
  if (typeof autocomplete === "function") found.completions.set([...words, given["name"]].join(" "), autocomplete as Handler);
}

/** Adds commands, or none of them when one cannot be. */
export function registerCommands(given: readonly any[], mayBeWithoutRun = false): void {
  const added = given.map((one) => compile(one, mayBeWithoutRun));
  const check = new Check("commands");
  checkTotals(check, [...registered.values(), ...added].map((one) => one.json));
  check.throwIfAny("these commands", "INVALID_COMMAND");
  for (const one of added) registered.set(`${one.json.type} ${one.json.name}`, one);
  changed();
}

const of = (context: InteractionContext): Registered | undefined =>
  registered.get(`${context.raw.data?.type ?? CHAT} ${context.raw.data?.name}`);

/** How a use of a command is handled; undefined when it is none of ours. */
export function commandOf(context: InteractionContext): { run: Handler; autoDefer: CommandMode } | undefined {
  const command = of(context);
  return command && { run: (given) => runCommand(command, given), autoDefer: command.mode };
}

function runCommand(command: Registered, context: InteractionContext): unknown {
  const used = optionsOfUse(context.raw.data);
  const handler = command.runs.get(used.path);
  if (handler === undefined) {
    const name = `/${command.json.name} ${used.path}`.trim();
    throw Object.assign(new Error(`nothing in this script handles ${name}`), { code: "NO_HANDLER" });
  }
  const { raw } = context;
  const ids = { user: raw.member?.user?.id ?? raw.user?.id, channel: raw.channel_id, guild: raw.guild_id };
  const wait = command.cooldown === undefined ? 0 : cooldowns.use(`/${command.json.name}`, command.cooldown, ids);
  if (wait > 0) return context.reply({ content: `You can use this again in ${wait} s.`, ephemeral: true });
  used.attachTo(context);
  return handler(context);
}

/** The handler of what is being typed. */
export function autocompleteOf(context: InteractionContext): Handler | undefined {
  const used = optionsOfUse(context.raw.data);
  const focused = used.focused;
  if (focused === undefined) return undefined;
  const path = [used.path, focused.name].filter((word) => word !== "").join(" ");
  const handler = of(context)?.completions.get(path);
  if (handler === undefined) return undefined;
  used.attachTo(context);
  Object.defineProperty(context, "focused", { value: focused, configurable: true });
  Object.defineProperty(context, "value", { value: focused.value, configurable: true });
  return async (given: InteractionContext) => {
    const choices = await handler(given);
    if (given.stage === "open") await given.respond((choices as Iterable<unknown>) ?? []);
  };
}
