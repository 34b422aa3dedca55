// The web platform, as far as it makes sense in a guild's script.

import {
  ByteLengthQueuingStrategy, CountQueuingStrategy, ReadableByteStreamController, ReadableStream, ReadableStreamBYOBReader,
  ReadableStreamBYOBRequest, ReadableStreamDefaultController, ReadableStreamDefaultReader, TransformStream,
  TransformStreamDefaultController, WritableStream, WritableStreamDefaultController, WritableStreamDefaultWriter,
} from "../vendor/streams.js";
import { URLPattern } from "../vendor/urlpattern.js";
import { AbortController, AbortSignal } from "./abort";
import { atob, btoa } from "./base64";
import { Blob, File } from "./blob";
import { refuseToClone, structuredClone } from "./clone";
import { CryptoKey, SubtleCrypto, crypto } from "./crypto";
import { TextDecoder, TextEncoder } from "./encoding";
import { CustomEvent, Event, EventTarget } from "./events";
import { DOMException, QuotaExceededError } from "./exception";
import { fetch } from "./fetch";
import { FormData } from "./form";
import { Headers } from "./headers";
import { Request } from "./request";
import { Response } from "./response";
import { URLSearchParams } from "./search";
import { TextDecoderStream, TextEncoderStream } from "./text_streams";
import { navigator, performance } from "./timing";
import { URL } from "./url";

export const web: Record<string, unknown> = {
  URL, URLSearchParams, URLPattern,
  TextEncoder, TextDecoder, TextEncoderStream, TextDecoderStream, atob, btoa,
  Event, CustomEvent, EventTarget, AbortController, AbortSignal, DOMException, QuotaExceededError,
  structuredClone,
  Blob, File, FormData, Headers, Request, Response, fetch,
  ReadableStream, ReadableStreamDefaultReader, ReadableStreamBYOBReader, ReadableStreamDefaultController,
  ReadableByteStreamController, ReadableStreamBYOBRequest, WritableStream, WritableStreamDefaultWriter,
  WritableStreamDefaultController, TransformStream, TransformStreamDefaultController, ByteLengthQueuingStrategy, CountQueuingStrategy,
  crypto, CryptoKey, SubtleCrypto,
  performance, navigator,
};

/** As Web IDL has them: members can be listed, and objects say what they are. The streams and URLPattern do already. */
const OURS = [
  URL, URLSearchParams, TextEncoder, TextDecoder, TextEncoderStream, TextDecoderStream, Event, CustomEvent, EventTarget,
  AbortController, AbortSignal, DOMException, QuotaExceededError, Blob, File, FormData, Headers, Request, Response, CryptoKey, SubtleCrypto,
];
for (const one of OURS) {
  const name = Object.keys(web).find((key) => web[key] === one)!;
  for (const key of Object.getOwnPropertyNames(one.prototype)) {
    if (key !== "constructor") Object.defineProperty(one.prototype, key, { enumerable: true });
  }
  Object.defineProperty(one.prototype, Symbol.toStringTag, { value: name, configurable: true });
}

const CLONED: readonly unknown[] = [Blob, File, DOMException, QuotaExceededError];
refuseToClone([
  ...OURS.filter((one) => !CLONED.includes(one)), ReadableStream, WritableStream, TransformStream,
] as any[]);
