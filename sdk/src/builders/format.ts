// Text as Discord shows it: mentions, times, and the signs that must not be taken for formatting.

import type { TimestampStyle } from "./constants";
import type { Snowflake } from "./wire";

type Identified = Snowflake | { id: Snowflake };

const idOf = (target: Identified): Snowflake => (typeof target === "string" ? target : target.id);

export function userMention(user: Identified): string {
  return `<@${idOf(user)}>`;
}

export function roleMention(role: Identified): string {
  return `<@&${idOf(role)}>`;
}

export function channelMention(channel: Identified): string {
  return `<#${idOf(channel)}>`;
}

/** `commandMention("tag add", id)`: a command that a click begins to write. */
export function commandMention(name: string, id: Snowflake): string {
  return `</${name}:${id}>`;
}

export function emojiMention(emoji: { id?: Snowflake | null; name?: string | null; animated?: boolean }): string {
  const name = emoji.name ?? "_";
  return emoji.id ? `<${emoji.animated === true ? "a" : ""}:${name}:${emoji.id}>` : name;
}

/** `timestamp(Date.now() + 60_000, "R")`: everybody sees it in their own zone. */
export function timestamp(when: Date | number | string = new Date(), style?: TimestampStyle): string {
  const seconds = Math.floor(new Date(when).getTime() / 1000);
  if (Number.isNaN(seconds)) throw new TypeError(`"${String(when)}" is not a point in time`);
  return style === undefined ? `<t:${seconds}>` : `<t:${seconds}:${style}>`;
}

export function relativeTime(when: Date | number | string): string {
  return timestamp(when, "R");
}

export function messageLink(guildId: Snowflake, channelId: Snowflake, messageId: Snowflake): string {
  return `https://discord.com/channels/${guildId}/${channelId}/${messageId}`;
}

const DISCORD_EPOCH = 1_420_070_400_000n;

/** When something was made, which its id tells. */
export function createdAt(id: Identified): Date {
  return new Date(Number((BigInt(idOf(id)) >> 22n) + DISCORD_EPOCH));
}

export const bold = (text: string): string => `**${text}**`;
export const italic = (text: string): string => `*${text}*`;
export const underline = (text: string): string => `__${text}__`;
export const strikethrough = (text: string): string => `~~${text}~~`;
export const spoiler = (text: string): string => `||${text}||`;
export const inlineCode = (text: string): string => `\`${text.replace(/`/g, "\u02cb")}\``;
export const quote = (text: string): string => text.replace(/^/gm, "> ");
export const heading = (text: string, level: 1 | 2 | 3 = 1): string => `${"#".repeat(level)} ${text}`;
export const subtext = (text: string): string => `-# ${text}`;
export const hyperlink = (text: string, url: string, title?: string): string =>
  title === undefined ? `[${text}](${url})` : `[${text}](${url} "${title}")`;
/** A link without its preview. */
export const hideLinkEmbed = (url: string): string => `<${url}>`;
export const bulletList = (items: readonly string[]): string => items.map((item) => `- ${item}`).join("\n");

export function codeBlock(text: string, language = ""): string {
  return `\`\`\`${language}\n${text.replace(/```/g, "`\u200b``")}\n\`\`\``;
}

/** Text of somebody else's that is to be shown as it was written. */
export function escapeMarkdown(text: string): string {
  return text.replace(/[\\*_~`|[\]()]/g, "\\$&").replace(/^(\s*)(#{1,3}|>|-#?|\d+\.)(?=\s|$)/gm, "$1\\$2");
}

/** Text that mentions nobody, whatever `allowedMentions` says. */
export function escapeMentions(text: string): string {
  return text.replace(/@(?=everyone|here)|<@/g, (found) => `${found}\u200b`);
}

/** The ids of one kind of mention in a text. */
export function mentionedIds(text: string, kind: "user" | "role" | "channel" = "user"): Snowflake[] {
  const sign = { user: "@!?", role: "@&", channel: "#" }[kind];
  const found = text.matchAll(new RegExp(`<${sign}(\\d{17,20})>`, "g"));
  return [...new Set([...found].map((match) => match[1] as string))];
}

/** Cut to fit, with a sign that it was. */
export function truncate(text: string, longest: number, end = "…"): string {
  if (text.length <= longest) return text;
  const cut = text.slice(0, Math.max(0, longest - end.length));
  return cut.replace(/[\ud800-\udbff]$/, "") + end;
}

const UNITS: readonly (readonly [string, number])[] = [
  ["week", 604_800_000],
  ["day", 86_400_000],
  ["hour", 3_600_000],
  ["minute", 60_000],
  ["second", 1000],
];

/** `1 day 2 hours`: the two largest units. */
export function formatDuration(milliseconds: number, parts = 2): string {
  let left = Math.max(0, Math.round(milliseconds / 1000) * 1000);
  const words: string[] = [];
  for (const [unit, size] of UNITS) {
    const count = Math.floor(left / size);
    left -= count * size;
    if (count > 0 && words.length < parts) words.push(`${count} ${unit}${count === 1 ? "" : "s"}`);
  }
  return words.length > 0 ? words.join(" ") : "0 seconds";
}

const SIZES: Readonly<Record<string, number>> = { w: 604_800_000, d: 86_400_000, h: 3_600_000, m: 60_000, s: 1000 };
const AMOUNT = "(\\d+(?:\\.\\d+)?)\\s*(weeks?|w|days?|d|hours?|hrs?|h|minutes?|mins?|m|seconds?|secs?|s)(?![a-z])";
const AMOUNTS = new RegExp(`^(?:${AMOUNT}[\\s,]*)+$`);

/** `parseDuration("1d 2h30m")` in milliseconds; undefined for what is none. A bare number is minutes. */
export function parseDuration(text: string): number | undefined {
  const clean = text.trim().toLowerCase();
  if (/^\d+$/.test(clean)) return Number(clean) * 60_000;
  if (!AMOUNTS.test(clean)) return undefined;
  let total = 0;
  for (const [, amount, unit = ""] of clean.matchAll(new RegExp(AMOUNT, "g"))) {
    total += Number(amount) * (SIZES[unit.charAt(0)] ?? 0);
  }
  return total;
}
