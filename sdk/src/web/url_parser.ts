// The parser and the serializer of the URL Standard (sections 4.4 and 4.5), written as its states.

import { parseHost } from "./host";
import { C0_CONTROL, FRAGMENT, PATH, QUERY, SPECIAL_QUERY, USERINFO, percentEncode } from "./percent";

const SPECIAL: Readonly<Record<string, number | null>> = { ftp: 21, file: null, http: 80, https: 443, ws: 80, wss: 443 };

export interface UrlRecord {
  scheme: string;
  username: string;
  password: string;
  host: string | null;
  port: number | null;
  /** A text when it is opaque. */
  path: string[] | string;
  query: string | null;
  fragment: string | null;
}

export type State =
  | "scheme start" | "scheme" | "no scheme" | "special relative or authority" | "path or authority" | "relative"
  | "relative slash" | "special authority slashes" | "special authority ignore slashes" | "authority" | "host" | "hostname"
  | "port" | "file" | "file slash" | "file host" | "path start" | "path" | "opaque path" | "query" | "fragment";

/** What a state says: go on, stop here and be content, or this is no URL. */
type Verdict = true | "stop" | "failure";

export const isSpecial = (url: UrlRecord): boolean => Object.hasOwn(SPECIAL, url.scheme);
const isLetter = (text: string): boolean => /^[A-Za-z]$/.test(text);
const isWindowsLetter = (text: string): boolean => /^[A-Za-z][:|]$/.test(text);
const isNormalWindowsLetter = (text: string | undefined): boolean => text !== undefined && /^[A-Za-z]:$/.test(text);
const isSingleDot = (part: string): boolean => /^(?:\.|%2e)$/i.test(part);
const isDoubleDot = (part: string): boolean => /^(?:\.|%2e){2}$/i.test(part);

function blank(): UrlRecord {
  return { scheme: "", username: "", password: "", host: null, port: null, path: [], query: null, fragment: null };
}

