// structuredClone: a copy of everything that can be one, with its circles.

import { Blob, File, sameBlob } from "./blob";
import { DOMException, QuotaExceededError } from "./exception";

const { apply } = Reflect;
const ERRORS: Readonly<Record<string, ErrorConstructor>> = {
  Error, EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError,
};

function refuse(what: string): never {
  throw new DOMException(`${what} could not be cloned.`, "DataCloneError");
}

const getter = (prototype: object, name: PropertyKey): (() => any) => Object.getOwnPropertyDescriptor(prototype, name)!.get!;
const TypedArrayPrototype = Object.getPrototypeOf(Uint8Array.prototype);

// Each takes only what is of its kind, whatever that says of itself.
const numberOf = Number.prototype.valueOf, textOf = String.prototype.valueOf, truthOf = Boolean.prototype.valueOf;
const bigOf = BigInt.prototype.valueOf, symbolOf = Symbol.prototype.valueOf, timeOf = Date.prototype.getTime;
const sizeOfMap = getter(Map.prototype, "size"), sizeOfSet = getter(Set.prototype, "size");
const lengthOfBuffer = getter(ArrayBuffer.prototype, "byteLength"), sourceOf = getter(RegExp.prototype, "source");
const lengthOfView = getter(DataView.prototype, "byteLength"), keysOfArray = TypedArrayPrototype.keys;
const kindOfArray = getter(TypedArrayPrototype, Symbol.toStringTag), stackOf = getter(Error.prototype, "stack");

function isReally(method: () => unknown, value: object): boolean {
  try {
    apply(method, value, []);
    return true;
  } catch {
    return false;
  }
}

const { toString: describe } = Object.prototype;

/**
 * The way of nearly everything: what has no tag is not of the platform, and the language tells dates, errors, patterns
 * and boxes by themselves. To try each kind takes several times as long.
 */
const isPlain = (value: any): boolean => value[Symbol.toStringTag] === undefined && apply(describe, value, []) === "[object Object]";

/** What holds more than can be seen of it. */
const KEPT: readonly (abstract new (...args: any[]) => object)[] = [
  WeakMap, WeakSet, WeakRef, Promise, FinalizationRegistry,
  Object.getPrototypeOf(Object.getPrototypeOf([][Symbol.iterator]())).constructor,
];
let platform: readonly (abstract new (...args: any[]) => object)[] = [];

/** Classes of the platform whose objects cannot be cloned. */
export function refuseToClone(classes: readonly (abstract new (...args: any[]) => object)[]): void {
  platform = classes;
}

class Cloning {
  readonly #known = new Map<object, object>();

  clone(value: any): any {
    if (typeof value === "symbol") refuse(String(value));
    if (typeof value === "function") refuse(`The function ${value.name || "without a name"}`);
    if (typeof value !== "object" || value === null) return value;
    return this.#known.get(value) ?? this.#object(value);
  }

