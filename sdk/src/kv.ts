// Key-value data of the guild. `kv` itself is the store "default"; `kv.store(name)` is any other.

import { fromBase64, toBase64, viewOf } from "./bytes";
import { host } from "./host";

export interface SetOptions {
  /** Seconds from now. */
  ttl?: number;
  /** A moment, in Unix seconds. */
  expiration?: number;
  metadata?: unknown;
  /** Only if the key has this version still; 0: only if there is none. */
  ifVersion?: number;
}

const DEFAULT_STORE = "default";
const MOST_TRIES = 20;

const OPTIONS = ["ttl", "expiration", "metadata", "ifVersion"];
const IN_A_TRANSACTION = [...OPTIONS, "store"];

// What the way to the host would turn into something else (NaN into null, half a character into U+FFFD) is refused here.
const refused = (code: string, text: string): TypeError => Object.assign(new TypeError(text), { code: `KV_${code}` });

const isNumber = (value: unknown): boolean => typeof value === "number" && Number.isFinite(value);

function written(value: unknown): { value: unknown } | { bytes: string } {
  const view = viewOf(value);
  if (view !== undefined) return { bytes: toBase64(view) };
  if (value === undefined || typeof value === "function" || typeof value === "symbol") {
    throw refused("INVALID_VALUE", `${typeof value} cannot be stored; null, delete or some JSON can`);
  }
  if (typeof value === "number" && !isNumber(value)) throw refused("INVALID_VALUE", `${value} cannot be stored; it is not JSON`);
  if (typeof value === "string") wellFormed(value, "INVALID_VALUE", "a text");
  return { value };
}

function wellFormed(text: string, code: string, what: string): string {
  if (!text.isWellFormed()) throw refused(code, `${what} holds half a surrogate pair`);
  return text;
}

function keyOf(key: unknown): string {
  if (typeof key === "string") return wellFormed(key, "INVALID_KEY", "a key");
  if (typeof key !== "number" && typeof key !== "bigint") throw refused("INVALID_KEY", `${typeof key} is no key; a text is`);
  return String(key);
}

function storeOf(name: unknown): string {
  if (typeof name !== "string" || name === "") throw refused("INVALID_STORE_NAME", "a store has a name");
  return wellFormed(name, "INVALID_STORE_NAME", "a store's name");
}

function amountOf(amount: unknown): unknown {
  if (!isNumber(amount)) throw refused("INVALID_NUMBER", `${String(amount)} cannot be added; a number can`);
  return amount;
}

const read = (found: any): any => (found.bytes === undefined ? found.value : fromBase64(found.bytes));

function seconds(name: string, given: unknown): unknown {
  const value = given instanceof Date ? given.getTime() / 1000 : given;
  if (!isNumber(value)) throw refused("INVALID_EXPIRY", `${name} is ${String(value)}; it is a number of seconds`);
  return value;
}

function settings(options: SetOptions = {}, known: string[] = OPTIONS): Record<string, unknown> {
  for (const name in options) {
    if (!known.includes(name)) throw refused("INVALID_VALUE", `there is no option ${name}; there are ${known.join(", ")}`);
  }
  const { ttl, expiration, metadata, ifVersion } = options;
  return {
    ...(ttl !== undefined && ttl !== null && { ttl: seconds("ttl", ttl) }),
    ...(expiration !== undefined && expiration !== null && { expiration: seconds("expiration", expiration) }),
    ...(metadata !== undefined && { metadata }),
    ...(ifVersion !== undefined && { ifVersion }),
  };
}

export class KvStore {
  readonly name: string;

  constructor(name: string) {
    this.name = storeOf(name);
  }

