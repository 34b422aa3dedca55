// The web platform, as far as it makes sense in a guild's script.

import {
  ByteLengthQueuingStrategy, CountQueuingStrategy, ReadableStream, ReadableStreamDefaultReader, ReadableStreamBYOBReader,
  TransformStream, WritableStream, WritableStreamDefaultWriter,
} from "../vendor/streams.js";
import { URLPattern } from "../vendor/urlpattern.js";
import { Blob, File, FormData } from "./blob";
import { structuredClone } from "./clone";
import { CryptoKey, SubtleCrypto, crypto } from "./crypto";
import { TextDecoder, TextEncoder, atob, btoa } from "./encoding";
import { AbortController, AbortSignal, CustomEvent, Event, EventTarget } from "./events";
import { DOMException } from "./exception";
import { Request, Response, fetch } from "./fetch";
import { Headers } from "./headers";
import { URLSearchParams } from "./search";
import { TextDecoderStream, TextEncoderStream } from "./text_streams";
import { navigator, performance } from "./timing";
import { URL } from "./url";

export const web: Record<string, unknown> = {
  URL, URLSearchParams, URLPattern,
  TextEncoder, TextDecoder, TextEncoderStream, TextDecoderStream, atob, btoa,
  Event, CustomEvent, EventTarget, AbortController, AbortSignal, DOMException,
  structuredClone,
  Blob, File, FormData, Headers, Request, Response, fetch,
  ReadableStream, ReadableStreamDefaultReader, ReadableStreamBYOBReader, WritableStream, WritableStreamDefaultWriter,
  TransformStream, ByteLengthQueuingStrategy, CountQueuingStrategy,
  crypto, CryptoKey, SubtleCrypto,
  performance, navigator,
};
