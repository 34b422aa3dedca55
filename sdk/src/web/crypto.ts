// crypto: randomness of this isolate alone, digests and HMAC.

import { viewOf } from "../bytes";
import { fillRandom } from "../entropy";
import { hmac, sha1, sha256, sha384, sha512 } from "../vendor/hashes.js";
import { DOMException, QuotaExceededError } from "./exception";

const MOST_RANDOM = 65_536;
const HASHES: Readonly<Record<string, any>> = { "SHA-1": sha1, "SHA-256": sha256, "SHA-384": sha384, "SHA-512": sha512 };
/** By default a key is as long as a block of its hash. */
const BLOCK_BITS: Readonly<Record<string, number>> = { "SHA-1": 512, "SHA-256": 512, "SHA-384": 1024, "SHA-512": 1024 };

const THERE_IS = "there are digest (SHA-1, SHA-256, SHA-384, SHA-512), and importKey, generateKey, exportKey, sign and verify for HMAC";
const notSupported = (what: string): DOMException => new DOMException(`${what} is not supported here; ${THERE_IS}`, "NotSupportedError");

/** Algorithms are named whatever the case, by a text or by an object with a name. */
function nameOf(algorithm: any): string {
  const name = typeof algorithm === "object" && algorithm !== null ? algorithm.name : algorithm;
  if (name === undefined) throw new TypeError("an algorithm has a name");
  return String(name).toUpperCase();
}

function hashName(algorithm: any): string {
  const name = nameOf(algorithm);
  if (!Object.hasOwn(HASHES, name)) throw notSupported(`the hash ${name}`);
  return name;
}

function bytesOf(data: unknown): Uint8Array {
  const view = viewOf(data);
  if (view === undefined) throw new TypeError("bytes are needed: an ArrayBuffer or a view of one");
  return view.slice();
}

const bufferOf = (bytes: Uint8Array): ArrayBuffer => bytes.slice().buffer as ArrayBuffer;

let secretOf: (key: CryptoKey) => Uint8Array;
let makeKey: (secret: Uint8Array, hash: string, extractable: boolean, usages: string[]) => CryptoKey;

export class CryptoKey {
  readonly type = "secret";
  readonly #secret: Uint8Array;

  static {
    secretOf = (key) => key.#secret;
    makeKey = (secret, hash, extractable, usages) => {
      const algorithm = Object.freeze({ name: "HMAC", hash: Object.freeze({ name: hash }), length: secret.length * 8 });
      return new CryptoKey(own, secret, algorithm, extractable, Object.freeze([...usages]));
    };
  }

  constructor(
    key: symbol,
    secret: Uint8Array,
    readonly algorithm: Readonly<{ name: string; hash: Readonly<{ name: string }>; length: number }>,
    readonly extractable: boolean,
    readonly usages: readonly string[],
  ) {
    if (key !== own) throw new TypeError("a CryptoKey is imported or generated");
    this.#secret = secret;
  }
}

const own = Symbol("made by SubtleCrypto");

function hmacName(algorithm: any): void {
  const name = nameOf(algorithm);
  if (name !== "HMAC") throw notSupported(`the algorithm ${name}`);
}

function usagesOf(usages: unknown): string[] {
  const list = Array.from(usages as Iterable<string>, String);
  const wrong = list.find((one) => one !== "sign" && one !== "verify");
  if (wrong !== undefined || list.length === 0) throw new DOMException("an HMAC key signs and verifies, nothing else", "SyntaxError");
  return list;
}

function use(key: CryptoKey, usage: string): Uint8Array {
  if (!(key instanceof CryptoKey)) throw new TypeError("a CryptoKey is needed");
  if (!key.usages.includes(usage)) throw new DOMException(`the key may not be used to ${usage}`, "InvalidAccessError");
  return secretOf(key);
}

/** Takes as long wherever the difference is. */
function same(one: Uint8Array, other: Uint8Array): boolean {
  let difference = one.length ^ other.length;
  for (let index = 0; index < one.length; index++) difference |= one[index]! ^ (other[index] ?? 0);
  return difference === 0;
}

