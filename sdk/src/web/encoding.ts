// TextEncoder, TextDecoder (UTF-8, UTF-16, windows-1252), atob and btoa.

import { fromBase64, toBase64, viewOf } from "../bytes";
import { TextGatherer, pointAt, utf8, utf8Length } from "../text";
import { DOMException } from "./exception";
import { needs } from "./iterate";

export class TextEncoder {
  get encoding(): string {
    return "utf-8";
  }

  encode(text: unknown = ""): Uint8Array<ArrayBuffer> {
    return utf8(`${text as string}`);
  }

  encodeInto(given: unknown, target: Uint8Array): { read: number; written: number } {
    needs(arguments, 2, "encodeInto");
    if (!(target instanceof Uint8Array)) throw new TypeError("encodeInto writes into a Uint8Array");
    const text = `${given as string}`;
    let read = 0, written = 0;
    for (let index = 0; index < text.length; ) {
      const point = pointAt(text, index, text.charCodeAt(index));
      const units = point > 0xffff ? 2 : 1;
      const size = utf8Length(text.slice(index, index + units));
      if (written + size > target.length) break;
      target.set(utf8(text.slice(index, index + units)), written);
      written += size;
      read = index += units;
    }
    return { read, written };
  }
}

/** The names that the Encoding Standard (section 4.2) has for those that are decoded here. */
const LABELS = new Map<string, string>();
for (const [name, labels] of [
  ["utf-8", "unicode-1-1-utf-8 unicode11utf8 unicode20utf8 utf-8 utf8 x-unicode20utf8"],
  ["utf-16le", "csunicode iso-10646-ucs-2 ucs-2 unicode unicodefeff utf-16 utf-16le"],
  ["utf-16be", "unicodefffe utf-16be"],
  [
    "windows-1252",
    "ansi_x3.4-1968 ascii cp1252 cp819 csisolatin1 ibm819 iso-8859-1 iso-ir-100 iso8859-1 iso88591 iso_8859-1 " +
      "iso_8859-1:1987 l1 latin1 us-ascii windows-1252 x-cp1252",
  ],
] as const) {
  for (const label of labels.split(" ")) LABELS.set(label, name);
}
/** What windows-1252 has where Latin-1 has controls. */
const WINDOWS_1252 = "\u20ac\x81\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\x8d\u017d\x8f\x90\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\x9d\u017e\u0178";

interface Decoding {
  decode(bytes: Uint8Array, out: TextGatherer): void;
  /** The input is over. */
  end(out: TextGatherer): void;
}

/** The UTF-8 decoder of the Encoding Standard (section 8.1.1): one replacement for each maximal part of a character. */
class Utf8Decoding implements Decoding {
  #point = 0;
  #needed = 0;
  #lower = 0x80;
  #upper = 0xbf;
  readonly #fail: (out: TextGatherer) => void;

  constructor(fail: (out: TextGatherer) => void) {
    this.#fail = fail;
  }

  decode(bytes: Uint8Array, out: TextGatherer): void {
    for (let index = 0; index < bytes.length; index++) {
      const byte = bytes[index]!;
      if (this.#needed === 0) {
        if (byte < 0x80) out.add(byte);
        else this.#begin(byte, out);
      } else if (byte < this.#lower || byte > this.#upper) {
        this.#reset();
        this.#fail(out);
        index--; // it may begin another
      } else {
        this.#lower = 0x80;
        this.#upper = 0xbf;
        this.#point = (this.#point << 6) | (byte & 0x3f);
        if (--this.#needed === 0) out.addPoint(this.#point);
      }
    }
  }

  #begin(byte: number, out: TextGatherer): void {
    if (byte >= 0xc2 && byte <= 0xdf) this.#expect(1, byte & 0x1f);
    else if (byte >= 0xe0 && byte <= 0xef) {
      if (byte === 0xe0) this.#lower = 0xa0;
      if (byte === 0xed) this.#upper = 0x9f;
      this.#expect(2, byte & 0xf);
    } else if (byte >= 0xf0 && byte <= 0xf4) {
      if (byte === 0xf0) this.#lower = 0x90;
      if (byte === 0xf4) this.#upper = 0x8f;
      this.#expect(3, byte & 7);
    } else this.#fail(out);
  }

  #expect(needed: number, point: number): void {
    this.#needed = needed;
    this.#point = point;
  }

  #reset(): void {
    this.#needed = 0;
    this.#lower = 0x80;
    this.#upper = 0xbf;
  }

  end(out: TextGatherer): void {
    if (this.#needed === 0) return;
    this.#reset();
    this.#fail(out);
  }
}

class Utf16Decoding implements Decoding {
  #byte: number | undefined;
  #high: number | undefined;

  constructor(readonly bigEndian: boolean, readonly fail: (out: TextGatherer) => void) {}

