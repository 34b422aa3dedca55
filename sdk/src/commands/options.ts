// The options of commands as Discord takes them, and everything it would refuse about them, said while the script loads.

import type { Handler } from "../events";
import { nearest } from "../nearest";
import { snake } from "../payload";

export const OPTION_TYPES: Readonly<Record<string, number>> = {
  subcommand: 1,
  subcommand_group: 2,
  string: 3,
  integer: 4,
  boolean: 5,
  user: 6,
  channel: 7,
  role: 8,
  mentionable: 9,
  number: 10,
  attachment: 11,
};
const CHANNEL_TYPES: Readonly<Record<string, number>> = {
  text: 0, voice: 2, category: 4, announcement: 5, announcement_thread: 10, thread: 11, private_thread: 12, stage: 13,
  forum: 15, media: 16,
};
const NAME = /^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$/u;
const MOST = 25;
const TEXT = OPTION_TYPES.string, INTEGER = OPTION_TYPES.integer, NUMBER = OPTION_TYPES.number;

/** Where in a command something is wrong, as its author reads it. */
export function refuse(where: string, what: string): never {
  throw Object.assign(new TypeError(`${where}: ${what}`), { code: "INVALID_COMMAND" });
}

export function checkName(where: string, name: unknown): string {
  if (typeof name !== "string" || !NAME.test(name)) {
    refuse(where, `${JSON.stringify(name)} is no name: 1 to 32 letters, digits, - and _`);
  }
  if (name !== name.toLowerCase()) refuse(where, `the name "${name}" must be in lower case: "${name.toLowerCase()}"`);
  return name;
}

export function checkDescription(where: string, text: unknown): string {
  if (typeof text !== "string" || text.length < 1 || text.length > 100) {
    refuse(where, "a description of 1 to 100 characters is needed");
  }
  return text;
}

export function typeNumber(where: string, type: unknown): number {
  if (type === undefined || type === null) return TEXT!;
  if (typeof type === "number") {
    if (Number.isInteger(type) && type >= 1 && type <= 11) return type;
    refuse(where, `there is no option type ${type}`);
  }
  const name = String(type).toLowerCase().replace(/[-\s]/g, "_").replace(/([a-z])group$/, "$1_group");
  const known = OPTION_TYPES[name];
  if (known === undefined) {
    const meant = nearest(name, Object.keys(OPTION_TYPES));
    refuse(where, `there is no option type "${String(type)}"${meant ? `; did you mean "${meant}"?` : ""}`);
  }
  return known;
}

/** Handlers of autocompletion, by "sub option" paths. */
export type Completions = Map<string, Handler>;

/** One list of options; `path` is the words of the command before it. */
export function optionsJson(where: string, options: unknown, path: string, completions: Completions): any[] {
  if (options === undefined) return [];
  const list = Array.isArray(options) ? options : namedOptions(options);
  if (list.length > MOST) refuse(where, `${list.length} options, and Discord takes ${MOST}`);
  const seen = new Set<string>();
  let sawOptional = false;
  return list.map((one: any) => {
    const given = typeof one?.toJSON === "function" ? one.toJSON() : one;
    const json = optionJson(where, given, path, completions);
    if (seen.has(json.name)) refuse(where, `there are two options "${json.name}"`);
    seen.add(json.name);
    if (json.type > 2 && json.required && sawOptional) {
      refuse(where, `the required option "${json.name}" must come before those that are not required`);
    }
    sawOptional ||= json.type > 2 && !json.required;
    return json;
  });
}

/** `{ amount: { type: "integer" } }` is a list too. */
function namedOptions(options: any): any[] {
  return Object.keys(options ?? {}).map((name) => ({ name, ...options[name] }));
}

function optionJson(outer: string, option: any, path: string, completions: Completions): any {
  const name = checkName(outer, option?.name);
  const where = `${outer}, option "${name}"`;
  const type = typeNumber(where, option.type);
  const json: any = {
    type,
    name,
    description: checkDescription(where, option.description ?? (type > 2 ? name : undefined)),
    ...localized(where, option),
  };
  if (type <= 2) {
    const inner = [...(option.options ?? []), ...(option.subcommands ?? []).map((one: any) => ({ ...one, type: one.type ?? 1 }))];
    json.options = optionsJson(where, inner, `${path} ${name}`, completions);
    return json;
  }
  json.required = Boolean(option.required);
  addBounds(where, option, type, json);
  addChoices(where, option, type, json);
  addCompletion(where, option, type, json, `${path} ${name}`, completions);
  const channels = option.channelTypes ?? option.channel_types;
  if (channels !== undefined) json.channel_types = channels.map((one: any) => channelType(where, one));
  return json;
}

