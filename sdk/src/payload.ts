// Discord's payloads as scripts see them: names in camel case, converted when a handler first looks.

import { charCodeAt, indexOf, isArray, mapGet, mapSet, replace, slice } from "./uncurried";

const MOST_NAMES = 4000;
const camelNames = new Map<string, string>([["__proto__", "proto"]]);
const snakeNames = new Map<string, string>();
const UNDERSCORE = /(?<=[a-z0-9])_([a-z0-9])/g;
const CAMEL = /^[a-z]+[0-9]*(?:[A-Z][a-z0-9]*)+$/;
const CAPITAL = /[A-Z]/g;
const keysOf = Object.keys;
const toUpper = (_: string, letter: string): string => letter.toUpperCase();
const toLower = (letter: string): string => `_${letter.toLowerCase()}`;

/** The same text as the engine keeps it for keys. One that was put together would be looked up there at each use. */
const asKey = (text: string): string => keysOf({ [text]: 0 })[0]!;

/** Every name is looked up, with an underscore or without: that is twice as fast as looking for one first. */
function camelName(name: string): string {
  const known = mapGet(camelNames, name);
  if (known !== undefined) return known;
  const code = charCodeAt(name, 0);
  const isId = code >= 0x30 && code <= 0x39;
  if (isId) return name;
  const own = asKey(indexOf(name, "_") < 0 ? name : replace(name, UNDERSCORE, toUpper));
  if (camelNames.size < MOST_NAMES) mapSet(camelNames, name, own);
  return own;
}

/** A copy of what came as JSON, with names in camel case, all the way down. */
export function camel(value: any): any {
  if (typeof value !== "object" || value === null) return value;
  if (isArray(value)) {
    const list: unknown[] = [];
    for (let index = 0; index < value.length; index++) list[index] = camel(value[index]);
    return list;
  }
  const copy: Record<string, unknown> = {};
  for (const name in value) {
    const field = value[name];
    copy[camelName(name)] = typeof field === "object" && field !== null ? camel(field) : field;
  }
  return copy;
}

const inherit = Object.setPrototypeOf;

/**
 * The same, with Discord's own names readable beside ours: the original gave parts of interactions, and what Discord
 * answered, as Discord wrote it. They are inherited, so that listing or writing such an object shows each field once.
 */
export function both(value: any): any {
  if (typeof value !== "object" || value === null) return value;
  if (isArray(value)) return value.map(both);
  const copy: Record<string, unknown> = inherit({}, value);
  for (const name of keysOf(value)) copy[camelName(name)] = both(value[name]);
  return copy;
}

/** `allowedMentions` is `allowed_mentions` to Discord; keys that are data (locales, ids) are left alone. */
export function snakeName(name: string): string {
  let known = mapGet(snakeNames, name);
  if (known === undefined) {
    known = CAMEL.test(name) ? replace(name, CAPITAL, toLower) : name;
    if (snakeNames.size < MOST_NAMES) mapSet(snakeNames, name, known);
  }
  return known;
}

/** What a script wrote, as Discord takes it: builders built, names in snake case, ids of any kind as text. */
export function snake(value: any): any {
  if (typeof value === "bigint") return String(value);
  if (typeof value !== "object" || value === null) return value;
  if (typeof value.toJSON === "function") return snake(value.toJSON());
  if (isArray(value)) return value.map(snake);
  const copy: Record<string, unknown> = {};
  for (const name of keysOf(value)) {
    const field = value[name];
    if (field === undefined || typeof field === "function") continue;
    copy[snakeName(name)] = typeof field === "object" || typeof field === "bigint" ? snake(field) : field;
  }
  return copy;
}

/** `<:party:123>`, `party:123`, `{ name, id }` or the sign itself, as routes take it. */
export function emojiName(emoji: any): string {
  if (typeof emoji === "object" && emoji !== null) return emoji.id ? `${emoji.name ?? "_"}:${emoji.id}` : String(emoji.name);
  const text = String(emoji);
  const custom = /^<a?:(\w+:\d+)>$/.exec(text);
  return custom ? custom[1]! : indexOf(text, "%") >= 0 ? decodeURIComponent(text) : slice(text, 0);
}
