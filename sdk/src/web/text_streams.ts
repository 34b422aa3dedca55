// Streams of text from streams of bytes, and back.

import { viewOf } from "../bytes";
import { TransformStream } from "../vendor/streams.js";
import { TextDecoder, TextEncoder } from "./encoding";

export class TextEncoderStream {
  readonly #stream: any;

  constructor() {
    const encoder = new TextEncoder();
    let half = ""; // of a character, whose other half comes with the next piece
    this.#stream = new TransformStream({
      transform(piece: unknown, controller: any) {
        const text = half + `${piece as string}`;
        const last = text.charCodeAt(text.length - 1);
        const split = last >= 0xd800 && last < 0xdc00 ? text.length - 1 : text.length;
        half = text.slice(split);
        if (split > 0) controller.enqueue(encoder.encode(text.slice(0, split)));
      },
      flush(controller: any) {
        if (half !== "") controller.enqueue(encoder.encode(half));
      },
    } as any);
  }

  get encoding(): string {
    return "utf-8";
  }

  get readable(): any {
    return this.#stream.readable;
  }

  get writable(): any {
    return this.#stream.writable;
  }
}

export class TextDecoderStream {
  readonly #decoder: TextDecoder;
  readonly #stream: any;

  constructor(label: unknown = "utf-8", options: { fatal?: boolean; ignoreBOM?: boolean } = {}) {
    const decoder = (this.#decoder = new TextDecoder(label, options));
    this.#stream = new TransformStream({
      transform(piece: unknown, controller: any) {
        if (viewOf(piece) === undefined) throw new TypeError("a TextDecoderStream takes bytes");
        const text = decoder.decode(piece, { stream: true });
        if (text !== "") controller.enqueue(text);
      },
      flush(controller: any) {
        const text = decoder.decode();
        if (text !== "") controller.enqueue(text);
      },
    } as any);
  }

  get encoding(): string {
    return this.#decoder.encoding;
  }

  get fatal(): boolean {
    return this.#decoder.fatal;
  }

  get ignoreBOM(): boolean {
    return this.#decoder.ignoreBOM;
  }

  get readable(): any {
    return this.#stream.readable;
  }

  get writable(): any {
    return this.#stream.writable;
  }
}
