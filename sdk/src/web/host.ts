// Hosts of URLs: names, addresses of four and of sixteen bytes, and what other schemes take for a host.

import { domainToAscii } from "./domain";
import { decodeUtf8Unmarked } from "./encoding";
import { C0_CONTROL, percentDecode, percentEncode } from "./percent";

const FORBIDDEN = /[\0\t\n\r #/:<>?@[\\\]^|]/;
const FORBIDDEN_IN_DOMAIN = /[\0-\x20#%/:<>?@[\\\]^|\x7f]/;

/** The host as it is written, or undefined when it is none. */
export function parseHost(text: string, isSpecial: boolean): string | undefined {
  if (text.startsWith("[")) {
    const pieces = text.endsWith("]") ? parseIpv6(text.slice(1, -1)) : undefined;
    return pieces && `[${writeIpv6(pieces)}]`;
  }
  if (!isSpecial) return FORBIDDEN.test(text) ? undefined : percentEncode(text, C0_CONTROL);
  const domain = domainToAscii(decodeUtf8Unmarked(percentDecode(text)));
  if (domain === undefined || FORBIDDEN_IN_DOMAIN.test(domain)) return undefined;
  return endsInNumber(domain) ? parseIpv4(domain) : domain;
}

function endsInNumber(host: string): boolean {
  const parts = host.split(".");
  if (parts.at(-1) === "" && parts.length > 1) parts.pop();
  const last = parts.at(-1)!;
  return /^\d+$/.test(last) || /^0x[0-9a-f]*$/i.test(last);
}

function ipv4Number(part: string): number | undefined {
  if (part === "") return undefined;
  if (/^0x[0-9a-f]*$/i.test(part)) return part.length === 2 ? 0 : Number(part);
  if (part.length > 1 && part.startsWith("0")) return /^[0-7]+$/.test(part) ? parseInt(part, 8) : undefined;
  return /^\d+$/.test(part) ? Number(part) : undefined;
}

function parseIpv4(host: string): string | undefined {
  const parts = host.split(".");
  if (parts.at(-1) === "" && parts.length > 1) parts.pop();
  if (parts.length > 4) return undefined;
  const numbers = parts.map(ipv4Number);
  if (numbers.some((one) => one === undefined)) return undefined;
  const last = numbers.pop()!;
  if (numbers.some((one) => one! > 255) || last >= 256 ** (4 - numbers.length)) return undefined;
  const address = numbers.reduce<number>((sum, one, index) => sum + one! * 256 ** (3 - index), last);
  return [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join(".");
}

function parseIpv6(text: string): number[] | undefined {
  const [head, tail, ...more] = text.split("::");
  if (more.length > 0 || head === undefined) return undefined;
  const before = piecesOf(head, tail === undefined), after = tail === undefined ? [] : piecesOf(tail, true);
  if (before === undefined || after === undefined) return undefined;
  const missing = 8 - before.length - after.length;
  if (tail === undefined ? missing !== 0 : missing < 1) return undefined;
  return [...before, ...new Array<number>(missing).fill(0), ...after];
}

/** Groups of hexadecimal digits; the last may be an address of four bytes. */
function piecesOf(text: string, isEnd: boolean): number[] | undefined {
  if (text === "") return [];
  const pieces: number[] = [];
  const groups = text.split(":");
  for (let index = 0; index < groups.length; index++) {
    const group = groups[index]!;
    const four = isEnd && index === groups.length - 1 ? /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(group) : null;
    if (four) {
      const bytes = four.slice(1).map(Number);
      if (bytes.some((byte) => byte > 255) || four.slice(1).some((byte) => /^0\d/.test(byte))) return undefined;
      pieces.push(bytes[0]! * 256 + bytes[1]!, bytes[2]! * 256 + bytes[3]!);
    } else if (/^[0-9a-f]{1,4}$/i.test(group)) pieces.push(parseInt(group, 16));
    else return undefined;
  }
  return pieces;
}

/** The longest run of zeros, of two at least, is left out. */
function writeIpv6(pieces: number[]): string {
  let start = -1, length = 1;
  for (let index = 0; index < 8; index++) {
    let run = 0;
    while (index + run < 8 && pieces[index + run] === 0) run++;
    if (run > length) [start, length] = [index, run];
  }
  const hex = (from: number, to?: number) => pieces.slice(from, to).map((piece) => piece.toString(16)).join(":");
  return start < 0 ? hex(0) : `${hex(0, start)}::${hex(start + length)}`;
}
