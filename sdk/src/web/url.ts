// URL: the class around what the parser made.

import { USERINFO, percentEncode } from "./percent";
import { URLSearchParams, bindTo, refill } from "./search";
import { Parser, type State, type UrlRecord, isSpecial, parse, serialize, serializePath } from "./url_parser";

const invalid = (text: string, base?: string): TypeError =>
  Object.assign(new TypeError(base === undefined ? `"${text}" is no URL` : `"${text}" is no URL, seen from "${base}"`), {
    code: "ERR_INVALID_URL",
  });

export class URL {
  #url: UrlRecord;
  #params: URLSearchParams | undefined;

  constructor(text: unknown, base?: unknown) {
    if (arguments.length === 0) throw new TypeError("a URL needs a text");
    const given = String(text).toWellFormed();
    const from = base === undefined ? undefined : parse(String(base).toWellFormed());
    if (base !== undefined && from === undefined) throw invalid(String(base));
    const url = parse(given, from);
    if (url === undefined) throw base === undefined ? invalid(given) : invalid(given, String(base));
    this.#url = url;
  }

  static parse(text: unknown, base?: unknown): URL | null {
    try {
      return new URL(text, base);
    } catch {
      return null;
    }
  }

  static canParse(text: unknown, base?: unknown): boolean {
    return URL.parse(text, base) !== null;
  }

  #override(input: string, state: State): void {
    const copy: UrlRecord = { ...this.#url, path: typeof this.#url.path === "string" ? this.#url.path : [...this.#url.path] };
    new Parser(input.toWellFormed().replace(/[\t\n\r]/g, ""), undefined, copy, state).run();
    this.#url = copy; // what was right before something was wrong has been set
  }

  get #takesCredentials(): boolean {
    return this.#url.host !== null && this.#url.host !== "" && this.#url.scheme !== "file";
  }

  get href(): string {
    return serialize(this.#url);
  }

  set href(value: unknown) {
    const url = parse(String(value).toWellFormed());
    if (url === undefined) throw invalid(String(value));
    this.#url = url;
    this.#refill();
  }

  get origin(): string {
    const { scheme, host, port, path } = this.#url;
    if (scheme === "blob" && typeof path === "string") {
      const inner = parse(path);
      return inner?.scheme === "http" || inner?.scheme === "https" ? new URL(path).origin : "null";
    }
    if (!isSpecial(this.#url) || scheme === "file") return "null";
    return `${scheme}://${host}${port === null ? "" : `:${port}`}`;
  }

  get protocol(): string {
    return `${this.#url.scheme}:`;
  }

  set protocol(value: unknown) {
    this.#override(`${String(value)}:`, "scheme start");
  }

  get username(): string {
    return this.#url.username;
  }

  set username(value: unknown) {
    if (this.#takesCredentials) this.#url.username = percentEncode(String(value).toWellFormed(), USERINFO);
  }

  get password(): string {
    return this.#url.password;
  }

  set password(value: unknown) {
    if (this.#takesCredentials) this.#url.password = percentEncode(String(value).toWellFormed(), USERINFO);
  }

  get host(): string {
    const { host, port } = this.#url;
    return host === null ? "" : host + (port === null ? "" : `:${port}`);
  }

  set host(value: unknown) {
    if (typeof this.#url.path !== "string") this.#override(String(value), "host");
  }

  get hostname(): string {
    return this.#url.host ?? "";
  }

  set hostname(value: unknown) {
    if (typeof this.#url.path !== "string") this.#override(String(value), "hostname");
  }

  get port(): string {
    return this.#url.port === null ? "" : String(this.#url.port);
  }

  set port(value: unknown) {
    if (!this.#takesCredentials) return;
    if (String(value) === "") this.#url.port = null;
    else this.#override(String(value), "port");
  }

  get pathname(): string {
    return serializePath(this.#url);
  }

  set pathname(value: unknown) {
    if (typeof this.#url.path === "string") return;
    this.#url.path = [];
    this.#override(String(value), "path start");
  }

  get search(): string {
    return this.#url.query === null || this.#url.query === "" ? "" : `?${this.#url.query}`;
  }

  set search(value: unknown) {
    const text = String(value);
    this.#url.query = text === "" ? null : "";
    if (text !== "") this.#override(text.replace(/^\?/, ""), "query");
    this.#refill();
  }

  get searchParams(): URLSearchParams {
    if (this.#params === undefined) {
      this.#params = new URLSearchParams();
      this.#refill();
      bindTo(this.#params, (text) => void (this.#url.query = text === "" ? null : text));
    }
    return this.#params;
  }

  get hash(): string {
    return this.#url.fragment === null || this.#url.fragment === "" ? "" : `#${this.#url.fragment}`;
  }

  set hash(value: unknown) {
    const text = String(value);
    this.#url.fragment = text === "" ? null : "";
    if (text !== "") this.#override(text.replace(/^#/, ""), "fragment");
  }

  #refill(): void {
    if (this.#params !== undefined) refill(this.#params, this.#url.query ?? "");
  }

  toString(): string {
    return this.href;
  }

  toJSON(): string {
    return this.href;
  }
}
