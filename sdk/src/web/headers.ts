// Headers, as the Fetch Standard has them.

import { iterable, needs, type Pairs, pairsOf } from "./iterate";

const NAME = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;

type Guard = "none" | "immutable";

let guardOf: (headers: Headers, guard: Guard) => Headers;
let sortedOf: (headers: Headers) => readonly [string, string][];

export interface Headers extends Pairs<string> {}

export class Headers {
  /** In lower case, each with its values in order. */
  readonly #values = new Map<string, string[]>();
  #sorted: [string, string][] | undefined;
  #guard: Guard = "none";

  static {
    guardOf = (headers, guard) => {
      headers.#guard = guard;
      return headers;
    };
    sortedOf = (headers) => (headers.#sorted ??= sorted(headers.#values));
  }

  constructor(init?: any) {
    if (init === undefined) return;
    if (init === null || (typeof init !== "object" && typeof init !== "function")) {
      throw new TypeError("Headers are made of pairs, or of an object");
    }
    for (const [name, value] of pairsOf(init, "a header", byteText)) this.append(name, value);
  }

  #check(name: unknown): string {
    if (typeof name === "symbol" || !NAME.test(String(name))) throw new TypeError(`"${String(name)}" is no name of a header`);
    return String(name).toLowerCase();
  }

  #write(): void {
    if (this.#guard === "immutable") throw new TypeError("these headers cannot be changed");
    this.#sorted = undefined;
  }

  append(name: unknown, value: unknown): void {
    needs(arguments, 2, "Headers.append");
    const key = this.#check(name), text = normal(value);
    this.#write();
    const values = this.#values.get(key);
    if (values === undefined) this.#values.set(key, [text]);
    else values.push(text);
  }

  set(name: unknown, value: unknown): void {
    needs(arguments, 2, "Headers.set");
    const key = this.#check(name), text = normal(value);
    this.#write();
    this.#values.set(key, [text]);
  }

  delete(name: unknown): void {
    needs(arguments, 1, "Headers.delete");
    const key = this.#check(name);
    this.#write();
    this.#values.delete(key);
  }

  get(name: unknown): string | null {
    needs(arguments, 1, "Headers.get");
    return this.#values.get(this.#check(name))?.join(", ") ?? null;
  }

  has(name: unknown): boolean {
    needs(arguments, 1, "Headers.has");
    return this.#values.has(this.#check(name));
  }

  getSetCookie(): string[] {
    return [...(this.#values.get("set-cookie") ?? [])];
  }
}

iterable(Headers, "Headers", (headers, index) => sortedOf(headers)[index]);

function sorted(values: ReadonlyMap<string, string[]>): [string, string][] {
  const names = [...values.keys()].sort();
  return names.flatMap((name): [string, string][] => {
    const all = values.get(name)!;
    return name === "set-cookie" ? all.map((value) => [name, value]) : [[name, all.join(", ")]];
  });
}

/** A text whose characters stand for bytes. */
function byteText(value: unknown): string {
  const text = `${value as string}`;
  if (/[^\0-\xff]/.test(text)) throw new TypeError("a header has a character that no header has");
  return text;
}

/** Without the white space around it; a value of bytes only. */
function normal(value: unknown): string {
  const text = byteText(value).replace(/^[\t\n\r ]+|[\t\n\r ]+$/g, "");
  if (/[\0\r\n]/.test(text)) throw new TypeError("the value of a header has a character that no header has");
  return text;
}

export const immutable = (headers: Headers): Headers => guardOf(headers, "immutable");