const startsWithWindowsLetter = (text: string): boolean => /^[A-Za-z][:|](?:[/\\?#]|$)/.test(text);

export class Parser {
  readonly input: string;
  readonly url: UrlRecord;
  readonly base: UrlRecord | undefined;
  state: State;
  readonly override: State | undefined;
  pointer = 0;
  buffer = "";
  atSignSeen = false;
  insideBrackets = false;
  passwordSeen = false;

  constructor(input: string, base: UrlRecord | undefined, url: UrlRecord, override?: State) {
    this.input = input;
    this.base = base;
    this.url = url;
    this.override = override;
    this.state = override ?? "scheme start";
  }

  run(): boolean {
    for (; ; this.pointer++) {
      // "" is the end of the input.
      const point = this.pointer < this.input.length ? String.fromCodePoint(this.input.codePointAt(this.pointer)!) : "";
      const verdict = this.#step(point);
      if (verdict === "failure") return false;
      if (verdict === "stop") return true;
      if (this.pointer >= this.input.length) return true;
      if (point.length === 2 && this.input.startsWith(point, this.pointer)) this.pointer++;
    }
  }

  #step(c: string): Verdict {
    switch (this.state) {
      case "scheme start": return this.#schemeStart(c);
      case "scheme": return this.#scheme(c);
      case "no scheme": return this.#noScheme(c);
      case "special relative or authority": return this.#specialRelative(c);
      case "path or authority": return c === "/" ? this.#go("authority") : this.#again("path");
      case "relative": return this.#relative(c);
      case "relative slash": return this.#relativeSlash(c);
      case "special authority slashes": return this.#specialSlashes(c);
      case "special authority ignore slashes": return c === "/" || c === "\\" ? true : this.#again("authority");
      case "authority": return this.#authority(c);
      case "host":
      case "hostname": return this.#host(c);
      case "port": return this.#port(c);
      case "file": return this.#file(c);
      case "file slash": return this.#fileSlash(c);
      case "file host": return this.#fileHost(c);
      case "path start": return this.#pathStart(c);
      case "path": return this.#path(c);
      case "opaque path": return this.#opaquePath(c);
      case "query": return this.#query(c);
      case "fragment":
        if (c !== "") this.url.fragment += percentEncode(c, FRAGMENT);
        return true;
    }
  }

  #go(state: State): true {
    this.state = state;
    return true;
  }

  /** Another state looks at the same character. */
  #again(state: State): true {
    this.state = state;
    this.pointer--;
    return true;
  }

  get #rest(): string {
    return this.input.slice(this.pointer + 1);
  }

  #schemeStart(c: string): Verdict {
    if (isLetter(c)) {
      this.buffer += c.toLowerCase();
      return this.#go("scheme");
    }
    return this.override === undefined ? this.#again("no scheme") : "failure";
  }

  #scheme(c: string): Verdict {
    if (/^[A-Za-z0-9+\-.]$/.test(c)) {
      this.buffer += c.toLowerCase();
      return true;
    }
    if (c === ":") return this.#schemeEnd();
    if (this.override !== undefined) return "failure";
    this.buffer = "";
    this.pointer = -1;
    return this.#go("no scheme");
  }

  #schemeEnd(): Verdict {
    const { url } = this;
    if (this.override !== undefined) {
      if (isSpecial(url) !== Object.hasOwn(SPECIAL, this.buffer)) return "stop";
      if ((url.username !== "" || url.password !== "" || url.port !== null) && this.buffer === "file") return "stop";
      if (url.scheme === "file" && url.host === "") return "stop";
    }
    url.scheme = this.buffer;
    if (this.override !== undefined) {
      if (url.port === SPECIAL[url.scheme]) url.port = null;
      return "stop";
    }
    this.buffer = "";
    if (url.scheme === "file") return this.#go("file");
    if (isSpecial(url)) return this.#go(this.base?.scheme === url.scheme ? "special relative or authority" : "special authority slashes");
    if (this.#rest.startsWith("/")) {
      this.pointer++;
      return this.#go("path or authority");
    }
    url.path = "";
    return this.#go("opaque path");
  }

  #noScheme(c: string): Verdict {
    const { base, url } = this;
    if (base === undefined || (typeof base.path === "string" && c !== "#")) return "failure";
    if (typeof base.path === "string") {
      Object.assign(url, { scheme: base.scheme, path: base.path, query: base.query, fragment: "" });
      return this.#go("fragment");
    }
    return this.#again(base.scheme === "file" ? "file" : "relative");
  }

  #specialRelative(c: string): Verdict {
    if (c === "/" && this.#rest.startsWith("/")) {
      this.pointer++;
      return this.#go("special authority ignore slashes");
    }
    return this.#again("relative");
  }

  #takeFromBase(): void {
    const { username, password, host, port, path, query } = this.base!;
    Object.assign(this.url, { username, password, host, port, path: [...path], query });
  }

  #relative(c: string): Verdict {
    const { url } = this;
    url.scheme = this.base!.scheme;
    if (c === "/" || (c === "\\" && isSpecial(url))) return this.#go("relative slash");
    this.#takeFromBase();
    return this.#afterBase(c);
  }

  #afterBase(c: string): Verdict {
    const { url } = this;
    if (c === "?") {
      url.query = "";
      return this.#go("query");
    }
    if (c === "#") {
      url.fragment = "";
      return this.#go("fragment");
    }
    if (c === "") return true;
    url.query = null;
    this.#shorten();
    return this.#again("path");
  }

  #relativeSlash(c: string): Verdict {
    if (isSpecial(this.url) && (c === "/" || c === "\\")) return this.#go("special authority ignore slashes");
    if (c === "/") return this.#go("authority");
    const { username, password, host, port } = this.base!;
    Object.assign(this.url, { username, password, host, port });
    return this.#again("path");
  }

  #specialSlashes(c: string): Verdict {
    if (c === "/" && this.#rest.startsWith("/")) {
      this.pointer++;
      return this.#go("special authority ignore slashes");
    }
    return this.#again("special authority ignore slashes");
  }

  #endsAuthority(c: string): boolean {
    return c === "" || c === "/" || c === "?" || c === "#" || (c === "\\" && isSpecial(this.url));
  }

  #authority(c: string): Verdict {
    if (c === "@") {
      if (this.atSignSeen) this.buffer = `%40${this.buffer}`;
      this.atSignSeen = true;
      this.#credentials();
      this.buffer = "";
      return true;
    }
    if (!this.#endsAuthority(c)) {
      this.buffer += c;
      return true;
    }
    if (this.atSignSeen && this.buffer === "") return "failure";
    this.pointer -= this.buffer.length + 1;
    this.buffer = "";
    return this.#go("host");
  }

  #credentials(): void {
    for (const point of this.buffer) {
      if (point === ":" && !this.passwordSeen) {
        this.passwordSeen = true;
        continue;
      }
      const encoded = percentEncode(point, USERINFO);
      if (this.passwordSeen) this.url.password += encoded;
      else this.url.username += encoded;
    }
  }

  #host(c: string): Verdict {
    const { url } = this;
    if (this.override !== undefined && url.scheme === "file") return this.#again("file host");
    if (c === ":" && !this.insideBrackets) {
      if (this.buffer === "" || this.override === "hostname") return "failure";
      return this.#setHost() ? this.#go("port") : "failure";
    }
    if (this.#endsAuthority(c)) {
      this.pointer--;
      if (isSpecial(url) && this.buffer === "") return "failure";
      if (this.override !== undefined && this.buffer === "" && (url.username !== "" || url.password !== "" || url.port !== null)) return "failure";
      if (!this.#setHost()) return "failure";
      this.state = "path start";
      return this.override === undefined ? true : "stop";
    }
    if (c === "[") this.insideBrackets = true;
    if (c === "]") this.insideBrackets = false;
    this.buffer += c;
    return true;
  }

  #setHost(): boolean {
    const host = this.buffer === "" && !isSpecial(this.url) ? "" : parseHost(this.buffer, isSpecial(this.url));
    if (host === undefined) return false;
    this.url.host = host;
    this.buffer = "";
    return true;
  }

  #port(c: string): Verdict {
    if (/^\d$/.test(c)) {
      this.buffer += c;
      return true;
    }
    if (!this.#endsAuthority(c) && this.override === undefined) return "failure";
    if (this.buffer !== "") {
      const port = Number(this.buffer);
      if (port > 65535) return "failure";
      this.url.port = port === SPECIAL[this.url.scheme] ? null : port;
      this.buffer = "";
      if (this.override !== undefined) return "stop";
    }
    if (this.override !== undefined) return "failure";
    return this.#again("path start");
  }

  #file(c: string): Verdict {
    const { url, base } = this;
    url.scheme = "file";
    url.host = "";
    if (c === "/" || c === "\\") return this.#go("file slash");
    if (base?.scheme !== "file") return this.#again("path");
    Object.assign(url, { host: base.host, path: [...base.path], query: base.query });
    if (c === "?" || c === "#" || c === "") return this.#afterBase(c);
    url.query = null;
    if (startsWithWindowsLetter(this.input.slice(this.pointer))) url.path = [];
    else this.#shorten();
    return this.#again("path");
  }

  #fileSlash(c: string): Verdict {
    if (c === "/" || c === "\\") return this.#go("file host");
    const { base, url } = this;
    if (base?.scheme === "file") {
      url.host = base.host;
      const first = (base.path as string[])[0];
      if (!startsWithWindowsLetter(this.input.slice(this.pointer)) && isNormalWindowsLetter(first)) (url.path as string[]).push(first!);
    }
    return this.#again("path");
  }

  #fileHost(c: string): Verdict {
    if (c !== "" && c !== "/" && c !== "\\" && c !== "?" && c !== "#") {
      this.buffer += c;
      return true;
    }
    this.pointer--;
    if (this.override === undefined && isWindowsLetter(this.buffer)) return this.#go("path");
    if (this.buffer === "") {
      this.url.host = "";
      return this.override === undefined ? this.#go("path start") : "stop";
    }
    const host = parseHost(this.buffer, true);
    if (host === undefined) return "failure";
    this.url.host = host === "localhost" ? "" : host;
    if (this.override !== undefined) return "stop";
    this.buffer = "";
    return this.#go("path start");
  }

  #pathStart(c: string): Verdict {
    const { url } = this;
    if (isSpecial(url)) return c === "/" || c === "\\" ? this.#go("path") : this.#again("path");
    if (this.override === undefined && c === "?") {
      url.query = "";
      return this.#go("query");
    }
    if (this.override === undefined && c === "#") {
      url.fragment = "";
      return this.#go("fragment");
    }
    if (c !== "") return c === "/" ? this.#go("path") : this.#again("path");
    if (this.override !== undefined && url.host === null) (url.path as string[]).push("");
    return true;
  }

  #path(c: string): Verdict {
    const { url } = this;
    const path = url.path as string[];
    const isSlash = c === "/" || (c === "\\" && isSpecial(url));
    const ends = c === "" || isSlash || (this.override === undefined && (c === "?" || c === "#"));
    if (!ends) {
      this.buffer += percentEncode(c, PATH);
      return true;
    }
    if (isDoubleDot(this.buffer)) {
      this.#shorten();
      if (!isSlash) path.push("");
    } else if (isSingleDot(this.buffer)) {
      if (!isSlash) path.push("");
    } else {
      const isLetterFirst = url.scheme === "file" && path.length === 0 && isWindowsLetter(this.buffer);
      path.push(isLetterFirst ? `${this.buffer[0]}:` : this.buffer);
    }
    this.buffer = "";
    if (c === "?") url.query = "";
    if (c === "#") url.fragment = "";
    if (c === "?") return this.#go("query");
    return c === "#" ? this.#go("fragment") : true;
  }

  #shorten(): void {
    const path = this.url.path as string[];
    if (this.url.scheme === "file" && path.length === 1 && isNormalWindowsLetter(path[0])) return;
    path.pop();
  }

  #opaquePath(c: string): Verdict {
    const { url } = this;
    if (c === "?") {
      url.query = "";
      return this.#go("query");
    }
    if (c === "#") {
      url.fragment = "";
      return this.#go("fragment");
    }
    if (c === " ") url.path += /^[?#]/.test(this.#rest) ? "%20" : " ";
    else if (c !== "") url.path += percentEncode(c, C0_CONTROL);
    return true;
  }

  #query(c: string): Verdict {
    if (c === "" || (c === "#" && this.override === undefined)) {
      this.url.query += percentEncode(this.buffer, isSpecial(this.url) ? SPECIAL_QUERY : QUERY);
      this.buffer = "";
      if (c === "") return true;
      this.url.fragment = "";
      return this.#go("fragment");
    }
    this.buffer += c;
    return true;
  }
}

export function parse(text: string, base?: UrlRecord): UrlRecord | undefined {
  const input = text.replace(/^[\0-\x20]+|[\0-\x20]+$/g, "").replace(/[\t\n\r]/g, "");
  const url = blank();
  return new Parser(input, base, url).run() ? url : undefined;
}

export function serializePath(url: UrlRecord): string {
  if (typeof url.path === "string") return url.path;
  return url.path.map((part) => `/${part}`).join("");
}

export function serialize(url: UrlRecord): string {
  let text = `${url.scheme}:`;
  if (url.host !== null) {
    text += "//";
    if (url.username !== "" || url.password !== "") text += `${url.username}${url.password === "" ? "" : `:${url.password}`}@`;
    text += url.host + (url.port === null ? "" : `:${url.port}`);
  } else if (typeof url.path !== "string" && url.path.length > 1 && url.path[0] === "") text += "/.";
  text += serializePath(url);
  if (url.query !== null) text += `?${url.query}`;
  return url.fragment === null ? text : `${text}#${url.fragment}`;
}