const base64Url = (bytes: Uint8Array): string => (bytes as any).toBase64({ alphabet: "base64url", omitPadding: true });
const fromBase64Url = (text: string): Uint8Array => (Uint8Array as any).fromBase64(text, { alphabet: "base64url" });

export class SubtleCrypto {
  async digest(algorithm: unknown, data: unknown): Promise<ArrayBuffer> {
    return bufferOf(HASHES[hashName(algorithm)](bytesOf(data)));
  }

  async importKey(format: string, data: any, algorithm: any, extractable: unknown, usages: unknown): Promise<CryptoKey> {
    hmacName(algorithm);
    const hash = hashName(algorithm.hash);
    if (format !== "raw" && format !== "jwk") throw notSupported(`the format ${format}`);
    const secret = format === "jwk" ? fromBase64Url(String(data.k)) : bytesOf(data);
    if (secret.length === 0) throw new DOMException("the key has no bytes", "DataError");
    return makeKey(secret, hash, Boolean(extractable), usagesOf(usages));
  }

  async generateKey(algorithm: any, extractable: unknown, usages: unknown): Promise<CryptoKey> {
    hmacName(algorithm);
    const hash = hashName(algorithm.hash);
    const secret = new Uint8Array((algorithm.length ?? BLOCK_BITS[hash]) / 8);
    fillRandom(secret);
    return makeKey(secret, hash, Boolean(extractable), usagesOf(usages));
  }

  async exportKey(format: string, key: CryptoKey): Promise<any> {
    if (!(key instanceof CryptoKey)) throw new TypeError("a CryptoKey is needed");
    if (!key.extractable) throw new DOMException("the key may not be exported", "InvalidAccessError");
    if (format === "raw") return bufferOf(secretOf(key));
    if (format !== "jwk") throw notSupported(`the format ${format}`);
    const alg = `HS${key.algorithm.hash.name.slice(4)}`;
    return { kty: "oct", k: base64Url(secretOf(key)), alg, key_ops: [...key.usages], ext: true };
  }

  async sign(algorithm: unknown, key: CryptoKey, data: unknown): Promise<ArrayBuffer> {
    hmacName(algorithm);
    const secret = use(key, "sign");
    return bufferOf(hmac(HASHES[key.algorithm.hash.name], secret, bytesOf(data)));
  }

  async verify(algorithm: unknown, key: CryptoKey, signature: unknown, data: unknown): Promise<boolean> {
    hmacName(algorithm);
    const secret = use(key, "verify");
    return same(hmac(HASHES[key.algorithm.hash.name], secret, bytesOf(data)), bytesOf(signature));
  }
}

/** The rest of what browsers have says so, plainly. */
for (const name of ["encrypt", "decrypt", "deriveBits", "deriveKey", "wrapKey", "unwrapKey"]) {
  const value = async (): Promise<never> => {
    throw notSupported(`crypto.subtle.${name}`);
  };
  Object.defineProperty(SubtleCrypto.prototype, name, { value, writable: true, configurable: true });
}

const INTEGERS = new Set([
  "Int8Array", "Uint8Array", "Uint8ClampedArray", "Int16Array", "Uint16Array", "Int32Array", "Uint32Array", "BigInt64Array",
  "BigUint64Array",
]);

export const crypto = {
  subtle: new SubtleCrypto(),

  getRandomValues<T extends ArrayBufferView>(array: T): T {
    const kind = ArrayBuffer.isView(array) ? (array as any)[Symbol.toStringTag] : undefined;
    if (!INTEGERS.has(kind)) throw new DOMException("getRandomValues fills arrays of whole numbers", "TypeMismatchError");
    if (array.byteLength > MOST_RANDOM) throw new QuotaExceededError(`at most ${MOST_RANDOM} bytes at once`);
    fillRandom(viewOf(array)!);
    return array;
  },

  randomUUID(): string {
    const bytes = new Uint8Array(16);
    fillRandom(bytes);
    bytes[6] = (bytes[6]! & 0x0f) | 0x40;
    bytes[8] = (bytes[8]! & 0x3f) | 0x80;
    const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
    return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
  },
};
