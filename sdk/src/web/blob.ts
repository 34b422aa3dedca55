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
