// Request, Response and fetch. What goes out and comes in is the host's business (docs/fetch.md).

import { fromBase64, toBase64 } from "../bytes";
import { host } from "../host";
import { bytesWithSecrets, textWithSecrets } from "../secrets";
import { utf8 } from "../text";
import { AbortSignal, unfollow, whenAborted } from "./abort";
import { Body, copySource, extract, give, hasSource, init } from "./body";
import { DOMException } from "./exception";
import { Headers, immutable } from "./headers";
import { URL } from "./url";

const FORBIDDEN_METHODS = new Set(["CONNECT", "TRACE", "TRACK"]);
const NORMAL = new Set(["DELETE", "GET", "HEAD", "OPTIONS", "POST", "PUT"]);
const REDIRECTS = new Set(["follow", "error", "manual"]);
const NULL_BODY = new Set([101, 103, 204, 205, 304]);

function methodOf(method: unknown): string {
  const text = String(method), upper = text.toUpperCase();
  if (!/^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/.test(text)) throw new TypeError(`"${text}" is no method`);
  if (FORBIDDEN_METHODS.has(upper)) throw new TypeError(`the method ${upper} is not allowed`);
  return NORMAL.has(upper) ? upper : text;
}

export class Request extends Body {
  readonly url: string;
  readonly method: string;
  readonly headers: Headers;
  readonly redirect: string;
  readonly signal: AbortSignal;
  readonly credentials: string;
  readonly cache: string;
  readonly mode: string;
  readonly integrity: string;
  readonly keepalive: boolean;
  readonly referrer: string;

  constructor(input: any, given: any = {}) {
    super();
    const from = input instanceof Request ? input : undefined;
    const options = given ?? {};
    this.url = from?.url ?? addressOf(input);
    this.method = methodOf(options.method ?? from?.method ?? "GET");
    this.headers = new Headers(options.headers ?? from?.headers);
    this.redirect = String(options.redirect ?? from?.redirect ?? "follow");
    if (!REDIRECTS.has(this.redirect)) throw new TypeError(`"${this.redirect}" is no way to treat redirects`);
    const signal = options.signal === undefined ? from?.signal : options.signal;
    if (signal && !(signal instanceof AbortSignal)) throw new TypeError("the signal of a request is an AbortSignal");
    this.signal = signal ? AbortSignal.any([signal]) : AbortSignal.any([]);
    this.credentials = options.credentials ?? from?.credentials ?? "same-origin";
    this.cache = options.cache ?? from?.cache ?? "default";
    this.mode = options.mode ?? from?.mode ?? "cors";
    this.integrity = options.integrity ?? from?.integrity ?? "";
    this.keepalive = Boolean(options.keepalive ?? from?.keepalive);
    this.referrer = options.referrer ?? from?.referrer ?? "about:client";
    this.#takeBody(options, from);
  }

  #takeBody(options: any, from: Request | undefined): void {
    const hasBody = options.body !== undefined && options.body !== null;
    if ((hasBody || (from && hasSource(from))) && (this.method === "GET" || this.method === "HEAD")) {
      throw new TypeError(`a ${this.method} request has no body`);
    }
    if (!hasBody) return init(this, from === undefined ? null : copySource(from));
    const { source, type } = extract(options.body);
    if (type !== null && !this.headers.has("content-type")) this.headers.set("content-type", type);
    init(this, source);
  }

  clone(): Request {
    return new Request(this);
  }
}

function addressOf(input: unknown): string {
  const url = input instanceof URL ? input : new URL(String(input));
  if (url.username !== "" || url.password !== "") throw new TypeError("a request's address has no user name or password");
  return url.href;
}

interface ResponseFacts {
  url: string;
  redirected: boolean;
  type: string;
}

let stateFacts: (response: Response, facts: Partial<ResponseFacts>) => Response;
let blankError: () => Response;

export class Response extends Body {
  readonly status: number;
  readonly statusText: string;
  readonly headers: Headers;
  #facts: ResponseFacts = { url: "", redirected: false, type: "default" };

  static {
    stateFacts = (response, facts) => {
      response.#facts = { ...response.#facts, ...facts };
      return response;
    };
    blankError = () => {
      const response = new Response();
      (response as { status: number }).status = 0;
      return stateFacts(response, { type: "error" });
    };
  }

  constructor(body: unknown = null, given: any = {}) {
    super();
    const { status = 200, statusText = "", headers } = given ?? {};
    const code = Number(status);
    if (!Number.isInteger(code) || code < 200 || code > 599) throw new RangeError(`${String(status)} is no status of a response`);
    if (/[^\t\x20-\x7e\x80-\xff]/.test(String(statusText))) throw new TypeError("the status text has characters that it cannot have");
    this.status = code;
    this.statusText = String(statusText);
    this.headers = new Headers(headers);
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
    return blankError();
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
    const { status, statusText, headers } = this;
    const copy = new Response(null, { status: status || 200, statusText, headers });
    init(copy, copySource(this));
    return stateFacts(copy, this.#facts);
  }
}

/** Sends a request. It rejects with TypeError when there is no answer; `code` and `cause` say more. */
export async function fetch(input: any, given?: any): Promise<Response> {
  const failure = new TypeError(); // made where it was asked for: the answer comes in a turn that knows nothing of that
  const request = new Request(input, given);
  const { signal } = request;
  signal.throwIfAborted();
  const asked = ask(request).catch((error) => refuse(failure, error));
  return responseOf(await unlessAborted(asked, signal));
}

async function ask(request: Request): Promise<any> {
  const { method, redirect } = request;
  const given = await give(request);
  request.signal.throwIfAborted();
  const url = await textWithSecrets(request.url);
  const headers = await Promise.all(Array.from(request.headers, async ([name, value]) => [name, await textWithSecrets(value)]));
  const body = given === null ? null : toBase64(await bytesWithSecrets(given));
  return host.op("fetch", { url, method, headers, body, redirect });
}

/** The host goes on; nobody waits for it any more. */
function unlessAborted<T>(asked: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const forget = whenAborted(signal, () => reject(signal.reason));
    asked.then(resolve, reject).finally(() => {
      forget();
      unfollow(signal); // a controller may see a thousand requests come and go
    });
  });
}

function refuse(failure: TypeError, error: any): never {
  if (error?.code === "FETCH_TIMEOUT") throw Object.assign(new DOMException(error.message, "TimeoutError"), { cause: error });
  const hidden = (name: string, value: unknown) =>
    Object.defineProperty(failure, name, { value, writable: true, configurable: true });
  hidden("message", `fetch failed: ${error?.message}`);
  hidden("cause", error);
  hidden("code", error?.code);
  throw failure;
}

function responseOf(answer: any): Response {
  const { status, statusText, headers, body, url, redirected } = answer;
  const hasBody = !NULL_BODY.has(status);
  const response = new Response(hasBody ? fromBase64(body ?? "") : null, { status, statusText, headers });
  immutable(response.headers);
  return stateFacts(response, { url, redirected: Boolean(redirected), type: "basic" });
}
