// The application commands of this script: what Discord is told of them, and which handler a use of one belongs to.

import { checkedCommands } from "../builders/check-commands";
import { type PermissionResolvable, permissionBits } from "../builders/permissions";
import type { InteractionContext } from "../context";
import type { Handler } from "../events";
import { changed } from "../host";
import { type Cooldown, cooldownOf, cooldowns } from "./cooldown";
import {
  type Completions, characters, checkDescription, checkName, localized, optionsJson, refuse, typeNumber,
} from "./options";
import { optionsOfUse } from "./used";

/** Whether, how and when an answer is deferred for a handler: after so many milliseconds, for the member alone, not at all. */
export type CommandMode = boolean | "ephemeral" | number;

interface Registered {
  json: any;
  /** By the words after the command's name: "" for the command itself. */
  runs: Map<string, Handler>;
  completions: Completions;
  mode: CommandMode;
  cooldown: Cooldown | undefined;
}

const CHAT = 1, USER = 2, MESSAGE = 3;
const MOST: Readonly<Record<number, number>> = { [CHAT]: 100, [USER]: 15, [MESSAGE]: 15 };
const MOST_CHARACTERS = 8000;
const registered = new Map<string, Registered>();

export const commandsJson = (): any[] => Array.from(registered.values(), (one) => one.json);

/** Makes what an author wrote into what is registered. Throws for everything that Discord would refuse. */
export function compile(given: any, type = given?.type ?? CHAT): Registered {
  const kind = typeof type === "number" ? type : type === "user" ? USER : type === "message" ? MESSAGE : CHAT;
  return kind === CHAT ? compileChat(given) : compileMenu(given, kind);
}

function compileChat(given: any): Registered {
  const where = `slash "${String(given?.name)}"`;
  const name = checkName(where, given?.name);
  const completions: Completions = new Map();
  const runs = new Map<string, Handler>();
  const nested = nestedOptions(where, given);
  const json: any = {
    type: CHAT,
    name,
    description: checkDescription(where, given.description),
    ...localized(where, given),
    ...permissions(where, given),
    options: optionsJson(where, nested ?? given.options, "", completions),
  };
  if (nested === undefined) {
    if (typeof given.run !== "function") refuse(where, "it needs a run function, or subcommands that have one");
    runs.set("", given.run);
  } else gatherRuns(where, nested, "", runs);
  if (json.options.length === 0) delete json.options;
  const count = characters(json);
  if (count > MOST_CHARACTERS) refuse(where, `${count} characters in names, descriptions and choices; Discord takes ${MOST_CHARACTERS}`);
  return { json, runs, completions, mode: given.autoDefer ?? true, cooldown: cooldownOf(given.cooldown, where) };
}

function compileMenu(given: any, type: number): Registered {
  const where = `${type === USER ? "userCommand" : "messageCommand"} "${String(given?.name)}"`;
  if (typeof given?.name !== "string" || given.name.length < 1 || given.name.length > 32) {
    refuse(where, "the name of a context menu has 1 to 32 characters");
  }
  if (typeof given.run !== "function") refuse(where, "it needs a run function");
  const { name_localizations: names } = localizedNames(given);
  const json = { type, name: given.name, ...(names && { name_localizations: names }), ...permissions(where, given) };
  const runs = new Map<string, Handler>([["", given.run]]);
  return { json, runs, completions: new Map(), mode: given.autoDefer ?? true, cooldown: cooldownOf(given.cooldown, where) };
}

const localizedNames = (given: any): any => ({ name_localizations: given.nameLocalizations ?? given.name_localizations });

function permissions(where: string, given: any): Record<string, unknown> {
  const asked = given.defaultMemberPermissions ?? given.default_member_permissions ?? given.permissions;
  const nsfw = given.nsfw === undefined ? {} : { nsfw: Boolean(given.nsfw) };
  if (asked === undefined) return nsfw;
  return { default_member_permissions: asked === null ? null : bitsOf(where, asked), ...nsfw };
}

function bitsOf(where: string, asked: PermissionResolvable): string {
  try {
    return String(permissionBits(asked));
  } catch (error) {
    return refuse(where, (error as Error).message);
  }
}

/** Subcommands and groups, in whichever of the ways they may be written; undefined when there are none. */
function nestedOptions(where: string, given: any): any[] | undefined {
  const fromOptions = (Array.isArray(given.options) ? given.options : []).filter(
    (one: any) => [1, 2, "subcommand", "subcommand_group", "subcommandGroup"].includes(one?.type),
  );
  const subcommands = [...(given.subcommands ?? []), ...(given.groups ?? [])].map((one: any) => ({
    ...one,
    type: one.subcommands !== undefined || one.type === 2 || one.type === "subcommand_group" ? 2 : 1,
  }));
  if (fromOptions.length === 0 && subcommands.length === 0) return undefined;
  const all = [...fromOptions, ...subcommands];
  if (fromOptions.length > 0 && fromOptions.length < given.options.length) {
    refuse(where, "it has subcommands, and so no options of its own");
  }
  return all;
}

function gatherRuns(where: string, options: any[], path: string, runs: Map<string, Handler>): void {
  for (const option of options) {
    const type = typeNumber(where, option.type);
    const own = path === "" ? option.name : `${path} ${option.name}`;
    if (type === 2) {
      if (path !== "") refuse(where, `the group "${option.name}" is inside another; Discord has one level of groups`);
      gatherRuns(where, [...(option.options ?? []), ...(option.subcommands ?? []).map((one: any) => ({ ...one, type: 1 }))], own, runs);
      continue;
    }
    if (type !== 1) refuse(where, `"${option.name}" stands beside subcommands, and is none`);
    if (typeof option.run !== "function") refuse(where, `the subcommand "${own}" needs a run function`);
    runs.set(own, option.run);
  }
}

/** Adds commands, or none of them when one cannot be. */
export function registerCommands(given: readonly any[]): void {
  const added = given.map((one) => compile(one));
  const all = new Map(registered);
  for (const one of added) {
    const key = `${one.json.type} ${one.json.name}`;
    if (all.has(key)) refuse(`command "${one.json.name}"`, "there are two of this name");
    all.set(key, one);
  }
  for (const type of [CHAT, USER, MESSAGE]) {
    const count = Array.from(all.values()).filter((one) => one.json.type === type).length;
    if (count > MOST[type]!) refuse("commands", `${count} of one kind, and Discord takes ${MOST[type]}`);
  }
  checkedCommands(Array.from(all.values(), (one) => one.json));
  for (const [key, one] of all) registered.set(key, one);
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
  const path = ` ${[used.path, focused.name].filter((word) => word !== "").join(" ")}`;
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
