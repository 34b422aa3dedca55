// Each of Discord's rules on components, told with the place that breaks it.

import type { Button, Label, Modal, SelectOption } from "./component-types";
import { type Check, lengthOf, shown } from "./problems";

export const COMPONENT_LIMITS = {
  inMessage: 40,
  rows: 5,
  inRow: 5,
  customId: 100,
  buttonLabel: 80,
  url: 512,
  placeholder: 150,
  options: 25,
  optionText: 100,
  sectionTexts: 3,
  galleryItems: 10,
  text: 4000,
  mediaDescription: 1024,
  modalTitle: 45,
  label: 45,
  inputText: 4000,
  inputPlaceholder: 100,
} as const;
const L = COMPONENT_LIMITS;

interface Part {
  type: number;
  [key: string]: unknown;
}

const V2_TYPES = new Set([9, 10, 11, 12, 13, 14, 17]);
const isSelect = (type: number): boolean => type === 3 || (type >= 5 && type <= 8);

/** Whether the message needs the flag IS_COMPONENTS_V2. */
export function isV2(components: readonly { type: number }[]): boolean {
  return components.some((part) => V2_TYPES.has(part.type));
}

/** The components of a message. */
export function checkComponents(check: Check, components: unknown): void {
  const parts = partsOf(check, components, 0, L.inMessage);
  if (parts === undefined) return;
  if (!isV2(parts) && parts.length > L.rows) {
    check.fail(`has ${parts.length} rows of at most ${L.rows}`, "put more buttons into each row, or use a container");
  }
  const everything = parts.flatMap(withInner);
  if (everything.length > L.inMessage) {
    check.fail(`has ${everything.length} components in all, of at most ${L.inMessage}`, "leave some out");
  }
  checkTwins(check, everything);
  parts.forEach((part, index) => checkTop(check.at(index), part));
}

const isObject = (value: unknown): value is Part => typeof value === "object" && value !== null;

function withInner(part: Part): Part[] {
  const list = Array.isArray(part["components"]) ? (part["components"] as unknown[]) : [];
  const inner = [...list, part["accessory"], part["component"]];
  return [part, ...inner.filter(isObject).flatMap(withInner)];
}

const WRITTEN = "write actionRow(...), container(...), label(...) or their plain objects";

/** The list, when it is one of objects; else what is wrong is told. */
function partsOf(check: Check, value: unknown, fewest: number, most: number): Part[] | undefined {
  return check.list(value, fewest, most) && check.objects(value, WRITTEN) ? (value as Part[]) : undefined;
}

function checkTwins(check: Check, everything: readonly Part[]): void {
  const seen = new Set<unknown>();
  for (const { custom_id: customId } of everything) {
    if (isThere(customId) && seen.has(customId)) {
      check.fail(`two components have the custom id ${shown(customId)}`, "give each its own");
    }
    seen.add(customId);
  }
}

const TOP = "a row, container, section, text display, media gallery, separator or file";

function checkTop(check: Check, part: Part): void {
  if (part.type === 17) {
    checkContainer(check, part);
  } else {
    checkBlock(check, part, `a message holds ${TOP}`);
  }
}

function checkContainer(check: Check, part: Part): void {
  check.at("accent_color").optionalNumber(part["accent_color"], 0, 0xffffff);
  const inner = check.at("components");
  partsOf(inner, part["components"], 1, L.inMessage)?.forEach((one, index) => {
    checkBlock(inner.at(index), one, "a container holds what a message holds, but no other container");
  });
}

function checkBlock(check: Check, part: Part, allowed: string): void {
  const rule = typeof part.type === "number" ? BLOCKS[part.type] : undefined;
  if (rule === undefined) check.fail(`a component of type ${shown(part.type)} cannot stand here`, allowed);
  else rule(check, part);
}

const BLOCKS: Record<number, (check: Check, part: Part) => void> = {
  1: checkRow,
  9: checkSection,
  10: checkText,
  12: checkGallery,
  13: (check, part) => checkMedia(check.at("file"), part["file"], true),
  14: (check, part) => {
    if (isThere(part["spacing"])) check.at("spacing").oneOf(part["spacing"], [1, 2]);
  },
};

