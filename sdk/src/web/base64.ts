// atob and btoa, by which scripts have base64 as text.

import { fromBase64, toBase64 } from "../bytes";
import { TextGatherer } from "../text";
import { DOMException } from "./exception";
import { needs } from "./iterate";

export function btoa(text: unknown): string {
  needs(arguments, 1, "btoa");
  const given = `${text as string}`;
  const bytes = new Uint8Array(given.length);
  for (let index = 0; index < given.length; index++) {
    const code = given.charCodeAt(index);
    if (code > 0xff) throw new DOMException("btoa takes characters up to U+00FF only", "InvalidCharacterError");
    bytes[index] = code;
  }
  return toBase64(bytes);
}

export function atob(text: unknown): string {
  needs(arguments, 1, "atob");
  let given = `${text as string}`.replace(/[\t\n\f\r ]/g, "");
  if (given.length % 4 === 0) given = given.replace(/={1,2}$/, "");
  if (given.length % 4 === 1 || /[^A-Za-z0-9+/]/.test(given)) throw new DOMException("atob takes base64 only", "InvalidCharacterError");
  const out = new TextGatherer();
  for (const byte of fromBase64(lenient(given))) out.add(byte);
  return out.take();
}

/** The last character may carry bits that mean nothing, and count for nothing. */
function lenient(given: string): string {
  const extra = given.length % 4;
  return extra === 0 ? given : given + "=".repeat(4 - extra);
}
