// Blob, File and FormData, with multipart bodies both ways.

import { fillRandom } from "../entropy";
import { viewOf } from "../bytes";
import { utf8 } from "../text";
import { ReadableStream } from "../vendor/streams.js";
import { decodeUtf8 } from "./encoding";
import { iterable, needs, type Pairs } from "./iterate";

let bytesOf: (blob: Blob) => Uint8Array<ArrayBuffer>;
/** A blob around bytes that nobody else changes. */
let around: (bytes: Uint8Array<ArrayBuffer>, type: string) => Blob;

export function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

export class Blob {
  #bytes: Uint8Array<ArrayBuffer>;
  #type: string;

  static {
    bytesOf = (blob) => blob.#bytes;
    around = (bytes, type) => {
      const blob = new Blob();
      blob.#bytes = bytes;
      blob.#type = type;
      return blob;
    };
  }

  constructor(parts: Iterable<unknown> = [], options: { type?: string; endings?: string } = {}) {
    if (typeof parts !== "object" || parts === null) throw new TypeError("a Blob is made of a list of parts");
    const type = options?.type === undefined ? "" : String(options.type);
    this.#type = /[^\x20-\x7e]/.test(type) ? "" : type.toLowerCase();
    this.#bytes = joined(Array.from(parts, (part) => partBytes(part, options?.endings === "native")));
  }

  get size(): number {
    return this.#bytes.length;
  }

  get type(): string {
    return this.#type;
  }