function checkRow(check: Check, row: Part): void {
  const inner = check.at("components");
  const parts = partsOf(inner, row["components"], 1, L.inRow);
  if (parts === undefined) return;
  if (parts.length > 1 && parts.some((part) => isSelect(part.type))) {
    inner.fail("a select shares its row", "give each select a row of its own");
  }
  parts.forEach((part, index) => {
    if (part.type === 2) checkButton(inner.at(index), part as unknown as Button);
    else if (isSelect(part.type)) checkSelect(inner.at(index), part, L.options);
    else inner.at(index).fail(`a component of type ${shown(part.type)} in a row`, "a row holds buttons, or one select");
  });
}

/** Messages that were fetched have null where nothing was set. */
const isThere = (value: unknown): boolean => value !== undefined && value !== null;

export function checkButton(check: Check, button: Button): void {
  check.at("style").oneOf(button.style, [1, 2, 3, 4, 5, 6]);
  check.at("label").optionalText(button.label, 0, L.buttonLabel);
  if (button.style === 5) {
    check.at("url").text(button.url, 1, L.url);
    if (isThere(button.custom_id)) check.fail("a link has a custom id", "leave setCustomId out: a link tells nobody");
  } else if (button.style === 6) {
    check.at("sku_id").text(button.sku_id, 1, 20);
    if (isThere(button.label) || isThere(button.custom_id)) {
      check.fail("a premium button has a label or custom id", "leave both out: Discord writes it");
    }
    return;
  } else {
    check.at("custom_id").text(button.custom_id, 1, L.customId);
    if (isThere(button.url)) check.fail("has an address and is no link", "use style 5, or leave the address out");
  }
  if (!isThere(button.label) && !isThere(button.emoji)) {
    check.fail("shows nothing", "give it setLabel or setEmoji");
  }
}

function checkSelect(check: Check, select: Part, most: number): void {
  check.at("custom_id").text(select["custom_id"], 1, L.customId);
  check.at("placeholder").optionalText(select["placeholder"], 0, L.placeholder);
  checkCounts(check, select, most);
  if (select.type === 3) checkOptions(check.at("options"), select["options"], 1, L.options);
  if (isThere(select["default_values"])) check.at("default_values").list(select["default_values"], 0, L.options);
}

function checkCounts(check: Check, part: Part, most: number): void {
  const { min_values: least, max_values: greatest } = part;
  check.at("min_values").optionalNumber(least, 0, most);
  check.at("max_values").optionalNumber(greatest, 1, most);
  if (typeof least === "number" && least > (typeof greatest === "number" ? greatest : 1)) {
    check.at("min_values").fail(`is ${least}, more than max_values`, "raise setMaxValues");
  }
}

function checkOptions(check: Check, options: unknown, fewest: number, most: number): void {
  if (!check.list(options, fewest, most)) return;
  const values = new Set<string>();
  (options as SelectOption[]).forEach((option, index) => {
    const here = check.at(index);
    here.at("label").text(option?.label, 1, L.optionText);
    here.at("description").optionalText(option?.description, 0, L.optionText);
    if (!here.at("value").text(option?.value, 1, L.optionText)) return;
    if (values.has(option.value)) here.at("value").fail(`"${option.value}" is there twice`, "give each option its own");
    values.add(option.value);
  });
}

function checkSection(check: Check, section: Part): void {
  const texts = check.at("components");
  partsOf(texts, section["components"], 1, L.sectionTexts)?.forEach((part, index) => {
    if (part.type === 10) checkText(texts.at(index), part);
    else texts.at(index).fail("is no text display", "a section holds texts; buttons go into setAccessory");
  });
  const accessory = isObject(section["accessory"]) ? section["accessory"] : undefined;
  if (accessory?.type === 2) checkButton(check.at("accessory"), accessory as unknown as Button);
  else if (accessory?.type === 11) checkMedia(check.at("accessory.media"), accessory["media"], false);
  else check.at("accessory").fail("is missing", "a section needs a button or thumbnail: setAccessory(...)");
}

function checkText(check: Check, part: Part): void {
  check.at("content").text(part["content"], 1, L.text);
}

function checkGallery(check: Check, gallery: Part): void {
  const items = check.at("items");
  partsOf(items, gallery["items"], 1, L.galleryItems)?.forEach((item, index) => {
    checkMedia(items.at(index).at("media"), item["media"], false);
    items.at(index).at("description").optionalText(item["description"], 1, L.mediaDescription);
  });
}

