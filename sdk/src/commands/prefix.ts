// Commands that are messages: `!tag add "two words" ...`.

import type { EventContext } from "../context";
import { type Handler, add } from "../events";
import { changed } from "../host";
import { type Cooldown, cooldownOf, cooldowns } from "./cooldown";

export interface PrefixCommand {
  name: string;
  description?: string;
  aliases?: string[];
  usage?: string;
  cooldown?: unknown;
  hidden?: boolean;
  run: Handler;
}

interface Known {
  command: PrefixCommand;
  cooldown: Cooldown | undefined;
}

export interface PrefixOptions {
  prefix: string | readonly string[];
  help: boolean | string | undefined;
  onCooldown?: ((context: any, seconds: number) => unknown) | undefined;
}

const known = new Map<string, Known>();
let prefixes: readonly string[] = [];
let onCooldown: PrefixOptions["onCooldown"];

export const prefixNames = (): string[] => [...new Set(Array.from(known.values(), (one) => one.command.name))];

/** Listens to messages from now on. */
export function registerPrefix(commands: readonly PrefixCommand[], options: PrefixOptions): void {
  const all = options.help ? [...commands, helpCommand(options.help === true ? "help" : options.help)] : commands;
  prefixes = (typeof options.prefix === "string" ? [options.prefix] : [...options.prefix]).sort((a, b) => b.length - a.length);
  if (prefixes.some((one) => typeof one !== "string" || one === "")) throw new TypeError("a prefix is a text that is not empty");
  onCooldown = options.onCooldown;
  for (const command of all) registerOne(command);
  if (known.size > 0) add("messageCreate", handle);
  changed();
}

function registerOne(command: PrefixCommand): void {
  if (typeof command?.name !== "string" || command.name === "" || /\s/.test(command.name)) {
    throw new TypeError(`prefix: ${JSON.stringify(command?.name)} is no name: it has no spaces, and is not empty`);
  }
  if (typeof command.run !== "function") throw new TypeError(`prefix "${command.name}" needs a run function`);
  const one = { command, cooldown: cooldownOf(command.cooldown, `prefix "${command.name}"`) };
  for (const name of [command.name, ...(command.aliases ?? [])]) {
    if (known.has(name)) throw new Error(`there are two prefix commands "${name}": give each name and each alias to one only`);
    known.set(name, one);
  }
}

/** Words; those in quotation marks are one, and a backslash keeps a mark from ending it. */
export function splitArguments(text: string): string[] {
  const words: string[] = [];
  for (const found of text.matchAll(/"((?:\\.|[^"\\])*)"|'((?:\\.|[^'\\])*)'(?=\s|$)|“([^”]*)”|(\S+)/gs)) {
    const quoted = found[1] ?? found[2] ?? found[3];
    words.push(quoted === undefined ? found[4]! : quoted.replace(/\\(["'\\])/g, "$1"));
  }
  return words;
}

function handle(context: EventContext): unknown {
  const { raw } = context;
  const content = raw?.content;
  if (typeof content !== "string" || content === "" || raw.author?.bot) return undefined;
  const text = content.trim();
  const prefix = prefixes.find((one) => text.startsWith(one));
  if (prefix === undefined) return undefined;
  const after = text.slice(prefix.length).trim();
  const name = /^\S+/.exec(after)?.[0];
  const found = name === undefined ? undefined : known.get(name);
  if (found === undefined) return undefined;
  const ids = { user: raw.author?.id, channel: raw.channel_id, guild: raw.guild_id };
  const wait = found.cooldown === undefined ? 0 : cooldowns.use(prefix + found.command.name, found.cooldown, ids);
  if (wait > 0) return onCooldown ? onCooldown(context, wait) : context.reply(`You can use this again in ${wait} s.`);
  const rest = after.slice(name!.length).trim();
  attach(context, { args: splitArguments(rest), rest, prefix, commandName: found.command.name });
  return found.command.run(context);
}

function attach(context: any, values: Record<string, unknown>): void {
  for (const name of Object.keys(values)) {
    Object.defineProperty(context, name, { value: values[name], writable: true, configurable: true, enumerable: true });
  }
}

function helpCommand(name: string): PrefixCommand {
  return { name, description: "What this bot can do", run: (context) => context.reply({ content: helpText(context.args[0]), allowedMentions: { parse: [] } }) };
}

const DISCORDS_LIMIT = 2000;

function helpText(asked?: string): string {
  const prefix = prefixes[0]!;
  const one = asked === undefined ? undefined : known.get(asked)?.command;
  if (asked !== undefined && one === undefined) return `There is no command ${prefix}${asked}.`;
  if (one !== undefined) return helpOf(prefix, one);
  const shown = [...new Set(Array.from(known.values(), (each) => each.command))].filter((each) => !each.hidden);
  const lines = shown.map((each) => `\`${prefix}${each.name}\`${each.description ? `: ${each.description}` : ""}`);
  const text = lines.join("\n");
  return text.length <= DISCORDS_LIMIT ? text : `${text.slice(0, DISCORDS_LIMIT - 1)}…`;
}

function helpOf(prefix: string, command: PrefixCommand): string {
  const aliases = command.aliases?.length ? `\nAlso: ${command.aliases.map((name) => `\`${prefix}${name}\``).join(", ")}` : "";
  const usage = command.usage === undefined ? "" : ` ${command.usage}`;
  return `\`${prefix}${command.name}${usage}\`${command.description ? `\n${command.description}` : ""}${aliases}`;
}