  #keep<T extends object>(value: object, copy: T): T {
    this.#known.set(value, copy);
    return copy;
  }

  #object(value: any): any {
    if (Array.isArray(value)) return this.#fields(value, this.#keep(value, new Array(value.length)));
    if (isPlain(value)) return this.#fields(value, this.#keep(value, {}));
    if (isReally(lengthOfBuffer, value)) return this.#keep(value, sameBuffer(value));
    if (ArrayBuffer.isView(value)) return this.#view(value);
    if (isReally(sizeOfMap, value)) return this.#map(value);
    if (isReally(sizeOfSet, value)) return this.#set(value);
    if (isReally(timeOf, value)) return this.#keep(value, new Date(apply(timeOf, value, [])));
    if (value !== RegExp.prototype && isReally(sourceOf, value)) return this.#keep(value, new RegExp(value.source, value.flags));
    if (value instanceof Blob || value instanceof File) return this.#keep(value, sameBlob(value));
    if (value instanceof DOMException) return this.#keep(value, sameException(value));
    if (isReally(stackOf, value)) return this.#error(value);
    return this.#boxed(value) ?? this.#plain(value);
  }

  #boxed(value: any): any {
    if (isReally(symbolOf, value)) refuse("A Symbol");
    for (const method of [numberOf, textOf, truthOf, bigOf]) {
      if (isReally(method, value)) return this.#keep(value, Object(apply(method, value, [])));
    }
    return undefined;
  }

  #plain(value: any): any {
    const kept = [...KEPT, ...platform].find((one) => value instanceof one);
    if (kept !== undefined) refuse(`A ${kept.name}`);
    return this.#fields(value, this.#keep(value, {}));
  }

  #fields(value: any, copy: any): any {
    for (const name of Object.keys(value)) {
      if (!Object.hasOwn(value, name)) continue; // a getter before has taken it away
      Object.defineProperty(copy, name, { value: this.clone(value[name]), writable: true, enumerable: true, configurable: true });
    }
    return copy;
  }

  #map(value: Map<any, any>): Map<any, any> {
    const entries = [...Map.prototype.entries.call(value)];
    const copy = this.#keep(value, new Map());
    for (const [key, one] of entries) copy.set(this.clone(key), this.clone(one));
    return copy;
  }

  #set(value: Set<any>): Set<any> {
    const entries = [...Set.prototype.values.call(value)];
    const copy = this.#keep(value, new Set());
    for (const one of entries) copy.add(this.clone(one));
    return copy;
  }

  /** One that follows the length of its buffer goes on doing so. */
  #view(value: any): any {
    const kind: string | undefined = apply(kindOfArray, value, []);
    if (!isReally(kind === undefined ? lengthOfView : keysOfArray, value)) refuse("A view of a buffer that is gone or too short");
    const Kind = globalThis[(kind ?? "DataView") as keyof typeof globalThis] as any;
    const buffer = this.clone(value.buffer);
    const length = followsLength(value) ? undefined : kind === undefined ? value.byteLength : value.length;
    return this.#keep(value, new Kind(buffer, value.byteOffset, length));
  }

  #error(value: any): any {
    const name = value.name === undefined ? "Error" : String(value.name);
    const Kind = Object.hasOwn(ERRORS, name) ? ERRORS[name]! : Error;
    const described = Object.getOwnPropertyDescriptor(value, "message");
    const copy: any = this.#keep(value, described && "value" in described ? new Kind(String(described.value)) : new Kind());
    if (Object.hasOwn(value, "cause")) {
      Object.defineProperty(copy, "cause", { value: this.clone(value.cause), writable: true, configurable: true });
    }
    Object.defineProperty(copy, "stack", { value: String(value.stack), writable: true, configurable: true });
    return copy;
  }
}

function sameBuffer(value: any): ArrayBuffer {
  if (value.detached) refuse("A buffer that was transferred");
  if (!value.resizable) return ArrayBuffer.prototype.slice.call(value, 0);
  const copy = new (ArrayBuffer as any)(value.byteLength, { maxByteLength: value.maxByteLength });
  new Uint8Array(copy).set(new Uint8Array(value));
  return copy;
}

/** Whether a view of a resizable buffer was made without a length: only then its own changes with the buffer's. */
function followsLength(view: any): boolean {
  const { buffer } = view;
  if (!buffer.resizable || buffer.byteLength === buffer.maxByteLength) return false;
  const before: number = view.byteLength, size: number = buffer.byteLength;
  buffer.resize(buffer.maxByteLength);
  const follows = view.byteLength !== before;
  buffer.resize(size);
  return follows;
}

function sameException(value: DOMException): DOMException {
  const copy = value instanceof QuotaExceededError ? sameQuota(value) : new DOMException(value.message, value.name);
  Object.defineProperty(copy, "stack", { value: String(value.stack), writable: true, configurable: true });
  return copy;
}

function sameQuota({ message, quota, requested }: QuotaExceededError): QuotaExceededError {
  return new QuotaExceededError(message, { ...(quota !== null && { quota }), ...(requested !== null && { requested }) });
}

/** What is to be transferred: each once, and each a buffer that is still there. */
function transferOf(options: any): ArrayBuffer[] {
  const listed: any[] = [...(options?.transfer ?? [])];
  listed.forEach((one, index) => {
    if (typeof one !== "object" || one === null) throw new TypeError("only objects are transferred");
    if (!isReally(lengthOfBuffer, one) || one.detached || listed.indexOf(one) < index) refuse("What is to be transferred");
  });
  return listed;
}

/** A buffer that is transferred is copied like any other and then gone: nothing is lost when the rest cannot be cloned. */
export function structuredClone(value: unknown, options?: { transfer?: Iterable<object> }): any {
  if (arguments.length === 0) throw new TypeError("structuredClone needs a value");
  const transferred = transferOf(options);
  const copy = new Cloning().clone(value);
  for (const one of transferred) one.transfer();
  return copy;
}
