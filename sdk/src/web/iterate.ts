// Going through the pairs of Headers, URLSearchParams and FormData, as Web IDL has it: whoever changes them meanwhile
// changes what comes next.

type Pair = readonly [unknown, unknown];
type Kind = "entries" | "keys" | "values";

const iterators = Object.getPrototypeOf(Object.getPrototypeOf([][Symbol.iterator]()));

/** What `iterable` gives a class. */
export interface Pairs<Value> {
  entries(): IterableIterator<[string, Value]>;
  keys(): IterableIterator<string>;
  values(): IterableIterator<Value>;
  forEach(visit: (value: Value, name: string, owner: this) => void, self?: unknown): void;
  [Symbol.iterator](): IterableIterator<[string, Value]>;
}

/** Gives a class what goes through its pairs; `pairAt` answers undefined behind the last. */
export function iterable<Owner extends object>(
  owners: abstract new (...args: any[]) => Owner,
  name: string,
  pairAt: (owner: Owner, index: number) => Pair | undefined,
): void {
  class PairIterator {
    readonly #owner: Owner;
    readonly #kind: Kind;
    #index = 0;

    constructor(owner: Owner, kind: Kind) {
      this.#owner = owner;
      this.#kind = kind;
    }

    next(): IteratorResult<unknown> {
      const pair = pairAt(this.#owner, this.#index);
      if (pair === undefined) return { value: undefined, done: true };
      this.#index++;
      const value = this.#kind === "entries" ? [...pair] : pair[this.#kind === "keys" ? 0 : 1];
      return { value, done: false };
    }
  }
  Object.setPrototypeOf(PairIterator.prototype, iterators);
  Object.defineProperty(PairIterator.prototype, "next", { enumerable: true });
  Object.defineProperty(PairIterator.prototype, Symbol.toStringTag, { value: `${name} Iterator`, configurable: true });
  Reflect.deleteProperty(PairIterator.prototype, "constructor");

  const methods = {
    entries(this: Owner) {
      pairAt(this, 0); // refuses what is no owner
      return new PairIterator(this, "entries");
    },
    keys(this: Owner) {
      pairAt(this, 0);
      return new PairIterator(this, "keys");
    },
    values(this: Owner) {
      pairAt(this, 0);
      return new PairIterator(this, "values");
    },
    forEach(this: Owner, visit: (value: unknown, name: unknown, owner: Owner) => void, self?: unknown) {
      if (typeof visit !== "function") throw new TypeError(`${name}.forEach needs a function`);
      for (let index = 0, pair = pairAt(this, 0); pair !== undefined; pair = pairAt(this, ++index)) {
        visit.call(self, pair[1], pair[0], this);
      }
    },
  };
  for (const [key, value] of Object.entries(methods)) {
    Object.defineProperty(owners.prototype, key, { value, writable: true, configurable: true, enumerable: true });
  }
  Object.defineProperty(owners.prototype, Symbol.iterator, { value: methods.entries, writable: true, configurable: true });
}

/**
 * The pairs that a script gives: of a sequence of two each, or of an object's own keys. `text` makes texts of names and
 * values, each as soon as it is read, as Web IDL has it; of keys that become the same the last one counts.
 */
export function pairsOf(given: any, what: string, text: (value: unknown) => string): [string, string][] {
  const iterate = given[Symbol.iterator];
  if (iterate === undefined || iterate === null) return [...recordOf(given, text)];
  return Array.from(given as Iterable<Iterable<unknown>>, (one) => {
    const pair = typeof one === "object" && one !== null ? Array.from(one, text) : [];
    if (pair.length !== 2) throw new TypeError(`${what} is a name and a value`);
    return pair as [string, string];
  });
}

function recordOf(given: any, text: (value: unknown) => string): Map<string, string> {
  const record = new Map<string, string>();
  for (const key of Reflect.ownKeys(given)) {
    if (!Object.getOwnPropertyDescriptor(given, key)?.enumerable) continue;
    const name = text(key);
    record.set(name, text(given[key]));
  }
  return record;
}

/** Web IDL counts arguments before it looks at them. */
export function needs(given: ArrayLike<unknown>, count: number, what: string): void {
  if (given.length < count) throw new TypeError(`${what} needs ${count} argument${count === 1 ? "" : "s"}, and got ${given.length}`);
}
