// Pages to leaf through, and questions with two answers. The state is in the custom ids, not in memory: the buttons of
// an old message still work after a deploy, a restart or a move to another worker.

import type { ActionRow } from "./component-types";
import { actionRow, button } from "./components";
import { ButtonStyle } from "./constants";
import { embed } from "./embed";
import type { MessageOptions } from "./message";
import type { Snowflake } from "./wire";

const PAGE = "flora:page";
const CONFIRM = "flora:confirm";
const ID_LENGTH = 100;

/** Parts of a custom id may hold anything, `:` too. */
const joined = (...parts: string[]): string => {
  const id = parts.map((part) => part.replace(/[%:]/g, encodeURIComponent)).join(":");
  if (id.length > ID_LENGTH)
    throw new RangeError(`"${id}" has ${id.length} characters, and a custom id may have ${ID_LENGTH}`);
  return id;
};

const parted = (id: string | undefined, head: string): string[] | undefined => {
  if (id === undefined || !id.startsWith(`${head}:`)) return undefined;
  return id
    .slice(head.length + 1)
    .split(":")
    .map((part) => part.replace(/%(25|3A)/g, decodeURIComponent));
};

// -- pages --------------------------------------------------------------------------------------------------------

export interface PageId {
  /** Which paginator. */
  name: string;
  page: number;
  /** Who alone may leaf. */
  owner?: Snowflake;
}

/** A pattern of the custom ids of one paginator, for handlers of buttons. */
export const pagePattern = (name: string): string => `${PAGE}:${joined(name)}:*`;

function pageId(where: string, { name, page, owner }: PageId): string {
  return `${PAGE}:${joined(name, String(page), owner ?? "", where)}`;
}

/** What a pressed button of a paginator says; undefined for every other. */
export function readPageId(customId: string | undefined): PageId | undefined {
  const [name, page, owner] = parted(customId, PAGE) ?? [];
  if (name === undefined || page === undefined) return undefined;
  return owner ? { name, page: Number(page), owner } : { name, page: Number(page) };
}

/** First, back, where we are, on, last. */
export function pageButtons(at: PageId, count: number): ActionRow {
  const to = (where: string, sign: string, page: number, off: boolean) =>
    button({
      custom_id: pageId(where, { ...at, page }),
      emoji: { name: sign },
      style: ButtonStyle.Secondary,
      disabled: off,
    });
  const { page } = at;
  const last = count - 1;
  const here = button({
    custom_id: pageId("here", at),
    label: `${page + 1} / ${count}`,
    style: ButtonStyle.Secondary,
    disabled: true,
  });
  return actionRow(
    to("first", "⏮️", 0, page <= 0),
    to("back", "◀️", Math.max(0, page - 1), page <= 0),
    here,
    to("on", "▶️", Math.min(last, page + 1), page >= last),
    to("last", "⏭️", last, page >= last),
  ).toJSON();
}

/** The message that shows one page, with its buttons when there are more. */
export function pageMessage(at: PageId, pages: readonly (MessageOptions | string)[]): MessageOptions {
  if (pages.length === 0) return { content: "There is nothing to show.", components: [] };
  const page = Math.min(Math.max(0, at.page), pages.length - 1);
  const shown = pages[page] as MessageOptions | string;
  const message = typeof shown === "string" ? { content: shown } : shown;
  const buttons = pages.length > 1 ? [pageButtons({ ...at, page }, pages.length)] : [];
  return { ...message, components: [...(message.components ?? []), ...buttons] };
}

/** A list in embeds of so many lines each. */
export function pagesOfLines(
  lines: readonly string[],
  { title, perPage = 10, color }: { title?: string; perPage?: number; color?: number } = {},
): MessageOptions[] {
  return chunk(lines, perPage).map((part) => {
    const page = embed().setDescription(part.join("\n"));
    if (title !== undefined) page.setTitle(title);
    if (color !== undefined) page.setColor(color);
    return { embeds: [page] };
  });
}

export function chunk<Item>(items: readonly Item[], size: number): Item[][] {
  if (!(size >= 1)) throw new RangeError(`pieces of ${size} are no pieces`);
  const pieces: Item[][] = [];
  for (let at = 0; at < items.length; at += size) pieces.push(items.slice(at, at + size));
  return pieces;
}

// -- confirmation -------------------------------------------------------------------------------------------------

export interface ConfirmId {
  /** Which question. */
  name: string;
  confirmed: boolean;
  /** Who alone may answer. */
  owner?: Snowflake;
  /** What it is about: it comes back with the answer. */
  subject?: string;
}

export interface ConfirmOptions {
  owner?: Snowflake;
  subject?: string;
  confirmLabel?: string;
  cancelLabel?: string;
  /** A red button, for what cannot be taken back. */
  danger?: boolean;
  ephemeral?: boolean;
}

export const confirmPattern = (name: string): string => `${CONFIRM}:${joined(name)}:*`;

/** A question with two buttons; `readConfirmId` tells what was answered. */
export function confirmMessage(
  name: string,
  question: string | MessageOptions,
  options: ConfirmOptions = {},
): MessageOptions {
  const id = (answer: string): string =>
    `${CONFIRM}:${joined(name, answer, options.owner ?? "", options.subject ?? "")}`;
  const yes = button({ custom_id: id("yes"), label: options.confirmLabel ?? "Confirm" });
  const no = button({ custom_id: id("no"), label: options.cancelLabel ?? "Cancel", style: ButtonStyle.Secondary });
  yes.setStyle(options.danger === true ? ButtonStyle.Danger : ButtonStyle.Success);
  const message = typeof question === "string" ? { content: question } : question;
  const row = actionRow(yes, no).toJSON();
  const ephemeral = options.ephemeral ?? message.ephemeral;
  return {
    ...message,
    components: [...(message.components ?? []), row],
    ...(ephemeral !== undefined && { ephemeral }),
  };
}

export function readConfirmId(customId: string | undefined): ConfirmId | undefined {
  const [name, answer, owner, subject] = parted(customId, CONFIRM) ?? [];
  if (name === undefined || answer === undefined) return undefined;
  return { name, confirmed: answer === "yes", ...(owner && { owner }), ...(subject && { subject }) };
}

/** `vote:*` fits `vote:yes`, and gives `["yes"]`; a pattern without `*` fits itself. */
export function matchCustomId(pattern: string | RegExp, customId: string): string[] | undefined {
  const expression = typeof pattern === "string" ? patternOf(pattern) : pattern;
  return expression.exec(customId)?.slice(1);
}

function patternOf(pattern: string): RegExp {
  const literal = pattern.replace(/[.+?^${}()|[\]\\]/g, "\\$&");
  return new RegExp(`^${literal.replace(/\*/g, "(.*)")}$`, "s");
}
