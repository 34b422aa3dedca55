// Headers, as the Fetch Standard has them.

const NAME = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;

type Guard = "none" | "immutable";

let guardOf: (headers: Headers, guard: Guard) => Headers;

export class Headers {
  /** In lower case, each with its values in order. */
  readonly #values = new Map<string, string[]>();
  #guard: Guard = "none";

  static {
    guardOf = (headers, guard) => {
      headers.#guard = guard;
      return headers;
    };
  }

  constructor(init?: any) {
    if (init === undefined) return;
    if (init === null || typeof init !== "object") throw new TypeError("Headers are made of pairs, or of an object");
    const pairs: Iterable<any> = typeof init[Symbol.iterator] === "function" ? init : Reflect.ownKeys(init)
      .filter((name) => Object.getOwnPropertyDescriptor(init, name)?.enumerable)
      .map((name) => [name, init[name]]);
    for (const pair of pairs) {
      const [name, value, ...rest] = pair;
      if (value === undefined || rest.length > 0) throw new TypeError("a header is a name and a value");
      this.append(name, value);
    }
  }

  #check(name: unknown): string {
    if (typeof name === "symbol" || !NAME.test(String(name))) throw new TypeError(`"${String(name)}" is no name of a header`);
    return String(name).toLowerCase();
  }

  #write(): void {
    if (this.#guard === "immutable") throw new TypeError("these headers cannot be changed");
  }

  append(name: unknown, value: unknown): void {
    const key = this.#check(name), text = normal(value);
    this.#write();
    const values = this.#values.get(key);
    if (values === undefined) this.#values.set(key, [text]);
    else values.push(text);
  }

  set(name: unknown, value: unknown): void {
    const key = this.#check(name), text = normal(value);
    this.#write();
    this.#values.set(key, [text]);
  }

  delete(name: unknown): void {
    const key = this.#check(name);
    this.#write();
    this.#values.delete(key);
  }

  get(name: unknown): string | null {
    return this.#values.get(this.#check(name))?.join(", ") ?? null;
  }

  has(name: unknown): boolean {
    return this.#values.has(this.#check(name));
  }

  getSetCookie(): string[] {
    return [...(this.#values.get("set-cookie") ?? [])];
  }

  forEach(visit: (value: string, name: string, headers: Headers) => void, self?: unknown): void {
    for (const [name, value] of this) visit.call(self, value, name, this);
  }

  *entries(): Generator<[string, string]> {
    for (const name of [...this.#values.keys()].sort()) {
      const values = this.#values.get(name) ?? [];
      if (name === "set-cookie") for (const value of values) yield [name, value];
      else yield [name, values.join(", ")];
    }
  }

  *keys(): Generator<string> {
    for (const [name] of this) yield name;
  }

  *values(): Generator<string> {
    for (const [, value] of this) yield value;
  }

  [Symbol.iterator](): Generator<[string, string]> {
    return this.entries();
  }

  get [Symbol.toStringTag](): string {
    return "Headers";
  }
}

/** Without the white space around it; a value of bytes only. */
function normal(value: unknown): string {
  const text = String(value).replace(/^[\t\n\r ]+|[\t\n\r ]+$/g, "");
  if (/[\0\r\n]|[^\0-\xff]/.test(text)) throw new TypeError("the value of a header has a character that no header has");
  return text;
}

export const immutable = (headers: Headers): Headers => guardOf(headers, "immutable");
