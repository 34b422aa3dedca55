// Streams of text from streams of bytes, and back.

import { TransformStream } from "../vendor/streams.js";
import { TextDecoder, TextEncoder } from "./encoding";

export class TextEncoderStream {
  readonly encoding = "utf-8";
  readonly readable: any;
  readonly writable: any;

  constructor() {
    const encoder = new TextEncoder();
    let half = ""; // of a character, whose other half comes with the next piece
    const stream = new TransformStream({
      transform(piece: unknown, controller: any) {
        const text = half + String(piece);
        const last = text.charCodeAt(text.length - 1);
        const split = last >= 0xd800 && last < 0xdc00 ? text.length - 1 : text.length;
        half = text.slice(split);
        if (split > 0) controller.enqueue(encoder.encode(text.slice(0, split)));
      },
      flush(controller: any) {
        if (half !== "") controller.enqueue(encoder.encode(half));
      },
    } as any);
    this.readable = stream.readable;
    this.writable = stream.writable;
  }
}

export class TextDecoderStream {
  readonly encoding: string;
  readonly readable: any;
  readonly writable: any;

  constructor(label = "utf-8", options: { fatal?: boolean; ignoreBOM?: boolean } = {}) {
    const decoder = new TextDecoder(label, options);
    this.encoding = decoder.encoding;
    const stream = new TransformStream({
      transform(piece: unknown, controller: any) {
        const text = decoder.decode(piece, { stream: true });
        if (text !== "") controller.enqueue(text);
      },
      flush(controller: any) {
        const text = decoder.decode();
        if (text !== "") controller.enqueue(text);
      },
    } as any);
    this.readable = stream.readable;
    this.writable = stream.writable;
  }
}
