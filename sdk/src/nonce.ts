// A name for each message that is sent: Discord makes one message of several requests with the same one.

import { fillRandom } from "./entropy";

let prefix = "";
let count = 0;

/** At most 25 characters: twelve that are this isolate's, and a number. */
export function nonce(): string {
  if (prefix === "") prefix = drawn();
  return prefix + (count++).toString(36);
}

function drawn(): string {
  const bytes = new Uint8Array(12);
  fillRandom(bytes);
  return Array.from(bytes, (byte) => "0123456789abcdefghijklmnopqrstuv"[byte & 31]).join("");
}
