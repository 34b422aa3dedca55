// Builders of what a message may carry: rows of buttons and selects, and Components V2.

import type {
  ActionRow,
  Button,
  ChannelSelect,
  Container,
  ContainerPart,
  Emoji,
  FileDisplay,
  GalleryItem,
  InputText,
  MediaGallery,
  MentionableSelect,
  RoleSelect,
  Section,
  Select,
  SelectDefault,
  SelectOption,
  Separator,
  StringSelect,
  TextDisplay,
  Thumbnail,
  UserSelect,
} from "./component-types";
import { type ButtonStyle, type ChannelType, SeparatorSpacing } from "./constants";
import { colorOf } from "./embed";
import { type Buildable, type Builder, built, present, type Snowflake, toWire } from "./wire";

type Many<Item> = (Item | Item[])[];

/** What every builder of a component has in common. */
export abstract class ComponentBuilder<Data extends { type: number; id?: number }> implements Builder<Data> {
  protected readonly data: Partial<Data> & { type: number };

  constructor(type: number, initial: object = {}) {
    this.data = { ...initial, type } as Partial<Data> & { type: number };
  }

  /** A number of one's own for this component, unique in its message. */
  setId(id: number): this {
    return this.with({ id } as Partial<Data>);
  }

  protected with(changes: Partial<Data>): this {
    Object.assign(this.data, changes);
    return this;
  }

  toJSON(): Data {
    return toWire(this.data) as unknown as Data;
  }
}

// -- buttons ------------------------------------------------------------------------------------------------------

export class ButtonBuilder extends ComponentBuilder<Button> {
  constructor(initial: Partial<Button> = {}) {
    super(2, { style: 1, ...initial });
  }

  setStyle(style: ButtonStyle): this {
    return this.with({ style });
  }

  setCustomId(customId: string): this {
    return this.with({ custom_id: customId });
  }

  /** A link: it opens the address and tells the script nothing. */
  setUrl(url: string): this {
    return this.with({ url, style: 5 });
  }

  setSkuId(skuId: Snowflake): this {
    return this.with({ sku_id: skuId, style: 6 });
  }

  setLabel(label: string): this {
    return this.with({ label });
  }

  setEmoji(emoji: Emoji | string): this {
    return this.with({ emoji: emojiOf(emoji) });
  }

  setDisabled(disabled = true): this {
    return this.with({ disabled });
  }
}

/** `"🎉"`, `"<:name:123>"`, `"name:123"` or the object. */
export function emojiOf(emoji: Emoji | string): Emoji {
  if (typeof emoji !== "string") return emoji;
  const own = /^<?(a)?:?(\w{2,32}):(\d{17,20})>?$/.exec(emoji);
  if (own === null) return { name: emoji };
  return present({
    name: own[2] as string,
    id: own[3] as string,
    animated: own[1] === "a" ? true : undefined,
  }) as Emoji;
}

// -- selects ------------------------------------------------------------------------------------------------------

type DefaultKind = SelectDefault["type"];

/** What the selects have in common; the defaults are those of the kind. */
export class SelectBuilder<Data extends Select = Select> extends ComponentBuilder<Data> {
  readonly #kind: DefaultKind | undefined;

  constructor(type: Data["type"], customId: string | undefined, kind?: DefaultKind) {
    super(type, present({ custom_id: customId }));
    this.#kind = kind;
  }

  private change(changes: Record<string, unknown>): this {
    Object.assign(this.data, changes);
    return this;
  }

  setCustomId(customId: string): this {
    return this.change({ custom_id: customId });
  }

  setPlaceholder(placeholder: string): this {
    return this.change({ placeholder });
  }

  setMinValues(count: number): this {
    return this.change({ min_values: count });
  }

  setMaxValues(count: number): this {
    return this.change({ max_values: count });
  }

  /** In a modal: whether something must be chosen. */
  setRequired(required = true): this {
    return this.change({ required });
  }

  setDisabled(disabled = true): this {
    return this.change({ disabled });
  }

  /** Which kinds of channel a channel select offers. */
  setChannelTypes(...types: Many<ChannelType>): this {
    return this.change({ channel_types: types.flat() });
  }

  setDefaultValues(...values: Many<SelectDefault | Snowflake>): this {
    return this.change({ default_values: values.flat().map((value) => this.defaultOf(value)) });
  }

  setDefaultUsers(...ids: Many<Snowflake>): this {
    return this.setDefaultsOf("user", ids.flat());
  }

