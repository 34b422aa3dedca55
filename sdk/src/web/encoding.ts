// TextEncoder and TextDecoder.

import { viewOf } from "../bytes";
import { TextGatherer, pointAt, utf8, utf8Length } from "../text";
import { type Decoding, SingleByteDecoding, Utf16Decoding, Utf8Decoding } from "./decodings";
import { needs } from "./iterate";
import { SINGLE_BYTES, charactersOf } from "./single_bytes";

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
] as const) {
  for (const label of labels.split(" ")) LABELS.set(label, name);
}
for (const [name, [labels]] of Object.entries(SINGLE_BYTES)) {
  for (const label of [name, ...labels.split(" ").filter(Boolean)]) LABELS.set(label, name);
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
    if (name === undefined) throw new RangeError(`the encoding "${asked}" is not supported: there are utf-8, utf-16 and those of one byte a character`);
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
    if (this.encoding in SINGLE_BYTES) return new SingleByteDecoding(charactersOf(this.encoding), fail);
    return new Utf16Decoding(this.encoding === "utf-16be", fail);
  }

  #withoutMark(text: string): string {
    if (text === "" || this.#started) return text;
    this.#started = true;
    return !this.ignoreBOM && text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
  }
}

const decoder = new TextDecoder(), keeper = new TextDecoder("utf-8", { ignoreBOM: true });
export const decodeUtf8 = (bytes: Uint8Array): string => decoder.decode(bytes);
/** What is no file has no mark at its start: U+FEFF is a character like any other there. */
export const decodeUtf8Unmarked = (bytes: Uint8Array): string => keeper.decode(bytes);
