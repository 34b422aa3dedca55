// Percent-encoding, by the sets of the URL Standard (section 1.3).

import { utf8 } from "../text";

const set = (marks: string, base: (code: number) => boolean) => {
  const codes = new Set(Array.from(marks, (mark) => mark.charCodeAt(0)));
  return (code: number): boolean => base(code) || codes.has(code);
};

export type EncodeSet = (byte: number) => boolean;
export const C0_CONTROL: EncodeSet = (code) => code < 0x20 || code > 0x7e;
export const FRAGMENT: EncodeSet = set(' "<>`', C0_CONTROL);
export const QUERY: EncodeSet = set(' "#<>', C0_CONTROL);
export const SPECIAL_QUERY: EncodeSet = set("'", QUERY);
export const PATH: EncodeSet = set("?^`{}", QUERY);
export const USERINFO: EncodeSet = set("/:;=@[\\]|", PATH);
const COMPONENT: EncodeSet = set("$%&+,", USERINFO);
const FORM: EncodeSet = set("!'()~", COMPONENT);

const HEX = "0123456789ABCDEF";

export function percentEncode(text: string, encodes: EncodeSet): string {
  let plain = true;
  for (let index = 0; plain && index < text.length; index++) plain = !encodes(text.charCodeAt(index));
  if (plain) return text;
  let encoded = "";
  for (const byte of utf8(text)) {
    encoded += encodes(byte) ? `%${HEX[byte >> 4]}${HEX[byte & 15]}` : String.fromCharCode(byte);
  }
  return encoded;
}

/** As forms have it: a space is a plus sign. */
export const formEncode = (text: string): string => percentEncode(text, (byte) => byte !== 0x20 && FORM(byte)).replaceAll(" ", "+");

function hexValue(code: number | undefined): number {
  if (code === undefined) return -1;
  if (code >= 0x30 && code <= 0x39) return code - 0x30;
  const letter = code | 0x20;
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : -1;
}

export function percentDecode(text: string): Uint8Array<ArrayBuffer> {
  const bytes = utf8(text);
  let length = 0;
  for (let index = 0; index < bytes.length; index++) {
    const high = bytes[index] === 0x25 ? hexValue(bytes[index + 1]) : -1;
    const low = high < 0 ? -1 : hexValue(bytes[index + 2]);
    bytes[length++] = low < 0 ? bytes[index]! : high * 16 + low;
    if (low >= 0) index += 2;
  }
  return bytes.subarray(0, length);
}
