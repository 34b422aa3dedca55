// URLSearchParams.

import { decodeUtf8 } from "./encoding";
import { formEncode, percentDecode } from "./percent";

export function parseForm(text: string): [string, string][] {
  const decoded = (part: string): string => decodeUtf8(percentDecode(part.replaceAll("+", " ")));
  return text
    .split("&")
    .filter((part) => part !== "")
    .map((part) => {
      const at = part.indexOf("=");
      return at < 0 ? [decoded(part), ""] : [decoded(part.slice(0, at)), decoded(part.slice(at + 1))];
    });
}

/** A URL's own parameters, which change it when they change. */
export let bindTo: (params: URLSearchParams, changed: (text: string) => void) => void;
export let refill: (params: URLSearchParams, text: string) => void;

export class URLSearchParams {
  #list: [string, string][] = [];
  #changed: ((text: string) => void) | undefined;

  static {
    bindTo = (params, changed) => void (params.#changed = changed);
    refill = (params, text) => void (params.#list = parseForm(text));
  }

  constructor(init: any = "") {
    if (typeof init === "object" && init !== null) {
      if (typeof init[Symbol.iterator] === "function") this.#list = Array.from(init, pairOf);
      else this.#list = Reflect.ownKeys(init)
        .filter((name) => Object.getOwnPropertyDescriptor(init, name)?.enumerable)
        .map((name) => pairOf([name, init[name]]));
    } else this.#list = parseForm(String(init).toWellFormed().replace(/^\?/, ""));
  }

  #update(): void {
    this.#changed?.(String(this));
  }

  get size(): number {
    return this.#list.length;
  }

  append(name: unknown, value: unknown): void {
    this.#list.push([usv(name), usv(value)]);
    this.#update();
  }

  delete(name: unknown, value?: unknown): void {
    const key = usv(name);
    this.#list = this.#list.filter(([one, other]) => one !== key || (value !== undefined && other !== usv(value)));
    this.#update();
  }

  get(name: unknown): string | null {
    const key = usv(name);
    return this.#list.find(([one]) => one === key)?.[1] ?? null;
  }

  getAll(name: unknown): string[] {
    const key = usv(name);
    return this.#list.filter(([one]) => one === key).map(([, value]) => value);
  }

  has(name: unknown, value?: unknown): boolean {
    const key = usv(name);
    return this.#list.some(([one, other]) => one === key && (value === undefined || other === usv(value)));
  }

  set(name: unknown, value: unknown): void {
    const key = usv(name), index = this.#list.findIndex(([one]) => one === key);
    if (index < 0) this.#list.push([key, usv(value)]);
    else {
      this.#list[index] = [key, usv(value)];
      this.#list = this.#list.filter(([one], at) => one !== key || at === index);
    }
    this.#update();
  }

  sort(): void {
    this.#list.sort(([one], [other]) => (one < other ? -1 : one > other ? 1 : 0));
    this.#update();
  }

  forEach(visit: (value: string, name: string, params: URLSearchParams) => void, self?: unknown): void {
    for (const [name, value] of this) visit.call(self, value, name, this);
  }

  *entries(): Generator<[string, string]> {
    for (let index = 0; index < this.#list.length; index++) yield [...this.#list[index]!];
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

  toString(): string {
    return this.#list.map(([name, value]) => `${formEncode(name)}=${formEncode(value)}`).join("&");
  }

  get [Symbol.toStringTag](): string {
    return "URLSearchParams";
  }
}

const usv = (value: unknown): string => String(value).toWellFormed();

function pairOf(pair: any): [string, string] {
  const [name, value, ...rest] = pair;
  if (value === undefined || rest.length > 0) throw new TypeError("a parameter is a name and a value");
  return [usv(name), usv(value)];
}