function checkMedia(check: Check, media: unknown, attachmentOnly: boolean): void {
  const url = (media as { url?: unknown } | undefined)?.url;
  if (!check.at("url").text(url, 1, 2048)) return;
  const pattern = attachmentOnly ? /^attachment:\/\//i : /^(https?|attachment):\/\//i;
  if (pattern.test(url)) return;
  const hint = attachmentOnly
    ? "name a file of this message: attachment://name.txt"
    : "start it with https:// or attachment://";
  check.at("url").fail(`"${url}" is no address that may stand here`, hint);
}

/** The texts of all text displays together may have 4,000 characters. */
export function displayedLength(components: unknown): number {
  const parts = Array.isArray(components) ? components.filter(isObject) : [];
  const texts = parts.flatMap(withInner).map((part) => (part.type === 10 ? part["content"] : ""));
  return texts.reduce<number>((sum, text) => sum + (typeof text === "string" ? lengthOf(text) : 0), 0);
}

// -- modals -------------------------------------------------------------------------------------------------------

export function checkModal(check: Check, modal: Modal): void {
  check.at("custom_id").text(modal.custom_id, 1, L.customId);
  check.at("title").text(modal.title, 1, L.modalTitle);
  const parts = check.at("components");
  const given = partsOf(parts, modal.components, 1, L.rows);
  if (given === undefined) return;
  checkTwins(parts, given.flatMap(withInner));
  given.forEach((part, index) => checkModalPart(parts.at(index), part));
}

function checkModalPart(check: Check, part: Part): void {
  if (part.type === 18) checkLabel(check, part as unknown as Label);
  else if (part.type === 10) checkText(check, part);
  else if (part.type === 1) checkInputRow(check, part);
  else
    check.fail(`a component of type ${shown(part.type)} cannot stand here`, "put it into label(...).setComponent(...)");
}

function checkInputRow(check: Check, row: Part): void {
  const inner = check.at("components");
  const [input] = partsOf(inner, row["components"], 1, 1) ?? [];
  if (input === undefined) return;
  if (input.type !== 4) {
    inner.at(0).fail("is no text input", "a row of a modal holds one; put others into label(...)");
    return;
  }
  inner.at(0).at("label").text(input["label"], 1, L.label);
  checkInput(inner.at(0), input);
}

function checkLabel(check: Check, label: Label): void {
  check.at("label").text(label.label, 1, L.label);
  check.at("description").optionalText(label.description, 1, 100);
  const here = check.at("component");
  const part: unknown = label.component;
  if (!isObject(part)) here.fail("is missing", "a label needs what it stands over: setComponent(...)");
  else if (part.type === 4) checkInput(here, part);
  else if (isSelect(part.type)) checkSelect(here, part, L.options);
  else checkAnswer(here, part);
}

const GROUP_OPTIONS = 10;

function checkAnswer(check: Check, part: Part): void {
  check.at("custom_id").text(part["custom_id"], 1, L.customId);
  if (part.type === 19 || part.type === 22) checkCounts(check, { max_values: GROUP_OPTIONS, ...part }, GROUP_OPTIONS);
  if (part.type === 21) checkOptions(check.at("options"), part["options"], 2, GROUP_OPTIONS);
  else if (part.type === 22) checkOptions(check.at("options"), part["options"], 1, GROUP_OPTIONS);
  else if (part.type !== 19 && part.type !== 23) {
    check.fail(
      `a component of type ${shown(part.type)} in a label`,
      "a label holds a text input, a select, a choice or a file upload",
    );
  }
}

function checkInput(check: Check, input: Part): void {
  const { min_length: least, max_length: most, value } = input;
  check.at("custom_id").text(input["custom_id"], 1, L.customId);
  check.at("style").oneOf(input["style"], [1, 2]);
  check.at("placeholder").optionalText(input["placeholder"], 0, L.inputPlaceholder);
  check.at("value").optionalText(value, 0, L.inputText);
  check.at("min_length").optionalNumber(least, 0, L.inputText);
  check.at("max_length").optionalNumber(most, 1, L.inputText);
  if (typeof least === "number" && typeof most === "number" && least > most) {
    check.at("min_length").fail(`is ${least}, more than max_length`, "raise setMaxLength");
  }
}