export function localized(where: string, given: any): Record<string, unknown> {
  const { name_localizations: names, description_localizations: descriptions } = snake({
    nameLocalizations: given.nameLocalizations ?? given.name_localizations,
    descriptionLocalizations: given.descriptionLocalizations ?? given.description_localizations,
  });
  for (const name of Object.values(names ?? {})) checkName(`${where}, localised`, name);
  for (const text of Object.values(descriptions ?? {})) checkDescription(`${where}, localised`, text);
  return { ...(names && { name_localizations: names }), ...(descriptions && { description_localizations: descriptions }) };
}

function channelType(where: string, type: unknown): number {
  const number = typeof type === "number" ? type : CHANNEL_TYPES[String(type)];
  if (number === undefined) refuse(where, `there is no channel type "${String(type)}"`);
  return number;
}

function addBounds(where: string, option: any, type: number, json: any): void {
  const isText = type === TEXT;
  const least = (isText ? option.minLength ?? option.min_length : option.minValue ?? option.min_value) ?? option.min;
  const most = (isText ? option.maxLength ?? option.max_length : option.maxValue ?? option.max_value) ?? option.max;
  if (least === undefined && most === undefined) return;
  if (!isText && type !== INTEGER && type !== NUMBER) refuse(where, "only texts and numbers have a least and a most");
  for (const bound of [least, most]) if (bound !== undefined && !Number.isFinite(bound)) refuse(where, `${bound} is no number`);
  if (least > most) refuse(where, `the least, ${least}, is above the most, ${most}`);
  if (isText && (least < 0 || least > 6000 || most < 1 || most > 6000)) refuse(where, "a text has 0 to 6,000 characters");
  if (least !== undefined) json[isText ? "min_length" : "min_value"] = least;
  if (most !== undefined) json[isText ? "max_length" : "max_value"] = most;
}

function addChoices(where: string, option: any, type: number, json: any): void {
  if (option.choices === undefined) return;
  if (type !== TEXT && type !== INTEGER && type !== NUMBER) refuse(where, "only texts and numbers have choices");
  const given = Array.isArray(option.choices)
    ? option.choices
    : Object.keys(option.choices).map((name) => ({ name, value: option.choices[name] }));
  if (given.length > MOST) refuse(where, `${given.length} choices, and Discord takes ${MOST}; use autocomplete`);
  json.choices = given.map((choice: any) => choiceJson(where, choice, type));
  const names = new Set(json.choices.map((choice: any) => choice.name));
  if (names.size < json.choices.length) refuse(where, "two choices have the same name");
}

function choiceJson(where: string, choice: any, type: number): any {
  const { name, value, ...more } = typeof choice === "object" && choice !== null ? choice : { name: String(choice), value: choice };
  const json = { name, value: value ?? name, ...localized(where, more) };
  if (typeof json.name !== "string" || json.name.length < 1 || json.name.length > 100) {
    refuse(where, "the name of a choice has 1 to 100 characters");
  }
  const isText = typeof json.value === "string";
  if (isText !== (type === TEXT) || (type === INTEGER && !Number.isInteger(json.value))) {
    refuse(where, `the choice "${json.name}" has the value ${JSON.stringify(json.value)}, which is of another type than the option`);
  }
  if (isText && json.value.length > 100) refuse(where, "the value of a choice has at most 100 characters");
  return json;
}

function addCompletion(where: string, option: any, type: number, json: any, path: string, completions: Completions): void {
  if (!option.autocomplete) return;
  if (type !== TEXT && type !== INTEGER && type !== NUMBER) refuse(where, "only texts and numbers have autocomplete");
  if (json.choices !== undefined) refuse(where, "an option has choices or autocomplete, not both");
  json.autocomplete = true;
  if (typeof option.autocomplete === "function") completions.set(path, option.autocomplete);
}

/** What Discord counts: names, descriptions and the values of choices, each in its longest language. */
export function characters(json: any): number {
  const longest = (text: string, other: any) =>
    Math.max(text?.length ?? 0, ...Object.values(other ?? {}).map((one) => String(one).length));
  let count = longest(json.name, json.name_localizations) + longest(json.description, json.description_localizations);
  for (const choice of json.choices ?? []) count += longest(choice.name, choice.name_localizations) + String(choice.value).length;
  for (const option of json.options ?? []) count += characters(option);
  return count;
}
