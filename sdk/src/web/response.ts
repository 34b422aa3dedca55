// Response: what was answered, or is to be.

import { showProperties } from "../inspect";
import { utf8 } from "../text";
import { Body, copySource, extract, init } from "./body";
import { Headers, immutable } from "./headers";
import { URL } from "./url";

/** Statuses of answers that have no body, not even an empty one. */
export const NULL_BODY = new Set([101, 103, 204, 205, 304]);

interface ResponseFacts {
  url: string;
  redirected: boolean;
  type: string;
  status: number;
}

/** For answers that come from somewhere: a script cannot say so of its own. */
export let stateFacts: (response: Response, facts: Partial<ResponseFacts>) => Response;

export class Response extends Body {
  readonly #statusText: string;
  readonly #headers: Headers;
  #facts: ResponseFacts;

  static {
    stateFacts = (response, facts) => {
      response.#facts = { ...response.#facts, ...facts };
      return response;
    };
  }

  constructor(body: unknown = null, given: any = {}) {
    super();
    const { status = 200, statusText = "", headers } = given ?? {};
    const code = Number(status);
    if (!Number.isInteger(code) || code < 200 || code > 599) throw new RangeError(`${String(status)} is no status of a response`);
    if (/[^\t\x20-\x7e\x80-\xff]/.test(String(statusText))) throw new TypeError("the status text has characters that it cannot have");
    this.#facts = { url: "", redirected: false, type: "default", status: code };
    this.#statusText = String(statusText);
    this.#headers = new Headers(headers);
    const { source, type } = extract(body);
    if (source !== null && NULL_BODY.has(code)) throw new TypeError(`a response of status ${code} has no body`);
    if (type !== null && !this.headers.has("content-type")) this.headers.set("content-type", type);
    init(this, source);
  }

  static json(value: unknown, given: any = {}): Response {
    const text = JSON.stringify(value);
    if (text === undefined) throw new TypeError("the value is not JSON");
    const headers = new Headers(given?.headers);
    if (!headers.has("content-type")) headers.set("content-type", "application/json");
    return new Response(utf8(text), { ...given, headers });
  }

  static redirect(url: unknown, status = 302): Response {
    if (![301, 302, 303, 307, 308].includes(status)) throw new RangeError(`${status} is no redirect`);
    return new Response(null, { status, headers: { location: new URL(url).href } });
  }

  static error(): Response {
    const response = new Response();
    immutable(response.headers);
    return stateFacts(response, { type: "error", status: 0 });
  }

  get status(): number {
    return this.#facts.status;
  }

  get statusText(): string {
    return this.#statusText;
  }

  get headers(): Headers {
    return this.#headers;
  }

  get ok(): boolean {
    return this.status >= 200 && this.status < 300;
  }

  get url(): string {
    return this.#facts.url;
  }

  get redirected(): boolean {
    return this.#facts.redirected;
  }

  get type(): string {
    return this.#facts.type;
  }

  clone(): Response {
    const { statusText, headers } = this;
    const source = copySource(this);
    const copy = new Response(null, { statusText, headers });
    init(copy, source);
    return stateFacts(copy, this.#facts);
  }
}

showProperties(Response, ["status", "statusText", "headers"]);
