// Blob and File.

import { viewOf } from "../bytes";
import { utf8 } from "../text";
import { ReadableStream } from "../vendor/streams.js";
import { decodeUtf8 } from "./encoding";
import { needs } from "./iterate";

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
    if (!isObject(parts) || typeof parts[Symbol.iterator] !== "function") throw new TypeError("a Blob is made of a list of parts");
    const given = Array.from(parts, ownPart);
    const { endings = "transparent", type = "" } = bagOf(options);
    if (!["transparent", "native"].includes(`${endings}`)) throw new TypeError(`"${String(endings)}" is no way to end lines`);
    this.#type = typeOf(type);
    this.#bytes = joined(given.map((part) => partBytes(part, `${endings}` === "native")));
  }

  get size(): number {
    return this.#bytes.length;
  }

  get type(): string {
    return this.#type;
  }

  slice(start = 0, end = this.size, type = ""): Blob {
    const at = place(start, this.size), to = place(end, this.size);
    return around(this.#bytes.slice(at, Math.max(at, to)), typeOf(type));
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

const isObject = (value: unknown): value is any => (typeof value === "object" && value !== null) || typeof value === "function";

function bagOf(options: any): any {
  if (options !== undefined && options !== null && !isObject(options)) throw new TypeError("the options are an object");
  return options ?? {};
}

/** A type is of ASCII that can be printed, or it is none. */
function typeOf(given: unknown): string {
  const type = `${given as string}`;
  return /[^\x20-\x7e]/.test(type) ? "" : type.toLowerCase();
}

/** Counted from the end when it is negative, as the standard rounds and limits it. */
function place(given: unknown, size: number): number {
  const whole = Math.trunc(Number(given)) || 0;
  return whole < 0 ? Math.max(0, size + whole) : Math.min(whole, size);
}

/** Texts are made before the options are read. */
const ownPart = (part: unknown): unknown => (part instanceof Blob || viewOf(part) !== undefined ? part : `${part as string}`);

function partBytes(part: unknown, native: boolean): Uint8Array {
  if (part instanceof Blob) return bytesOf(part);
  if (typeof part !== "string") return viewOf(part)!;
  return utf8(native ? part.replace(/\r\n?/g, "\n") : part);
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
    const { lastModified } = bagOf(options);
    this.#name = `${name as string}`.toWellFormed();
    this.#lastModified = lastModified === undefined ? Date.now() : Math.trunc(Number(lastModified)) || 0;
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
