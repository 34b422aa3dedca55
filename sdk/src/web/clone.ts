// structuredClone: a copy of everything that can be one, with its circles.

import { DOMException } from "./exception";
import { Blob, File, sameBlob } from "./blob";

const { apply } = Reflect;
const numberOf = Number.prototype.valueOf, textOf = String.prototype.valueOf, truthOf = Boolean.prototype.valueOf;
const bigOf = BigInt.prototype.valueOf;
const ERRORS: Readonly<Record<string, ErrorConstructor>> = {
  Error, EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError,
};

function refuse(what: string): never {
  throw new DOMException(`${what} could not be cloned.`, "DataCloneError");
}

const tagOf = (value: object): string => Object.prototype.toString.call(value).slice(8, -1);

/** Whether a method of a class takes the value for one of its own: a tag may lie. */
function isReally(method: () => unknown, value: object): boolean {
  try {
    apply(method, value, []);
    return true;
  } catch {
    return false;
  }
}

const sizeOfMap = Object.getOwnPropertyDescriptor(Map.prototype, "size")!.get!;
const sizeOfSet = Object.getOwnPropertyDescriptor(Set.prototype, "size")!.get!;

class Cloning {
  readonly #known = new Map<object, object>();

  constructor(transferred: Iterable<object>) {
    for (const one of transferred) {
      if (!(one instanceof ArrayBuffer)) refuse("A value that cannot be transferred");
      this.#known.set(one, one.transfer());
    }
  }

  clone(value: any): any {
    if (typeof value === "symbol") refuse(String(value));
    if (typeof value === "function") refuse(`The function ${value.name || "without a name"}`);
    if (typeof value !== "object" || value === null) return value;
    const known = this.#known.get(value);
    return known ?? this.#object(value);
  }

  #keep<T extends object>(value: object, copy: T): T {
    this.#known.set(value, copy);
    return copy;
  }

  #object(value: any): any {
    if (Array.isArray(value)) return this.#fields(value, this.#keep(value, new Array(value.length)));
    if (value instanceof ArrayBuffer) return this.#keep(value, value.slice(0));
    if (ArrayBuffer.isView(value)) return this.#view(value);
    if (isReally(sizeOfMap, value)) return this.#map(value);
    if (isReally(sizeOfSet, value)) return this.#set(value);
    if (isReally(Date.prototype.getTime, value)) return this.#keep(value, new Date(Date.prototype.getTime.call(value)));
    if (value instanceof RegExp) return this.#keep(value, new RegExp(value.source, value.flags));
    if (value instanceof Blob || value instanceof File) return this.#keep(value, sameBlob(value));
    if (value instanceof Error) return this.#error(value);
    return this.#boxed(value) ?? this.#plain(value);
  }

  #boxed(value: any): any {
    switch (tagOf(value)) {
      case "Number":
        return isReally(numberOf, value) ? this.#keep(value, Object(apply(numberOf, value, []))) : undefined;
      case "String":
        return isReally(textOf, value) ? this.#keep(value, Object(apply(textOf, value, []))) : undefined;
      case "Boolean":
        return isReally(truthOf, value) ? this.#keep(value, Object(apply(truthOf, value, []))) : undefined;
      case "BigInt":
        return isReally(bigOf, value) ? this.#keep(value, Object(apply(bigOf, value, []))) : undefined;
      case "WeakMap":
      case "WeakSet":
      case "WeakRef":
      case "Promise":
      case "Symbol":
        return refuse(`A ${tagOf(value)}`);
      default:
        return undefined;
    }
  }

  #plain(value: any): any {
    return this.#fields(value, this.#keep(value, {}));
  }

  #fields(value: any, copy: any): any {
    for (const name of Object.keys(value)) {
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

  #view(value: any): any {
    const buffer = this.clone(value.buffer);
    const Kind = globalThis[(value instanceof DataView ? "DataView" : value[Symbol.toStringTag]) as keyof typeof globalThis] as any;
    const length = value instanceof DataView ? value.byteLength : value.length;
    return this.#keep(value, new Kind(buffer, value.byteOffset, length));
  }

  #error(value: any): any {
    const Kind = ERRORS[String(value.name)] ?? Error;
    const message = value.message === undefined ? undefined : String(value.message);
    const copy: any = this.#keep(value, new Kind(message));
    if (Object.hasOwn(value, "cause")) copy.cause = this.clone(value.cause);
    Object.defineProperty(copy, "stack", { value: String(value.stack), writable: true, configurable: true });
    return copy;
  }
}

export function structuredClone(value: unknown, options: { transfer?: Iterable<object> } = {}): any {
  if (arguments.length === 0) throw new TypeError("structuredClone needs a value");
  return new Cloning(options?.transfer ?? []).clone(value);
}
