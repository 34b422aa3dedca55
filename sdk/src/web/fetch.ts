// Request, Response and fetch. What goes out and comes in is the host's business (docs/fetch.md).

import { fromBase64, toBase64 } from "../bytes";
import { host } from "../host";
import { showProperties } from "../inspect";
import { bytesWithSecrets, headerWithSecrets, textWithSecrets } from "../secrets";
import { utf8 } from "../text";
import { AbortSignal, unfollow, whenAborted } from "./abort";
import { Body, type Source, copySource, extract, give, hasSource, init, moveSource } from "./body";
import { DOMException } from "./exception";
import { Headers, immutable } from "./headers";
import { needs } from "./iterate";
import { URL } from "./url";

const FORBIDDEN_METHODS = new Set(["CONNECT", "TRACE", "TRACK"]);
const NORMAL = new Set(["DELETE", "GET", "HEAD", "OPTIONS", "POST", "PUT"]);
const NULL_BODY = new Set([101, 103, 204, 205, 304]);

function methodOf(method: unknown): string {
  const text = String(method), upper = text.toUpperCase();
  if (!/^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/.test(text)) throw new TypeError(`"${text}" is no method`);
  if (FORBIDDEN_METHODS.has(upper)) throw new TypeError(`the method ${upper} is not allowed`);
  return NORMAL.has(upper) ? upper : text;
}

/** What a request may say of how it is sent, and what it says unless told. Only `redirect` means something here. */
const CHOICES = {
  redirect: ["follow", "error", "manual"],
  credentials: ["same-origin", "omit", "include"],
  cache: ["default", "no-store", "reload", "no-cache", "force-cache", "only-if-cached"],
  mode: ["cors", "no-cors", "same-origin"],
  referrerPolicy: [
    "", "no-referrer", "no-referrer-when-downgrade", "same-origin", "origin", "strict-origin", "origin-when-cross-origin",
    "strict-origin-when-cross-origin", "unsafe-url",
  ],
} as const;

interface RequestFacts extends Record<keyof typeof CHOICES, string> {
  url: string;
  method: string;
  headers: Headers;
  signal: AbortSignal;
  integrity: string;
  keepalive: boolean;
  referrer: string;
}

function chosen(name: keyof typeof CHOICES, options: any, from: RequestFacts | undefined): string {
  const given = options[name];
  if (given === undefined) return from?.[name] ?? CHOICES[name][0];
  const text = `${given as string}`;
  if (!(CHOICES[name] as readonly string[]).includes(text)) throw new TypeError(`"${text}" is no ${name} of a request`);
  return text;
}

/** What the options say, and where they say nothing the request that it is made of. */
function requestFacts(input: unknown, options: any, from: RequestFacts | undefined): RequestFacts {
  const url = from?.url ?? addressOf(input);
  if (options.window !== undefined && options.window !== null) throw new TypeError("the window of a request is null");
  const signal = options.signal === undefined ? from?.signal : options.signal;
  if (signal && !(signal instanceof AbortSignal)) throw new TypeError("the signal of a request is an AbortSignal");
  const facts = {
    url,
    method: methodOf(options.method ?? from?.method ?? "GET"),
    headers: new Headers(options.headers ?? from?.headers),
    redirect: chosen("redirect", options, from),
    credentials: chosen("credentials", options, from),
    cache: chosen("cache", options, from),
    mode: chosen("mode", options, from),
    referrerPolicy: chosen("referrerPolicy", options, from),
    signal: AbortSignal.any(signal ? [signal] : []),
    integrity: `${options.integrity ?? from?.integrity ?? ""}`,
    keepalive: Boolean(options.keepalive ?? from?.keepalive),
    referrer: `${options.referrer ?? from?.referrer ?? "about:client"}`,
  };
  if (facts.cache === "only-if-cached" && facts.mode !== "same-origin") throw new TypeError("only-if-cached is for the same origin");
  return facts;
}

export class Request extends Body {
  readonly #facts: RequestFacts;

  constructor(input: any, given: any = {}) {
    needs(arguments, 1, "a Request");
    super();
    const from = input instanceof Request ? input : undefined;
    const options = given ?? {};
    this.#facts = requestFacts(input, options, from === undefined ? undefined : from.#facts);
    this.#takeBody(options, from);
  }

  #takeBody(options: any, from: Request | undefined): void {
    const hasBody = options.body !== undefined && options.body !== null;
    if ((hasBody || (from && hasSource(from))) && (this.method === "GET" || this.method === "HEAD")) {
      throw new TypeError(`a ${this.method} request has no body`);
    }
    if (options.duplex !== undefined && `${options.duplex as string}` !== "half") throw new TypeError("a request is sent before it is answered: half duplex");
    const own = hasBody ? this.#ownBody(options) : undefined;
    const isGone = from === undefined || (hasBody && (from.bodyUsed || from.body?.locked));
    const moved = isGone ? null : moveSource(from);
    init(this, own === undefined ? moved : own);
  }

  #ownBody(options: any): Source | null {
    const { source, type } = extract(options.body);
    if (source !== null && "stream" in source && options.duplex === undefined) {
      throw new TypeError('a body that is a stream needs duplex: "half"');
    }
    if (type !== null && !this.headers.has("content-type")) this.headers.set("content-type", type);
    return source;
  }

  get url(): string {
    return this.#facts.url;
  }

  get method(): string {
    return this.#facts.method;
  }

  get headers(): Headers {
    return this.#facts.headers;
  }

  get redirect(): string {
    return this.#facts.redirect;
  }

  get signal(): AbortSignal {
    return this.#facts.signal;
  }

  get credentials(): string {
    return this.#facts.credentials;
  }

  get cache(): string {
    return this.#facts.cache;
  }

  get mode(): string {
    return this.#facts.mode;
  }

  get referrerPolicy(): string {
    return this.#facts.referrerPolicy;
  }

  get integrity(): string {
    return this.#facts.integrity;
  }

  get keepalive(): boolean {
    return this.#facts.keepalive;
  }

  get referrer(): string {
    return this.#facts.referrer;
  }

  get destination(): string {
    return "";
  }

  get duplex(): string {
    return "half";
  }

  clone(): Request {
    const source = copySource(this);
    const copy = new Request(this.url, this.#facts);
    init(copy, source);
    return copy;
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
  status: number;
}

let stateFacts: (response: Response, facts: Partial<ResponseFacts>) => Response;

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

showProperties(Request, ["method", "url", "headers"]);
showProperties(Response, ["status", "statusText", "headers"]);

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
  const headers = await Promise.all(Array.from(request.headers, async ([name, value]) => [name, name === "authorization" ? await headerWithSecrets(value) : await textWithSecrets(value)]));
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