  setDefaultRoles(...ids: Many<Snowflake>): this {
    return this.setDefaultsOf("role", ids.flat());
  }

  setDefaultChannels(...ids: Many<Snowflake>): this {
    return this.setDefaultsOf("channel", ids.flat());
  }

  addDefaultUser(id: Snowflake): this {
    return this.addDefaultValue({ id, type: "user" });
  }

  addDefaultRole(id: Snowflake): this {
    return this.addDefaultValue({ id, type: "role" });
  }

  addDefaultChannel(id: Snowflake): this {
    return this.addDefaultValue({ id, type: "channel" });
  }

  addDefaultValue(value: SelectDefault | Snowflake, type?: DefaultKind): this {
    return this.change({ default_values: [...this.defaults(), this.defaultOf(value, type)] });
  }

  private setDefaultsOf(type: DefaultKind, ids: Snowflake[]): this {
    const others = this.defaults().filter((value) => value.type !== type);
    return this.change({ default_values: [...others, ...ids.map((id) => ({ id, type }))] });
  }

  private defaults(): SelectDefault[] {
    return (this.data as { default_values?: SelectDefault[] }).default_values ?? [];
  }

  private defaultOf(value: SelectDefault | Snowflake, type = this.#kind): SelectDefault {
    if (typeof value !== "string") return value;
    if (type === undefined) throw new TypeError(`say what ${value} is: { id: "${value}", type: "user" } or "role"`);
    return { id: value, type };
  }
}

export class StringSelectBuilder extends SelectBuilder<StringSelect> {
  constructor(customId?: string) {
    super(3, customId);
    this.data.options = [];
  }

  setOptions(...options: Many<SelectOption | string>): this {
    this.data.options = options.flat().map(selectOption);
    return this;
  }

  addOptions(...options: Many<SelectOption | string>): this {
    return this.setOptions(...(this.data.options ?? []), ...options);
  }
}

/** A text alone is label and value in one. */
function selectOption(option: SelectOption | string): SelectOption {
  if (typeof option === "string") return { label: option, value: option };
  return option.emoji === undefined ? option : { ...option, emoji: emojiOf(option.emoji) };
}

// -- layout -------------------------------------------------------------------------------------------------------

type RowPart = Buildable<Button | Select | InputText>;

export class ActionRowBuilder extends ComponentBuilder<ActionRow> {
  constructor(components: Many<RowPart> = []) {
    super(1);
    this.setComponents(...components);
  }

  addComponents(...components: Many<RowPart>): this {
    return this.setComponents(...(this.data.components ?? []), ...components);
  }

  setComponents(...components: Many<RowPart>): this {
    return this.with({ components: components.flat().map((part) => built(part)) });
  }
}

export class TextDisplayBuilder extends ComponentBuilder<TextDisplay> {
  constructor(content?: string) {
    super(10, present({ content }));
  }

  setContent(content: string): this {
    return this.with({ content });
  }
}

export class ThumbnailBuilder extends ComponentBuilder<Thumbnail> {
  constructor(url?: string) {
    super(11, url === undefined ? {} : { media: { url } });
  }

  setUrl(url: string): this {
    return this.with({ media: { url } });
  }

  setDescription(description: string): this {
    return this.with({ description });
  }

  setSpoiler(spoiler = true): this {
    return this.with({ spoiler });
  }
}

type SectionText = Buildable<TextDisplay> | string;

export class SectionBuilder extends ComponentBuilder<Section> {
  constructor(texts: Many<SectionText> = []) {
    super(9);
    this.setComponents(...texts);
  }

  addComponents(...components: Many<SectionText>): this {
    return this.setComponents(...(this.data.components ?? []), ...components);
  }

  setComponents(...components: Many<SectionText>): this {
    return this.with({ components: components.flat().map(textOf) });
  }

  /** What stands at its right: a button or a thumbnail. */
  setAccessory(accessory: Buildable<Button | Thumbnail>): this {
    return this.with({ accessory: built(accessory) });
  }
}

function textOf(text: SectionText): TextDisplay {
  return typeof text === "string" ? { type: 10, content: text } : built(text);
}

type ItemOptions = { description?: string; spoiler?: boolean };
type GivenItem = GalleryItem | ({ url: string } & ItemOptions) | string;

export class MediaGalleryBuilder extends ComponentBuilder<MediaGallery> {
  constructor() {
    super(12, { items: [] });
  }

  addItem(url: string, options: ItemOptions = {}): this {
    return this.with({ items: [...(this.data.items ?? []), galleryItem({ url, ...options })] });
  }