  slice(start = 0, end = this.size, type = ""): Blob {
    const at = start < 0 ? Math.max(0, this.size + start) : start;
    const to = end < 0 ? Math.max(0, this.size + end) : end;
    return around(this.#bytes.slice(at, Math.max(at, to)), String(type).toLowerCase());
  }

  async bytes(): Promise<Uint8Array<ArrayBuffer>> {
    return this.#bytes.slice();
  }

  async arrayBuffer(): Promise<ArrayBuffer> {
    return this.#bytes.slice().buffer;
  }

  async text(): Promise<string> {
    return decodeUtf8(this.#bytes);
  }

  stream(): any {
    return streamOf(this.#bytes.slice());
  }
}

function partBytes(part: unknown, native: boolean): Uint8Array {
  if (part instanceof Blob) return bytesOf(part);
  const view = viewOf(part);
  if (view !== undefined) return view;
  const text = String(part);
  return utf8(native ? text.replace(/\r\n?/g, "\n") : text);
}

/** Two pulls: the bytes, and the end. */
export function streamOf(bytes: Uint8Array): any {
  return new ReadableStream({
    type: "bytes",
    start(controller: any) {
      if (bytes.length > 0) controller.enqueue(bytes);
      controller.close();
    },
  } as any);
}

export class File extends Blob {
  readonly #name: string;
  readonly #lastModified: number;

  constructor(parts: Iterable<unknown>, name: unknown, options: { type?: string; lastModified?: number } = {}) {
    needs(arguments, 2, "a File");
    super(parts, options);
    this.#name = `${name as string}`.toWellFormed();
    this.#lastModified = options?.lastModified === undefined ? Date.now() : Math.trunc(Number(options.lastModified)) || 0;
  }

  get name(): string {
    return this.#name;
  }

  get lastModified(): number {
    return this.#lastModified;
  }
}

export const rawBytes = (blob: Blob): Uint8Array<ArrayBuffer> => bytesOf(blob);

export const sameBlob = (blob: Blob): Blob =>
  blob instanceof File
    ? new File([blob], blob.name, { type: blob.type, lastModified: blob.lastModified })
    : new Blob([blob], { type: blob.type });

type Entry = string | File;

function entryOf(value: unknown, name: unknown): Entry {
  if (!(value instanceof Blob)) {
    if (name !== undefined) throw new TypeError("only a Blob has a file name");
    return String(value).toWellFormed();
  }
  if (value instanceof File && name === undefined) return value;
  const { type } = value;
  return new File([value], name === undefined ? "blob" : String(name), { type });
}

let entryAt: (form: FormData, index: number) => [string, Entry] | undefined;

export interface FormData extends Pairs<Entry> {}

export class FormData {
  #entries: [string, Entry][] = [];

  static {
    entryAt = (form, index) => form.#entries[index];
  }

  append(name: unknown, value: unknown, fileName?: unknown): void {
    needs(arguments, 2, "FormData.append");
    this.#entries.push([String(name).toWellFormed(), entryOf(value, fileName)]);
  }

  set(name: unknown, value: unknown, fileName?: unknown): void {
    needs(arguments, 2, "FormData.set");
    const key = String(name).toWellFormed();
    const index = this.#entries.findIndex(([one]) => one === key);
    if (index < 0) return this.append(key, value, fileName);
    this.#entries[index] = [key, entryOf(value, fileName)];
    this.#entries = this.#entries.filter(([one], at) => one !== key || at === index);
  }

  delete(name: unknown): void {
    needs(arguments, 1, "FormData.delete");
    this.#entries = this.#entries.filter(([one]) => one !== String(name));
  }

  get(name: unknown): Entry | null {
    needs(arguments, 1, "FormData.get");
    return this.#entries.find(([one]) => one === String(name))?.[1] ?? null;
  }

  getAll(name: unknown): Entry[] {
    needs(arguments, 1, "FormData.getAll");
    return this.#entries.filter(([one]) => one === String(name)).map(([, value]) => value);
  }

  has(name: unknown): boolean {
    needs(arguments, 1, "FormData.has");
    return this.#entries.some(([one]) => one === String(name));
  }
}

iterable(FormData, "FormData", (form, index) => entryAt(form, index));

const quoted = (name: string): string => name.replace(/\r\n?|\n/g, "%0D%0A").replaceAll('"', "%22");

/** A form as a request's body has it, with the type that names its boundary. */
export function multipart(form: FormData): { bytes: Uint8Array<ArrayBuffer>; type: string } {
  const random = new Uint8Array(16);
  fillRandom(random);
  const boundary = `----formdata-flora-${Array.from(random, (byte) => byte.toString(16).padStart(2, "0")).join("")}`;
  const parts: Uint8Array[] = [];
  for (const [name, value] of form) {
    const head = `--${boundary}\r\nContent-Disposition: form-data; name="${quoted(name)}"`;
    if (typeof value === "string") parts.push(utf8(`${head}\r\n\r\n${value.replace(/\r\n?|\n/g, "\r\n")}\r\n`));
    else {
      const type = value.type || "application/octet-stream";
      parts.push(utf8(`${head}; filename="${quoted(value.name)}"\r\nContent-Type: ${type}\r\n\r\n`), rawBytes(value), utf8("\r\n"));
    }
  }
  parts.push(utf8(`--${boundary}--\r\n`));
  return { bytes: joined(parts), type: `multipart/form-data; boundary=${boundary}` };
}

function find(bytes: Uint8Array, part: Uint8Array, from: number): number {
  for (let at = bytes.indexOf(part[0]!, from); at >= 0; at = bytes.indexOf(part[0]!, at + 1)) {
    let length = 1;
    while (length < part.length && bytes[at + length] === part[length]) length++;
    if (length === part.length) return at;
  }
  return -1;
}

/** A form from a body. Throws TypeError for what is none. */
export function parseMultipart(bytes: Uint8Array, boundary: string): FormData {
  const form = new FormData();
  const mark = utf8(`--${boundary}`), gap = utf8("\r\n\r\n");
  let at = find(bytes, mark, 0);
  for (;;) {
    if (at < 0) throw new TypeError("the body is no form: a boundary is missing");
    at += mark.length;
    if (bytes[at] === 0x2d && bytes[at + 1] === 0x2d) return form;
    const body = find(bytes, gap, at), end = body < 0 ? -1 : find(bytes, utf8(`\r\n--${boundary}`), body + 2);
    if (end < 0) throw new TypeError("the body is no form: a part does not end");
    const head = decodeUtf8(bytes.subarray(at + 2, body));
    addPart(form, head, bytes.slice(body + gap.length, Math.max(end, body + gap.length)));
    at = end + 2;
  }
}

function addPart(form: FormData, head: string, body: Uint8Array<ArrayBuffer>): void {
  const unquote = (text: string) => text.replaceAll("%22", '"').replaceAll("%0D", "\r").replaceAll("%0A", "\n");
  const name = /^content-disposition:\s*form-data;.*?\bname="([^"]*)"/im.exec(head)?.[1];
  if (name === undefined) throw new TypeError("the body is no form: a part has no name");
  const fileName = /^content-disposition:.*?\bfilename="([^"]*)"/im.exec(head)?.[1];
  if (fileName === undefined) return form.append(unquote(name), decodeUtf8(body));
  const type = /^content-type:\s*(\S[^\r\n]*)/im.exec(head)?.[1] ?? "text/plain";
  form.append(unquote(name), new File([body], unquote(fileName), { type }));
}
