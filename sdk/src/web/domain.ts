// Names of hosts in letters of every script, as the name system has them: UTS 46, as far as what the engine knows of
// Unicode goes. It has no table of its own; docs/web-platform.md says what that costs.

import { decode, encode } from "./punycode";

/** What is nothing but a hint. Joiners mean something in a name; what turns the direction of writing is refused, as tags are. */
const IGNORED = /[\p{Default_Ignorable_Code_Point}--[\u061c\u200c-\u200f\u202a-\u202e\u2065-\u2069\ufff0-\ufff8\u{e0000}-\u{e00ff}\u{e01f0}-\u{e0fff}]]/gv;
const DOTS = /[\u3002\uff0e\uff61]/g;
/** What would come apart into dots, and what describes characters instead of being one. */
const NEVER = /[\u2024-\u2026\u2488-\u249b\ufe12\ufe19\ufe30\u2ffc-\u2fff\u31ef]|\p{IDS_Binary_Operator}|\p{IDS_Trinary_Operator}/u;

/** Case is folded: a sigma at the end of a word is one like any other. */
const mapped = (text: string): string =>
  text.replace(IGNORED, "").replace(DOTS, ".").normalize("NFKC").replaceAll("\u03a3", "\u03c3").toLowerCase().normalize("NFC");

/** The name in ASCII, or undefined when it is none. */
export function domainToAscii(domain: string): string | undefined {
  const isAscii = !/[^\0-\x7f]/.test(domain);
  if (!isAscii && NEVER.test(domain)) return undefined;
  const labels = (isAscii ? domain.toLowerCase() : mapped(domain)).split(".");
  const shown: string[] = [];
  for (const label of labels) {
    const text = label.startsWith("xn--") ? decodedLabel(label) : label;
    if (text === undefined || (/[^\0-\x7f]/.test(text) && !isLabel(text))) return undefined;
    shown.push(text);
  }
  if (shown.some((text) => RIGHT_TO_LEFT.test(text)) && !shown.every((text) => text === "" || runsOneWay(text))) return undefined;
  const ascii = shown.map((text) => (/[^\0-\x7f]/.test(text) ? `xn--${encode(text)}` : text)).join(".");
  return ascii === "" ? undefined : ascii;
}

/** What a label stands for; undefined where another label should stand for that, or where it stands for nothing. */
function decodedLabel(label: string): string | undefined {
  const text = /[^\0-\x7f]/.test(label) ? undefined : decode(label.slice(4));
  if (text === undefined || !/[^\0-\x7f]/.test(text) || text.startsWith("xn--")) return undefined;
  return mapped(text) === text && !NEVER.test(text) && `xn--${encode(text)}` === label ? text : undefined;
}

/** Marks that take the vowel from the letter before them (their combining class is 9): a joiner may follow. */
const VIRAMAS =
  "\\u094d\\u09cd\\u0a4d\\u0acd\\u0b4d\\u0bcd\\u0c4d\\u0ccd\\u0d3b\\u0d3c\\u0d4d\\u0dca\\u0e3a\\u0eba\\u0f84\\u1039" +
  "\\u103a\\u1714\\u1715\\u1734\\u17d2\\u1a60\\u1b44\\u1baa\\u1bab\\u1bf2\\u1bf3\\u2d7f\\ua806\\ua82c\\ua8c4\\ua953" +
  "\\ua9c0\\uaaf6\\uabed\\u{10a3f}\\u{11046}\\u{11070}\\u{1107f}\\u{110b9}\\u{11133}\\u{11134}\\u{111c0}\\u{11235}" +
  "\\u{112ea}\\u{1134d}\\u{113ce}-\\u{113d0}\\u{11442}\\u{114c2}\\u{115bf}\\u{1163f}\\u{116b6}\\u{1172b}\\u{11839}" +
  "\\u{1193d}\\u{1193e}\\u{119e0}\\u{11a34}\\u{11a47}\\u{11a99}\\u{11c3f}\\u{11d44}\\u{11d45}\\u{11d97}\\u{11f41}" +
  "\\u{11f42}\\u{1612f}";
/** Letters that join only what stands before them. */
const RIGHT_JOINING =
  "\\u0622-\\u0625\\u0627\\u0629\\u062f-\\u0632\\u0648\\u0671-\\u0673\\u0675-\\u0677" +
  "\\u0688-\\u0699\\u06c0\\u06c3-\\u06cb\\u06cd\\u06cf\\u06d2\\u06d3\\u06d5\\u06ee\\u06ef";
const JOINING = "[[\\p{sc=Arab}\\p{sc=Syrc}\\p{sc=Nkoo}\\p{sc=Mong}\\p{sc=Mand}\\p{sc=Adlm}\\p{sc=Rohg}]&&\\p{L}]";
const JOINER = new RegExp(
  `(?<=[${VIRAMAS}])[\\u200c\\u200d]|(?<=[${JOINING}--[${RIGHT_JOINING}]]\\p{M}*)\\u200c(?=\\p{M}*${JOINING})`, "gv",
);

/** No mark at its start; no controls, spaces, halves of characters, nor what nobody has defined; joiners where they join. */
const isLabel = (label: string): boolean => !/^\p{M}/u.test(label) && !/[\p{C}\p{Z}\ufffd]/u.test(label.replace(JOINER, ""));

/** Blocks that are written to the left; digits of Arabic run the other way even there. */
const RIGHT_TO_LEFT =
  /[[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]&&[[\p{L}\p{P}\p{N}]--[\u0660-\u0669\u06f0-\u06f9]]]/v;

/** RFC 5893: in a name with letters that run to the left, each label runs one way, and says so at both its ends. */
function runsOneWay(label: string): boolean {
  const letters = Array.from(label.replace(/\p{M}+$/u, "")), first = letters[0]!, last = letters.at(-1)!;
  if (!RIGHT_TO_LEFT.test(first)) return /\p{L}/u.test(first) && !RIGHT_TO_LEFT.test(label);
  return (RIGHT_TO_LEFT.test(last) || /\p{N}/u.test(last)) && letters.every((one) => RIGHT_TO_LEFT.test(one) || !/\p{L}/u.test(one));
}
