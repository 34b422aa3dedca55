// Bodies of requests and responses: of whatever they are made, they are read once.

import { viewOf } from "../bytes";
import { utf8 } from "../text";
import { ReadableStream, TransformStream } from "../vendor/streams.js";
import { Blob, joined, rawBytes, streamOf } from "./blob";
import { structuredClone } from "./clone";
import { decodeUtf8, decodeUtf8Unmarked } from "./encoding";
import { FormData, multipart, parseMultipart } from "./form";
import type { Headers } from "./headers";
import { URLSearchParams, parseForm } from "./search";

/** Bytes that are there, or a stream of them. */
export type Source = { bytes: Uint8Array<ArrayBuffer> } | { stream: any };

export interface Extracted {
  source: Source | null;
  type: string | null;
}

/** What a body is made of, and the type that it brings. */
export function extract(body: unknown): Extracted {
  if (body === null || body === undefined) return { source: null, type: null };
  if (body instanceof ReadableStream) {
    if ((body as any).locked || (body as any)._disturbed) throw new TypeError("the body is a stream that is being read already");
    return { source: { stream: body }, type: null };
  }
  if (body instanceof Blob) return { source: { bytes: rawBytes(body) }, type: body.type || null };
  if (body instanceof FormData) {
    const { bytes, type } = multipart(body);
    return { source: { bytes }, type };
  }
  if (body instanceof URLSearchParams) {
    return { source: { bytes: utf8(String(body)) }, type: "application/x-www-form-urlencoded;charset=UTF-8" };
  }
  const view = viewOf(body);
  if (view !== undefined) return { source: { bytes: view.slice() }, type: null };
  return { source: { bytes: utf8(String(body)) }, type: "text/plain;charset=UTF-8" };
}

export async function gather(stream: any): Promise<Uint8Array<ArrayBuffer>> {
  const parts: Uint8Array[] = [];
  const reader = stream.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return joined(parts);
    const view = viewOf(value);
    if (view === undefined) throw new TypeError("a body's stream gives bytes only");
    parts.push(view);
  }
}

/** What only requests, responses and `fetch` do with a body. */
export let init: (body: Body, source: Source | null) => void;
/** Without making a stream of it, as `body` does. */
export let hasSource: (body: Body) => boolean;
/** Another body with the same content; both can be read. */
export let copySource: (body: Body) => Source | null;
/** Takes the content for another body; this one has been read then. */
export let moveSource: (body: Body) => Source | null;
/** Gives the body away, to whoever sends it; null when there is none. */
export let give: (body: Body) => Promise<Uint8Array<ArrayBuffer> | null>;

export abstract class Body {
  #source: Source | null = null;
  #stream: any;
  #used = false;

  abstract readonly headers: Headers;

  static {
    init = (body, source) => void (body.#source = source);
    hasSource = (body) => body.#source !== null;
    copySource = (body) => body.#copy();
    moveSource = (body) => body.#move();
    give = async (body) => (body.#source === null ? null : body.#take());
  }

  /** The stream is made when it is asked for: most bodies are read whole. */
  get body(): any {
    if (this.#source === null) return null;
    if (this.#stream === undefined) {
      this.#stream = "stream" in this.#source ? this.#source.stream : streamOf(this.#source.bytes.slice());
      if (this.#used && !this.#stream.locked) this.#stream.getReader(); // by whoever took the bytes
    }
    return this.#stream;
  }

  /** The stream, if there is one yet. */
  get #flow(): any {
    return this.#stream ?? (this.#source !== null && "stream" in this.#source ? this.#source.stream : undefined);
  }

  get bodyUsed(): boolean {
    return this.#used || Boolean(this.#flow?._disturbed);
  }

  #refuseRead(): void {
    if (this.bodyUsed || this.#flow?.locked) throw new TypeError("the body was read already");
  }

  async #take(): Promise<Uint8Array<ArrayBuffer>> {
    this.#refuseRead();
    if (this.#source === null) return new Uint8Array(0);
    const flow = this.#flow;
    this.#used = true;
    return flow === undefined && "bytes" in this.#source ? this.#source.bytes : gather(flow);
  }

  #move(): Source | null {
    this.#refuseRead();
    if (this.#source === null) return null;
    const flow = this.#flow;
    this.#used = true;
    return flow === undefined ? this.#source : { stream: flow.pipeThrough(new TransformStream()) };
  }

  #copy(): Source | null {
    this.#refuseRead();
    if (this.#source === null) return null;
    if (this.#flow === undefined) return this.#source;
    const [one, other] = this.#flow.tee();
    this.#source = { stream: one };
    this.#stream = one;
    const apart = new TransformStream({ transform: (chunk: unknown, controller: any) => controller.enqueue(structuredClone(chunk)) });
    return { stream: other.pipeThrough(apart) };
  }

  async bytes(): Promise<Uint8Array<ArrayBuffer>> {
    return (await this.#take()).slice();
  }

  async arrayBuffer(): Promise<ArrayBuffer> {
    return (await this.#take()).slice().buffer;
  }

  async text(): Promise<string> {
    return decodeUtf8(await this.#take());
  }

  async json(): Promise<any> {
    return JSON.parse(decodeUtf8(await this.#take()));
  }

  async blob(): Promise<Blob> {
    return new Blob([await this.#take()], { type: this.headers.get("content-type") ?? "" });
  }

  async formData(): Promise<FormData> {
    const type = this.headers.get("content-type") ?? "";
    const bytes = await this.#take();
    const boundary = /^multipart\/form-data\s*;.*?\bboundary=(?:"([^"]+)"|([^;\s]+))/i.exec(type);
    if (boundary) return parseMultipart(bytes, boundary[1] ?? boundary[2]!);
    if (!/^application\/x-www-form-urlencoded\b/i.test(type)) throw new TypeError(`a body of type "${type}" is no form`);
    const form = new FormData();
    for (const [name, value] of parseForm(decodeUtf8Unmarked(bytes))) form.append(name, value);
    return form;
  }
}