  setItems(...items: Many<GivenItem>): this {
    return this.with({ items: items.flat().map(galleryItem) });
  }
}

function galleryItem(item: GivenItem): GalleryItem {
  if (typeof item === "string") return { media: { url: item } };
  if ("media" in item) return item;
  const { url, ...options } = item;
  return present({ media: { url }, ...options });
}

export class FileBuilder extends ComponentBuilder<FileDisplay> {
  constructor(url?: string) {
    super(13, url === undefined ? {} : { file: { url } });
  }

  /** `attachment://name`: a file that the same message sends. */
  setUrl(url: string): this {
    return this.with({ file: { url } });
  }

  setSpoiler(spoiler = true): this {
    return this.with({ spoiler });
  }
}

export class SeparatorBuilder extends ComponentBuilder<Separator> {
  constructor(divider = true) {
    super(14, { divider });
  }

  setDivider(divider = true): this {
    return this.with({ divider });
  }

  setSpacing(spacing: SeparatorSpacing | "small" | "large"): this {
    const named = { small: SeparatorSpacing.Small, large: SeparatorSpacing.Large };
    return this.with({ spacing: typeof spacing === "string" ? named[spacing] : spacing });
  }
}

type GivenPart = Buildable<ContainerPart | Button | Select> | string;

export class ContainerBuilder extends ComponentBuilder<Container> {
  constructor(components: Many<GivenPart> = []) {
    super(17);
    this.setComponents(...components);
  }

  addComponents(...components: Many<GivenPart>): this {
    return this.setComponents(...(this.data.components ?? []), ...components);
  }

  setComponents(...components: Many<GivenPart>): this {
    return this.with({ components: inRows(components.flat()) as ContainerPart[] });
  }

  /** The line at its left. */
  setAccentColor(color: number | string | null): this {
    return this.with({ accent_color: color === null ? null : colorOf(color) });
  }

  setSpoiler(spoiler = true): this {
    return this.with({ spoiler });
  }
}

const ROW_BUTTONS = 5;
const isSelect = (type: number): boolean => type === 3 || (type >= 5 && type <= 8);

/**
 * Texts become text displays; buttons and selects that stand in no row get one: a select its own, buttons in a series
 * share them.
 */
export function inRows(components: readonly unknown[]): { type: number }[] {
  const placed: { type: number }[] = [];
  let row: Row | undefined;
  for (const given of components) {
    const part = partOf(given);
    const bare = part.type === 2 || part.type === 4 || isSelect(part.type);
    if (part.type === 2 && row !== undefined && row.components.length < ROW_BUTTONS) row.components.push(part);
    else {
      const own: Row = { type: 1, components: [part] };
      placed.push(bare ? own : part);
      row = part.type === 2 ? own : undefined;
    }
  }
  return placed;
}

interface Row {
  type: 1;
  components: unknown[];
}

function partOf(given: unknown): { type: number } {
  if (typeof given === "string") return { type: 10, content: given } as { type: number };
  return built(given as Buildable<{ type: number }>);
}

// -- the factories ------------------------------------------------------------------------------------------------

export const actionRow = (...components: Many<RowPart>): ActionRowBuilder => new ActionRowBuilder(components);
export const button = (initial?: Partial<Button>): ButtonBuilder => new ButtonBuilder(initial);
export const stringSelect = (customId?: string): StringSelectBuilder => new StringSelectBuilder(customId);
export const userSelect = (customId?: string): SelectBuilder<UserSelect> => new SelectBuilder(5, customId, "user");
export const roleSelect = (customId?: string): SelectBuilder<RoleSelect> => new SelectBuilder(6, customId, "role");
export const mentionableSelect = (customId?: string): SelectBuilder<MentionableSelect> =>
  new SelectBuilder(7, customId);
export const channelSelect = (customId?: string): SelectBuilder<ChannelSelect> =>
  new SelectBuilder(8, customId, "channel");
export const section = (...texts: Many<SectionText>): SectionBuilder => new SectionBuilder(texts);
export const textDisplay = (content?: string): TextDisplayBuilder => new TextDisplayBuilder(content);
export const thumbnail = (url?: string): ThumbnailBuilder => new ThumbnailBuilder(url);
export const mediaGallery = (): MediaGalleryBuilder => new MediaGalleryBuilder();
export const file = (url?: string): FileBuilder => new FileBuilder(url);
export const separator = (divider = true): SeparatorBuilder => new SeparatorBuilder(divider);
export const container = (...components: Many<GivenPart>): ContainerBuilder => new ContainerBuilder(components);
