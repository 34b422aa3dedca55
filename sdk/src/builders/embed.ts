// Embeds: `embed()` and what Discord takes of them.

import { Check, lengthOf } from "./problems";
import { type Buildable, built, present, toWire } from "./wire";

/** As authors write it; Discord's own snake_case is taken too. */
export interface EmbedData {
  title?: string;
  description?: string;
  url?: string;
  color?: number;
  timestamp?: string | number | Date;
  footer?: EmbedFooter;
  image?: EmbedMedia;
  thumbnail?: EmbedMedia;
  author?: EmbedAuthor;
  fields?: EmbedField[];
}

export interface EmbedField {
  name: string;
  value: string;
  inline?: boolean;
}

export interface EmbedFooter {
  text: string;
  iconUrl?: string;
  icon_url?: string;
}

export interface EmbedAuthor {
  name: string;
  url?: string;
  iconUrl?: string;
  icon_url?: string;
}

export interface EmbedMedia {
  url: string;
  description?: string;
}

/** An embed in Discord's own words, which is what `toJSON` gives. */
export interface Embed {
  title?: string;
  description?: string;
  url?: string;
  color?: number;
  timestamp?: string;
  footer?: { text: string; icon_url?: string };
  image?: EmbedMedia;
  thumbnail?: EmbedMedia;
  author?: { name: string; url?: string; icon_url?: string };
  fields?: EmbedField[];
}

export class EmbedBuilder {
  #data: EmbedData;

  constructor(initial: Buildable<EmbedData | Embed> = {}) {
    const given = built(initial) as EmbedData;
    this.#data = { ...given };
    if (given.fields !== undefined) this.#data.fields = [...given.fields];
  }

  setTitle(title: string): this {
    this.#data.title = title;
    return this;
  }

  setDescription(description: string): this {
    this.#data.description = description;
    return this;
  }

  setUrl(url: string): this {
    this.#data.url = url;
    return this;
  }

  /** `0x5865f2`, `Colors.Green` or `"#5865f2"`. */
  setColor(color: number | string): this {
    this.#data.color = colorOf(color);
    return this;
  }

  /** Now, unless told; a number is milliseconds since 1970. */
  setTimestamp(timestamp: string | number | Date = new Date()): this {
    this.#data.timestamp = timestamp;
    return this;
  }

  setFooter(text: string, iconUrl?: string): this {
    this.#data.footer = present({ text, iconUrl });
    return this;
  }

  setImage(url: string): this {
    this.#data.image = { url };
    return this;
  }

  setThumbnail(url: string): this {
    this.#data.thumbnail = { url };
    return this;
  }

  setAuthor(name = "", options: { url?: string; iconUrl?: string } = {}): this {
    this.#data.author = present({ name, url: options.url, iconUrl: options.iconUrl });
    return this;
  }

  addField(name: string, value: string, inline = false): this {
    return this.addFields([{ name, value, inline }]);
  }

  addFields(...fields: (EmbedField | EmbedField[])[]): this {
    this.#data.fields = [...(this.#data.fields ?? []), ...fields.flat()];
    return this;
  }

  setFields(...fields: (EmbedField | EmbedField[])[]): this {
    this.#data.fields = fields.flat();
    return this;
  }

  toJSON(): Embed {
    return embedToWire(this.#data);
  }
}

/** Starts an embed, empty or from one that exists. */
export function embed(initial?: Buildable<EmbedData | Embed>): EmbedBuilder {
  return new EmbedBuilder(initial);
}

export function embedToWire(data: EmbedData | Embed): Embed {
  const { timestamp, ...rest } = data;
  const wire = toWire(rest) as unknown as Embed;
  if (timestamp !== undefined && timestamp !== null) wire.timestamp = isoTime(timestamp);
  // Discord refuses a footer without text and an author without name; the original left both out.
  if (wire.footer !== undefined && !wire.footer.text) delete wire.footer;
  if (wire.author !== undefined && !wire.author.name) delete wire.author;
  return wire;
}

function isoTime(timestamp: string | number | Date): string {
  if (typeof timestamp === "string" && Number.isNaN(Date.parse(timestamp))) return timestamp;
  const date = new Date(timestamp);
  return Number.isNaN(date.getTime()) ? String(timestamp) : date.toISOString();
}

/** A colour as the number that Discord takes. */
export function colorOf(color: number | string): number {
  if (typeof color === "number") return color;
  const digits = /^#?([0-9a-f]{6})$/i.exec(color)?.[1] ?? short(color);
  if (digits === undefined) throw new TypeError(`"${color}" is not a colour; write it as 0x5865f2 or "#5865f2"`);
  return Number.parseInt(digits, 16);
}

function short(color: string): string | undefined {
  const digits = /^#([0-9a-f]{3})$/i.exec(color)?.[1];
  return digits?.replace(/./g, "$&$&");
}

export const EMBED_LIMITS = {
  title: 256,
  description: 4096,
  fields: 25,
  fieldName: 256,
  fieldValue: 1024,
  footer: 2048,
  author: 256,
  url: 2048,
  total: 6000,
} as const;

/** Each of Discord's rules on embeds. */
export function checkEmbed(check: Check, data: Embed): void {
  check.at("title").optionalText(data.title, 0, EMBED_LIMITS.title);
  check.at("description").optionalText(data.description, 0, EMBED_LIMITS.description);
  check.at("color").optionalNumber(data.color, 0, 0xffffff);
  checkTimestamp(check.at("timestamp"), data.timestamp);
  checkUrl(check.at("url"), data.url);
  checkUrl(check.at("image.url"), data.image?.url);
  checkUrl(check.at("thumbnail.url"), data.thumbnail?.url);
  check.at("footer.text").optionalText(data.footer?.text, 0, EMBED_LIMITS.footer);
  check.at("author.name").optionalText(data.author?.name, 0, EMBED_LIMITS.author);
  if (data.fields !== undefined && data.fields !== null) checkFields(check.at("fields"), data.fields);
}

function checkFields(check: Check, fields: EmbedField[]): void {
  if (!check.list(fields, 0, EMBED_LIMITS.fields)) return;
  fields.forEach((field, index) => {
    check.at(index).at("name").text(field?.name, 1, EMBED_LIMITS.fieldName);
    check.at(index).at("value").text(field?.value, 1, EMBED_LIMITS.fieldValue);
  });
}

function checkTimestamp(check: Check, timestamp: string | null | undefined): void {
  if (timestamp === undefined || timestamp === null || !Number.isNaN(Date.parse(timestamp))) return;
  check.fail(`"${timestamp}" is not a point in time`, "use new Date().toISOString()");
}

function checkUrl(check: Check, url: string | null | undefined): void {
  if (url === undefined || url === null || url === "") return;
  if (!check.text(url, 1, EMBED_LIMITS.url)) return;
  if (!/^(https?|attachment):\/\//i.test(url)) check.fail(`"${url}" is no address`, "start it with https://");
}

/** What Discord counts towards 6,000, over all embeds of a message. */
export function embedLength(data: Embed): number {
  const listed = Array.isArray(data.fields) ? data.fields : [];
  const fields = listed.flatMap((field) => [field?.name, field?.value]);
  const texts = [data.title, data.description, data.footer?.text, data.author?.name, ...fields];
  return texts.reduce((total, text) => total + (typeof text === "string" ? lengthOf(text) : 0), 0);
}