  decode(bytes: Uint8Array, out: TextGatherer): void {
    for (const byte of bytes) {
      if (this.#byte === undefined) {
        this.#byte = byte;
        continue;
      }
      const unit = this.bigEndian ? (this.#byte << 8) | byte : (byte << 8) | this.#byte;
      this.#byte = undefined;
      this.#take(unit, out);
    }
  }

  #take(unit: number, out: TextGatherer): void {
    const isLow = unit >= 0xdc00 && unit <= 0xdfff;
    if (this.#high !== undefined) {
      const high = this.#high;
      this.#high = undefined;
      if (isLow) {
        out.add(high);
        return out.add(unit);
      }
      this.fail(out);
    }
    if (isLow) this.fail(out);
    else if (unit >= 0xd800 && unit <= 0xdbff) this.#high = unit;
    else out.add(unit);
  }

  end(out: TextGatherer): void {
    if (this.#byte !== undefined || this.#high !== undefined) this.fail(out);
    this.#byte = this.#high = undefined;
  }
}

class SingleByteDecoding implements Decoding {
  decode(bytes: Uint8Array, out: TextGatherer): void {
    for (const byte of bytes) out.add(byte >= 0x80 && byte < 0xa0 ? WINDOWS_1252.charCodeAt(byte - 0x80) : byte);
  }

  end(): void {}
}

export class TextDecoder {
  readonly #encoding: string;
  readonly #fatal: boolean;
  readonly #ignoreBOM: boolean;
  #decoding: Decoding | undefined;
  #started = false;

  constructor(label: unknown = "utf-8", options: { fatal?: boolean; ignoreBOM?: boolean } = {}) {
    const asked = `${label as string}`.replace(/^[\t\n\f\r ]+|[\t\n\f\r ]+$/g, "").replace(/[A-Z]/g, (letter) => letter.toLowerCase());
    const name = LABELS.get(asked);
    if (name === undefined) throw new RangeError(`the encoding "${asked}" is not supported: there are utf-8, utf-16 and windows-1252`);
    this.#encoding = name;
    this.#fatal = Boolean(options?.fatal);
    this.#ignoreBOM = Boolean(options?.ignoreBOM);
  }

  get encoding(): string {
    return this.#encoding;
  }

  get fatal(): boolean {
    return this.#fatal;
  }

  get ignoreBOM(): boolean {
    return this.#ignoreBOM;
  }

  decode(input?: unknown, options: { stream?: boolean } = {}): string {
    const bytes = input === undefined ? new Uint8Array(0) : viewOf(input);
    if (bytes === undefined) throw new TypeError("TextDecoder decodes bytes");
    const out = new TextGatherer();
    this.#decoding ??= this.#fresh();
    try {
      this.#decoding.decode(bytes, out);
      if (options?.stream) return this.#withoutMark(out.take());
      this.#decoding.end(out);
      const text = this.#withoutMark(out.take());
      this.#restart();
      return text;
    } catch (error) {
      this.#restart();
      throw error;
    }
  }

  #restart(): void {
    this.#decoding = undefined;
    this.#started = false;
  }

  #fresh(): Decoding {
    const fail = (out: TextGatherer): void => {
      if (this.fatal) throw new TypeError(`the bytes are not ${this.encoding}`);
      out.add(0xfffd);
    };
    if (this.encoding === "utf-8") return new Utf8Decoding(fail);
    if (this.encoding === "windows-1252") return new SingleByteDecoding();
    return new Utf16Decoding(this.encoding === "utf-16be", fail);
  }

  #withoutMark(text: string): string {
    if (text === "" || this.#started) return text;
    this.#started = true;
    return !this.ignoreBOM && this.encoding !== "windows-1252" && text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
  }
}

const decoder = new TextDecoder();
export const decodeUtf8 = (bytes: Uint8Array): string => decoder.decode(bytes);

export function btoa(text: unknown): string {
  needs(arguments, 1, "btoa");
  const given = `${text as string}`;
  const bytes = new Uint8Array(given.length);
  for (let index = 0; index < given.length; index++) {
    const code = given.charCodeAt(index);
    if (code > 0xff) throw new DOMException("btoa takes characters up to U+00FF only", "InvalidCharacterError");
    bytes[index] = code;
  }
  return toBase64(bytes);
}

export function atob(text: unknown): string {
  needs(arguments, 1, "atob");
  let given = `${text as string}`.replace(/[\t\n\f\r ]/g, "");
  if (given.length % 4 === 0) given = given.replace(/={1,2}$/, "");
  if (given.length % 4 === 1 || /[^A-Za-z0-9+/]/.test(given)) throw new DOMException("atob takes base64 only", "InvalidCharacterError");
  const out = new TextGatherer();
  for (const byte of fromBase64(lenient(given))) out.add(byte);
  return out.take();
}

/** The last character may carry bits that mean nothing, and count for nothing. */
function lenient(given: string): string {
  const extra = given.length % 4;
  return extra === 0 ? given : given + "=".repeat(4 - extra);
}
