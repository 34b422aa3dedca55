// Request: what is to be sent, and how.

import { showProperties } from "../inspect";
import { AbortSignal } from "./abort";
import { Body, type Source, copySource, extract, hasSource, init, moveSource } from "./body";
import { Headers } from "./headers";
import { needs } from "./iterate";
import { URL } from "./url";

const FORBIDDEN_METHODS = new Set(["CONNECT", "TRACE", "TRACK"]);
const NORMAL = new Set(["DELETE", "GET", "HEAD", "OPTIONS", "POST", "PUT"]);

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

showProperties(Request, ["method", "url", "headers"]);
