// FormData, with multipart bodies both ways.

import { toHex } from "../bytes";
import { fillRandom } from "../entropy";
import { utf8 } from "../text";
import { Blob, File, joined, rawBytes } from "./blob";
import { decodeUtf8Unmarked } from "./encoding";
import { iterable, needs, type Pairs } from "./iterate";

type Entry = string | File;

function entryOf(value: unknown, name: unknown): Entry {
  if (!(value instanceof Blob)) {
    if (name !== undefined) throw new TypeError("only a Blob has a file name");
    return String(value).toWellFormed();
  }
  if (value instanceof File && name === undefined) return value;
  const { type } = value, made = value instanceof File ? { lastModified: value.lastModified } : {};
  return new File([value], name === undefined ? "blob" : String(name), { type, ...made });
}

let entryAt: (form: FormData, index: number) => [string, Entry] | undefined;

export interface FormData extends Pairs<Entry> {}

export class FormData {
  #entries: [string, Entry][] = [];

  constructor(form?: unknown) {
    if (form !== undefined) throw new TypeError("there are no pages here, whose forms a FormData could be made of");
  }

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
  const boundary = `----formdata-flora-${toHex(random)}`;
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
    const head = decodeUtf8Unmarked(bytes.subarray(at + 2, body));
    addPart(form, head, bytes.slice(body + gap.length, Math.max(end, body + gap.length)));
    at = end + 2;
  }
}

function addPart(form: FormData, head: string, body: Uint8Array<ArrayBuffer>): void {
  const unquote = (text: string) => text.replaceAll("%22", '"').replaceAll("%0D", "\r").replaceAll("%0A", "\n");
  const name = /^content-disposition:\s*form-data;.*?\bname="([^"]*)"/im.exec(head)?.[1];
  if (name === undefined) throw new TypeError("the body is no form: a part has no name");
  const fileName = /^content-disposition:.*?\bfilename="([^"]*)"/im.exec(head)?.[1];
  if (fileName === undefined) return form.append(unquote(name), decodeUtf8Unmarked(body));
  const type = /^content-type:\s*(\S[^\r\n]*)/im.exec(head)?.[1] ?? "text/plain";
  form.append(unquote(name), new File([body], unquote(fileName), { type }));
}
