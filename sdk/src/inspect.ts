// Values as the log shows them: JSON where they are JSON, and what they are where they are not.

import { host } from "./host";

const DEEPEST = 6;
const MOST_ITEMS = 100;
/** A line of the log has some 8,000 characters; what is beyond is not even looked at. */
const MOST_CHARACTERS = 10_000;
const { stringify } = JSON;
const { getPrototypeOf, keys: keysOf } = Object;
const { isArray } = Array;
const { isView } = ArrayBuffer;
const plainPrototype = Object.prototype;

/** Of objects that keep everything to themselves, what is worth seeing. */
const seen = new Map<object, readonly string[]>();

export function showProperties(of: { prototype: object }, names: readonly string[]): void {
  seen.set(of.prototype, names);
}

/** A text at the top is shown as it is, everything else so that one sees what it is. */
export function show(value: unknown): string {
  if (typeof value === "string") return value;
  if (typeof value !== "object" || value === null) return simple(value);
  try {
    return new Inspection().show(value, 0);
  } catch {
    return host.preview(value);
  }
}

function simple(value: unknown): string {
  switch (typeof value) {
    case "string":
      return stringify(value);
    case "bigint":
      return `${value}n`;
    case "function":
      return named(value);
    default:
      return String(value);
  }
}

function named(value: Function): string {
  const kind = /^class\b/.test(Function.prototype.toString.call(value)) ? "class" : "function";
  return value.name ? `[${kind} ${value.name}]` : `[${kind}]`;
}

class Inspection {
  readonly #inside = new Set<object>();
  #left = MOST_CHARACTERS;

  show(value: unknown, depth: number): string {
    if (typeof value !== "object" || value === null) return this.#count(simple(value));
    if (this.#inside.has(value)) return "[circular]";
    if (depth >= DEEPEST) return isArray(value) ? "[…]" : "{…}";
    this.#inside.add(value);
    const text = this.#object(value, depth);
    this.#inside.delete(value);
    return text;
  }

  #count(text: string): string {
    this.#left -= text.length;
    return text;
  }

  #object(value: any, depth: number): string {
    if (value instanceof Error) return this.#error(value, depth);
    if (isArray(value)) return this.#list(value.length, (index) => this.show(value[index], depth + 1), "[", "]");
    if (value instanceof Map) {
      const entries = [...value];
      const entry = (index: number) => `${this.show(entries[index]![0], depth + 1)} => ${this.show(entries[index]![1], depth + 1)}`;
      return `Map(${value.size}) ${this.#list(entries.length, entry, "{", "}")}`;
    }
    if (value instanceof Set) {
      const members = [...value];
      return `Set(${value.size}) ${this.#list(members.length, (index) => this.show(members[index], depth + 1), "{", "}")}`;
    }
    if (isView(value) && !(value instanceof DataView)) {
      const bytes = value as unknown as ArrayLike<number>;
      return `${className(value)}(${bytes.length}) ${this.#list(bytes.length, (index) => simple(bytes[index]), "[", "]")}`;
    }
    if (value instanceof RegExp) return this.#count(String(value));
    if (typeof value.toJSON === "function") return this.show(value.toJSON(), depth);
    return this.#fields(value, depth);
  }

  #fields(value: any, depth: number): string {
    const prototype = getPrototypeOf(value);
    const name = prototype === plainPrototype ? "" : className(value);
    const names = (name === "" ? undefined : seen.get(prototype)) ?? keysOf(value);
    const field = (index: number) => `${stringify(names[index])}:${this.show(value[names[index]!], depth + 1)}`;
    const text = this.#list(names.length, field, "{", "}");
    if (name === "" || name === "Object") return text;
    return names.length === 0 ? name : `${name} ${text}`;
  }

  #error(error: any, depth: number): string {
    const head = `${error.name}: ${error.message}`;
    const code = typeof error.code === "string" ? ` [${error.code}]` : "";
    const cause = error.cause === undefined ? "" : `, caused by ${this.show(error.cause, depth + 1)}`;
    return this.#count(head + code + cause);
  }

  #list(length: number, item: (index: number) => string, open: string, close: string): string {
    let text = open;
    const count = length < MOST_ITEMS ? length : MOST_ITEMS;
    for (let index = 0; index < count && this.#left > 0; index++) text += (index > 0 ? "," : "") + this.#count(item(index));
    return text + (count < length || this.#left <= 0 ? `${length > 0 ? "," : ""}…` : "") + close;
  }
}

function className(value: object): string {
  const prototype = getPrototypeOf(value);
  const made = prototype === null ? "" : prototype.constructor?.name;
  return typeof made === "string" && made !== "" ? made : "Object";
}
