// Bytes of every kind that scripts have them in, and base64, in which they travel to the host.

type Base64Array = Uint8Array & { toBase64(): string };
const fromBase64Native = (Uint8Array as unknown as { fromBase64(text: string): Uint8Array }).fromBase64;

export const toBase64 = (bytes: Uint8Array): string => (bytes as Base64Array).toBase64();
export const fromBase64 = (text: string): Uint8Array<ArrayBuffer> =>
  fromBase64Native.call(Uint8Array, text) as Uint8Array<ArrayBuffer>;

export const toHex = (bytes: Uint8Array): string => (bytes as Uint8Array & { toHex(): string }).toHex();

/** The bytes of a buffer or a view of one, not copied; undefined for everything else. */
export function viewOf(value: unknown): Uint8Array<ArrayBuffer> | undefined {
  if (value instanceof Uint8Array) return value as Uint8Array<ArrayBuffer>;
  if (value instanceof ArrayBuffer) return new Uint8Array(value);
  if (ArrayBuffer.isView(value)) return new Uint8Array(value.buffer as ArrayBuffer, value.byteOffset, value.byteLength);
  return undefined;
}
