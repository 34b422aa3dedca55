// URLSearchParams.

import { decodeUtf8Unmarked } from "./encoding";
import { iterable, needs, type Pairs, pairsOf } from "./iterate";
import { formEncode, percentDecode } from "./percent";

export function parseForm(text: string): [string, string][] {
  const decoded = (part: string): string => decodeUtf8Unmarked(percentDecode(part.replaceAll("+", " ")));
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
let pairAt: (params: URLSearchParams, index: number) => [string, string] | undefined;

export interface URLSearchParams extends Pairs<string> {}

export class URLSearchParams {
  #list: [string, string][] = [];
  #changed: ((text: string) => void) | undefined;

  static {
    bindTo = (params, changed) => void (params.#changed = changed);
    refill = (params, text) => void (params.#list = parseForm(text));
    pairAt = (params, index) => params.#list[index];
  }

  constructor(init: any = "") {
    if ((typeof init === "object" || typeof init === "function") && init !== null) {
      this.#list = pairsOf(init, "a parameter", usv);
    } else this.#list = parseForm(String(init).toWellFormed().replace(/^\?/, ""));
  }

  #update(): void {
    this.#changed?.(String(this));
  }

  get size(): number {
    return this.#list.length;
  }

  append(name: unknown, value: unknown): void {
    needs(arguments, 2, "URLSearchParams.append");
    this.#list.push([usv(name), usv(value)]);
    this.#update();
  }

  delete(name: unknown, value?: unknown): void {
    needs(arguments, 1, "URLSearchParams.delete");
    const key = usv(name);
    this.#list = this.#list.filter(([one, other]) => one !== key || (value !== undefined && other !== usv(value)));
    this.#update();
  }

  get(name: unknown): string | null {
    needs(arguments, 1, "URLSearchParams.get");
    const key = usv(name);
    return this.#list.find(([one]) => one === key)?.[1] ?? null;
  }

  getAll(name: unknown): string[] {
    needs(arguments, 1, "URLSearchParams.getAll");
    const key = usv(name);
    return this.#list.filter(([one]) => one === key).map(([, value]) => value);
  }

  has(name: unknown, value?: unknown): boolean {
    needs(arguments, 1, "URLSearchParams.has");
    const key = usv(name);
    return this.#list.some(([one, other]) => one === key && (value === undefined || other === usv(value)));
  }

  set(name: unknown, value: unknown): void {
    needs(arguments, 2, "URLSearchParams.set");
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

  toString(): string {
    return this.#list.map(([name, value]) => `${formEncode(name)}=${formEncode(value)}`).join("&");
  }
}

iterable(URLSearchParams, "URLSearchParams", (params, index) => pairAt(params, index));

function usv(value: unknown): string {
  return `${value as string}`.toWellFormed();
}