  #ask(operation: string, key: unknown, more: Record<string, unknown> = {}): Promise<any> {
    return host.op(`kv.${operation}`, { store: this.name, key: keyOf(key), ...more });
  }

  /** The value, or null. */
  async get(key: string): Promise<any> {
    const found = await this.#ask("get", key);
    return found === null || found === undefined ? null : read(found);
  }

  /** The value with its metadata, expiry and version; null when there is none. */
  async getEntry(key: string): Promise<any> {
    const found = await this.#ask("get", key);
    if (!found) return null;
    const { metadata, expiration, version } = found;
    return { value: read(found), metadata: metadata ?? undefined, expiration: expiration ?? undefined, version };
  }

  async getWithMetadata(key: string): Promise<any> {
    return (await this.getEntry(key)) ?? { value: null, metadata: undefined, expiration: undefined, version: 0 };
  }

  /** Many at once, as they were at one moment; null for those that are not there. */
  async getMany(keys: Iterable<string>): Promise<any[]> {
    const found = await host.op("kv.getMany", { store: this.name, keys: Array.from(keys, keyOf) });
    return found.map((one: any) => (one === null ? null : read(one)));
  }

  async has(key: string): Promise<boolean> {
    return this.#ask("has", key);
  }

  /** Durable once it is awaited. With `ifVersion`, false when somebody else wrote meanwhile. */
  async set(key: string, value: unknown, options?: SetOptions): Promise<boolean> {
    const done = await this.#ask("set", key, { ...written(value), ...settings(options) });
    return done?.ok ?? true;
  }

  /** Only where nothing is; whether it was stored. */
  async setIfAbsent(key: string, value: unknown, options?: SetOptions): Promise<boolean> {
    return (await this.#ask("setIfAbsent", key, { ...written(value), ...settings(options) })).ok;
  }

  /** Only if the key still has the version that `getEntry` gave; whether it was stored. */
  async compareAndSet(key: string, version: number, value: unknown, options?: SetOptions): Promise<boolean> {
    return (await this.#ask("compareAndSet", key, { version, ...written(value), ...settings(options) })).ok;
  }

  /** Reads, changes and writes, again if somebody else wrote meanwhile. `undefined` removes the key. */
  async update(key: string, change: (value: any) => unknown, options?: SetOptions): Promise<any> {
    for (let tries = 0; tries < MOST_TRIES; tries++) {
      const entry = await this.getEntry(key);
      const version = entry?.version ?? 0;
      const value = await change(entry?.value ?? null);
      if (value === undefined) {
        if (version === 0 || (await this.delete(key, { ifVersion: version }))) return undefined;
      } else if (await this.compareAndSet(key, version, value, options)) return value;
    }
    throw Object.assign(new Error(`"${key}" was written by others ${MOST_TRIES} times meanwhile`), { code: "KV_CONFLICT" });
  }

  /** Adds to a number and answers the sum; a key that is not there counts from 0. */
  async increment(key: string, amount = 1, options?: SetOptions): Promise<number> {
    return (await this.#ask("increment", key, { amount: amountOf(amount), ...settings(options) })).value;
  }

  async decrement(key: string, amount = 1, options?: SetOptions): Promise<number> {
    return this.increment(key, -(amountOf(amount) as number), options);
  }

  /** Whether there was one (and, with a version, still that one). */
  async delete(key: string, options: { ifVersion?: number } = {}): Promise<boolean> {
    const version = options.ifVersion === undefined ? {} : { version: options.ifVersion };
    const done = await this.#ask("delete", key, version);
    return done?.ok !== false && (done?.existed ?? true);
  }

  async updateMetadata(key: string, metadata?: unknown): Promise<void> {
    await this.#ask("updateMetadata", key, { metadata: metadata ?? null });
  }

  /** A page of keys in the order of their bytes. */
  async list(options: Record<string, any> = {}): Promise<any> {
    const asked: Record<string, unknown> = { store: this.name };
    for (const name of ["prefix", "start", "end", "reverse", "limit", "cursor"]) {
      const value = options[name];
      if (Number.isNaN(value)) throw refused("INVALID_LIMIT", `${name} is NaN`);
      if (typeof value === "string") wellFormed(value, "INVALID_KEY", name);
      if (value !== undefined && value !== null) asked[name] = value;
    }
    const page = await host.op("kv.list", asked);
    const keys = page.keys.map(withoutNulls);
    const { listComplete, cursor } = page;
    const answer = { keys, listComplete, ...(cursor !== null && { cursor }) };
    Object.defineProperty(answer, "list_complete", { value: listComplete });
    return answer;
  }

  /** Every key there is, page after page. */
  async *keys(options: Record<string, any> = {}): AsyncGenerator<string> {
    for (let cursor: string | undefined; ; ) {
      const page = await this.list({ ...options, cursor });
      for (const key of page.keys) yield key.name;
      cursor = page.cursor;
      if (page.listComplete || cursor === undefined) return;
    }
  }

  /** How many keys there are. */
  async count(): Promise<number> {
    return (await host.op("kv.count", { store: this.name })).count;
  }

  /** Removes everything at once, and answers how much it was. */
  clear(): Promise<number> {
    return host.op("kv.clear", { store: this.name });
  }
}

const withoutNulls = (key: any): any => {
  const { name, metadata, expiration, version } = key;
  return { name, ...(expiration !== null && { expiration }), ...(metadata !== null && { metadata }), version };
};

/** Checks and changes that happen all together, or not at all. */
export class Transaction {
  readonly #checks: unknown[] = [];
  readonly #mutations: unknown[] = [];
  readonly #store: string;

  constructor(store: string) {
    this.#store = store;
  }

  #at = (key: string, store?: string) => ({ store: storeOf(store ?? this.#store), key: keyOf(key) });

  /** It fails unless the key has this version; 0: unless there is none. */
  check(key: string, version: number, store?: string): this {
    this.#checks.push({ ...this.#at(key, store), version });
    return this;
  }

  set(key: string, value: unknown, options: SetOptions & { store?: string } = {}): this {
    this.#mutations.push({ type: "set", ...this.#at(key, options.store), ...written(value), ...settings(options, IN_A_TRANSACTION) });
    return this;
  }

  delete(key: string, store?: string): this {
    this.#mutations.push({ type: "delete", ...this.#at(key, store) });
    return this;
  }

  increment(key: string, amount = 1, options: SetOptions & { store?: string } = {}): this {
    this.#mutations.push({ type: "increment", ...this.#at(key, options.store), amount: amountOf(amount), ...settings(options, IN_A_TRANSACTION) });
    return this;
  }

  updateMetadata(key: string, metadata: unknown, store?: string): this {
    this.#mutations.push({ type: "updateMetadata", ...this.#at(key, store), metadata: metadata ?? null });
    return this;
  }

  /** Whether it was done; `check` says which of the conditions did not hold. */
  commit(): Promise<any> {
    return host.op("kv.transact", { checks: this.#checks, mutations: this.#mutations });
  }
}

export const store = (name: string): KvStore => new KvStore(name);

class Kv extends KvStore {
  store(name: string): KvStore {
    return store(name);
  }

  /** The guild's stores, with how much is in each. */
  stores(): Promise<{ name: string; count: number; bytes: number }[]> {
    return host.op("kv.stores", {});
  }

  transaction(store = DEFAULT_STORE): Transaction {
    return new Transaction(store);
  }
}

export const kv = new Kv(DEFAULT_STORE);
