// Each of Discord's rules on application commands, looked at before any request is made.

import { nearest } from "../nearest";
import type { CommandDefinition, WireChoice, WireCommand, WireOption } from "./command-types";
import { flattenCommand, flattenCommands, type Given, innerOf, isNest, LISTS, OPTION_TYPES } from "./commands";
import { ChannelType, CommandType, LOCALES, OptionType } from "./constants";
import { PermissionFlags } from "./permissions";
import { Check, lengthOf, type Problem, shown } from "./problems";

export const COMMAND_LIMITS = {
  chatCommands: 100,
  userCommands: 15,
  messageCommands: 15,
  name: 32,
  description: 100,
  options: 25,
  choices: 25,
  choiceName: 100,
  /** What Discord's pages say; its table of operations says 6,000, and the smaller of the two is taken everywhere. */
  choiceValue: 100,
  textLength: 6000,
  characters: 8000,
} as const;
const L = COMMAND_LIMITS;

const NAME = /^[-_'\p{L}\p{N}\p{Script=Devanagari}\p{Script=Thai}]+$/u;
const MOST_PERMISSIONS = (1n << 54n) - 1n;
const SAFE = Number.MAX_SAFE_INTEGER;

/** Everything that Discord would refuse about these commands; empty when it would take them. */
export function commandProblems(commands: readonly CommandDefinition[], root = "commands"): Problem[] {
  const check = new Check(root);
  if (!Array.isArray(commands)) {
    check.fail(`${shown(commands)} is not a list`, "give it a list of commands");
    return check.problems;
  }
  const given: readonly CommandDefinition[] = commands;
  const usable = given.filter((command, index) => isCommand(check.at(index), command));
  if (usable.length < given.length) return check.problems;
  const flat = flattenCommands(usable);
  checkTotals(check, flat);
  flat.forEach((command, index) => checkCommand(check.at(index), command, given[index] as CommandDefinition));
  return check.problems;
}

/** The commands in Discord's words. Throws DefinitionError with everything that is wrong. */
export function checkedCommands(commands: readonly CommandDefinition[], root = "commands"): WireCommand[] {
  new Check(root, commandProblems(commands, root)).throwIfAny("these commands", "INVALID_COMMAND");
  return flattenCommands(commands);
}

/** One command in Discord's words, while what is wrong with it is gathered; undefined when it has no such shape. */
export function wireCommand(check: Check, command: CommandDefinition): WireCommand | undefined {
  if (!isCommand(check, command)) return undefined;
  const wire = flattenCommand(command);
  checkCommand(check, wire, command);
  return wire;
}

/** Whether it has the shape of a command, so that the rules can be looked at. */
function isCommand(check: Check, command: unknown): boolean {
  if (typeof command !== "object" || command === null) {
    check.fail(`${shown(command)} is not a command`, "write slash({ name, description, run })");
    return false;
  }
  return hasLists(check, command as Given, 0);
}

const DEEPEST = 4;

function hasLists(check: Check, given: Given, depth: number): boolean {
  const wrong = LISTS.filter((key) => !isListOfObjects(given[key]));
  for (const key of wrong) check.at(key).fail("is not a list of objects", "write [{ name, description }]");
  if (given["choices"] !== undefined && !isList(given["choices"])) {
    check.at("choices").fail("is not a list", 'write ["a", "b"] or [{ name, value }]');
    return false;
  }
  if (wrong.length > 0 || depth > DEEPEST) return wrong.length === 0;
  return innerOf(given)
    .map(({ key, index, given: inner }) => hasLists(check.at(key).at(index), inner, depth + 1))
    .every((isFine) => isFine);
}

const isObject = (value: unknown): boolean => typeof value === "object" && value !== null;
const isList = (value: unknown): boolean => value === null || typeof value === "object";

/** A list, a record of them by their names, or nothing. */
const isListOfObjects = (value: unknown): boolean =>
  value === undefined || (isList(value) && Object.values(value ?? {}).every(isObject));

/** What Discord says of all commands of a guild together. */
export function checkTotals(check: Check, commands: readonly WireCommand[]): void {
  const kinds = [
    [CommandType.ChatInput, "slash commands", L.chatCommands],
    [CommandType.User, "commands in the user menu", L.userCommands],
    [CommandType.Message, "commands in the message menu", L.messageCommands],
  ] as const;
  for (const [type, what, most] of kinds) {
    const count = commands.filter((command) => command.type === type).length;
    if (count > most) check.fail(`has ${count} ${what} of at most ${most}`, "make some of them subcommands of one");
  }
  const seen = new Map<string, number>();
  commands.forEach((command, index) => {
    const key = `${command.type} ${shown(command.name)}`;
    const first = seen.get(key);
    if (first === undefined) seen.set(key, index);
    else
      check.at(index).at("name").fail(`"${command.name}" is the name of commands[${first}] too`, "give each its own");
  });
}

function checkCommand(check: Check, command: WireCommand, given: CommandDefinition): void {
  if (!([CommandType.ChatInput, CommandType.User, CommandType.Message] as number[]).includes(command.type)) {
    check.at("type").fail(`${shown(given.type)} is no kind of command`, 'use "chat", "user" or "message"');
    return;
  }
  checkPermissions(check, command.default_member_permissions);
  if (command.type === CommandType.ChatInput) checkChatCommand(check, command, given);
  else checkMenuCommand(check, command, given);
}

function checkPermissions(check: Check, permissions: string | null | undefined): void {
  if (permissions === undefined || permissions === null) return;
  const here = check.at("defaultMemberPermissions");
  if (/^\d+$/.test(permissions)) {
    if (BigInt(permissions) > MOST_PERMISSIONS) here.fail("has bits that Discord does not know", "use PermissionFlags");
    return;
  }
  const close = nearest(permissions, Object.keys(PermissionFlags));
  here.fail(
    `"${permissions}" is no permission`,
    close === undefined ? "use PermissionFlags" : `did you mean ${close}?`,
  );
}

function checkMenuCommand(check: Check, command: WireCommand, given: CommandDefinition): void {
  const name = check.at("name");
  if (name.text(command.name, 1, L.name) && command.name.trim() !== command.name) {
    name.fail("begins or ends with a space", "take it away");
  }
  if (command.description !== "") {
    check.at("description").fail("commands of a menu have no description", "leave it out");
  }
  if (innerOf(given as unknown as Given).length > 0) {
    check.at("options").fail("commands of a menu have no options", "ask for what you need in a modal");
  }
  checkLocalizations(check, command, isMenuName);
}

const isMenuName = (check: Check, name: string): void => void check.text(name, 1, L.name);

function checkChatCommand(check: Check, command: WireCommand, given: CommandDefinition): void {
  checkNamed(check, command);
  if (command.options === undefined) return;
  checkOptions(check, command.options, given as unknown as Given, "command");
  const length = characters(command);
  if (length > L.characters) {
    check.fail(
      `its names, descriptions and values have ${length} characters of at most ${L.characters}`,
      "shorten descriptions, or move subcommands into a command of their own",
    );
  }
}

function checkNamed(check: Check, named: WireCommand | WireOption): void {
  checkName(check.at("name"), named.name);
  check.at("description").text(named.description, 1, L.description);
  checkLocalizations(check, named, checkName);
}

/** Slash commands, their subcommands and their options. */
function checkName(check: Check, name: unknown): void {
  if (!check.text(name, 1, L.name)) return;
  if (!NAME.test(name)) {
    const bad = [...name].find((letter) => !NAME.test(letter)) ?? name;
    const better = suggestion(name);
    check.fail(
      `${JSON.stringify(bad)} in "${name}" may not stand in a name`,
      better === "" ? "use letters, digits, - and _" : `"${better}" would do`,
    );
  } else if (name !== lower(name)) {
    check.fail(`"${name}" has capital letters`, `"${lower(name)}" would do`);
  }
}

/** Letters that have no small form may stay. */
const lower = (name: string): string => name.toLowerCase();

function suggestion(name: string): string {
  const letters = [...lower(name).trim().replace(/\s+/g, "-")].filter((letter) => NAME.test(letter));
  return letters
    .join("")
    .replace(/^-+|-+$/g, "")
    .slice(0, L.name);
}

type NameRule = (check: Check, name: string) => void;

function checkLocalizations(check: Check, named: WireCommand | WireOption | WireChoice, rule: NameRule): void {
  checkLocales(check.at("nameLocalizations"), named.name_localizations, rule);
  if (!("description" in named)) return;
  checkLocales(check.at("descriptionLocalizations"), named.description_localizations, (here, text) => {
    here.text(text, 1, L.description);
  });
}

function checkLocales(check: Check, texts: Record<string, string> | null | undefined, rule: NameRule): void {
  if (texts === undefined || texts === null) return;
  for (const [locale, text] of Object.entries(texts)) {
    const here = check.at(locale);
    if (!(LOCALES as readonly string[]).includes(locale)) {
      const close = nearest(locale, LOCALES);
      here.fail(
        "is no locale that Discord knows",
        close === undefined ? `use one of ${LOCALES.join(", ")}` : `did you mean "${close}"?`,
      );
    }
    rule(here, text);
  }
}

// -- options ------------------------------------------------------------------------------------------------------

type Level = "command" | "group" | "subcommand";

function checkOptions(check: Check, options: readonly WireOption[], outer: Given, level: Level): void {
  if (options.length > L.options) {
    check
      .at("options")
      .fail(`has ${options.length} of at most ${L.options}`, `leave ${options.length - L.options} out`);
  }
  const inner = innerOf(outer);
  const at = (index: number): Check => check.at(inner[index]!.key).at(inner[index]!.index);
  checkMixture(check, options);
  checkOrder(options, at);
  checkTwins(options, at);
  options.forEach((option, index) => checkOption(at(index), option, inner[index]!.given, level));
}

function checkMixture(check: Check, options: readonly WireOption[]): void {
  const nests = options.filter((option) => isNest(option.type)).length;
  if (nests === 0 || nests === options.length) return;
  check
    .at("options")
    .fail(
      "subcommands stand beside plain options",
      "move the plain options into each subcommand: the command itself can no longer be called",
    );
}

function checkOrder(options: readonly WireOption[], at: (index: number) => Check): void {
  const firstOptional = options.findIndex((option) => !isNest(option.type) && option.required !== true);
  options.forEach((option, index) => {
    if (firstOptional < 0 || index < firstOptional || option.required !== true || isNest(option.type)) return;
    const before = options[firstOptional]?.name ?? "";
    at(index)
      .at("required")
      .fail(`a required option stands after "${before}", which is not`, `move it before "${before}"`);
  });
}

function checkTwins(options: readonly WireOption[], at: (index: number) => Check): void {
  const seen = new Set<string>();
  options.forEach((option, index) => {
    if (seen.has(option.name))
      at(index)
        .at("name")
        .fail(`${shown(option.name)} is there twice`, "give each its own name");
    seen.add(option.name);
  });
}

const MAY_HOLD: Readonly<Record<Level, readonly number[]>> = {
  command: [OptionType.Subcommand, OptionType.SubcommandGroup],
  group: [OptionType.Subcommand],
  subcommand: [],
};

function checkOption(check: Check, option: WireOption, given: Given, level: Level): void {
  if (Number.isNaN(option.type) || !(Object.values(OptionType) as number[]).includes(option.type)) {
    failType(check.at("type"), given["type"]);
    return;
  }
  checkNamed(check, option);
  if (isNest(option.type)) checkNest(check, option, given, level);
  else if (level === "group") check.fail("a plain option stands in a group", "put it into a subcommand of the group");
  else checkPlain(check, option);
}

const TYPE_NAMES = Object.keys(OPTION_TYPES).filter((name) => !name.startsWith("sub_"));

function failType(check: Check, type: unknown): void {
  const close = typeof type === "string" ? nearest(type, TYPE_NAMES) : undefined;
  check.fail(
    `${shown(type)} is no kind of option`,
    close === undefined ? `use one of ${TYPE_NAMES.join(", ")}` : `did you mean "${close}"?`,
  );
}

function checkNest(check: Check, option: WireOption, given: Given, level: Level): void {
  if (!MAY_HOLD[level].includes(option.type)) {
    check.at("type").fail("is nested too deeply", "a command holds groups, a group subcommands, a subcommand options");
    return;
  }
  const isGroup = option.type === OptionType.SubcommandGroup;
  const inner = option.options ?? [];
  if (isGroup && inner.length === 0) check.at("subcommands").fail("a group is empty", "add a subcommand to it");
  checkOptions(check, inner, given, isGroup ? "group" : "subcommand");
}

const NUMERIC: readonly number[] = [OptionType.Integer, OptionType.Number];
const CHOOSABLE: readonly number[] = [OptionType.String, ...NUMERIC];

function checkPlain(check: Check, option: WireOption): void {
  if (option.options !== undefined && option.options.length > 0) {
    check.at("options").fail("a plain option holds options", 'give it the type "subcommand"');
  }
  checkOnly(check, option, ["choices", "autocomplete"], CHOOSABLE, "texts and numbers");
  checkOnly(check, option, ["min_value", "max_value"], NUMERIC, "numbers");
  checkOnly(check, option, ["min_length", "max_length"], [OptionType.String], "texts");
  checkOnly(check, option, ["channel_types"], [OptionType.Channel], "channels");
  checkBounds(check, option);
  checkChannelTypes(check.at("channelTypes"), option.channel_types);
  if (option.choices === undefined) return;
  checkChoices(check.at("choices"), option, option.choices);
}

function checkOnly(
  check: Check,
  option: WireOption,
  keys: (keyof WireOption)[],
  types: readonly number[],
  what: string,
): void {
  for (const key of keys) {
    const value = option[key];
    const isThere = value !== undefined && value !== null && value !== false;
    if (isThere && !types.includes(option.type)) check.at(camel(key)).fail(`belongs to ${what} only`, "leave it out");
  }
}

const camel = (key: string): string => key.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase());

function checkBounds(check: Check, option: WireOption): void {
  const whole = option.type === OptionType.Integer;
  const most = whole ? SAFE : Number.MAX_VALUE;
  check.at("minValue").optionalNumber(option.min_value, -most, most, whole);
  check.at("maxValue").optionalNumber(option.max_value, -most, most, whole);
  check.at("minLength").optionalNumber(option.min_length, 0, L.textLength);
  check.at("maxLength").optionalNumber(option.max_length, 1, L.textLength);
  checkAscending(check.at("minValue"), option.min_value, option.max_value);
  checkAscending(check.at("minLength"), option.min_length, option.max_length);
}

function checkAscending(check: Check, least: number | undefined, most: number | undefined): void {
  if (typeof least === "number" && typeof most === "number" && least > most) {
    check.fail(`${least} is more than the most, ${most}`, "exchange them");
  }
}

function checkChannelTypes(check: Check, types: number[] | undefined): void {
  if (types === undefined || types === null || !check.list(types, 0, L.options)) return;
  types.forEach((type, index) => check.at(index).oneOf(type, Object.values(ChannelType)));
  if (new Set(types).size < types.length) check.fail("names a kind twice", "name each once");
}

// -- choices ------------------------------------------------------------------------------------------------------

function checkChoices(check: Check, option: WireOption, choices: readonly WireChoice[]): void {
  if (option.autocomplete === true) check.fail("stand beside autocomplete", "keep one of the two");
  if (choices.length > L.choices) {
    check.fail(`are ${choices.length} of at most ${L.choices}`, "use autocomplete instead: it may offer anything");
  }
  const names = new Set<string>();
  choices.forEach((choice, index) => {
    const here = check.at(index);
    if (names.has(choice.name)) here.at("name").fail(`${shown(choice.name)} is there twice`, "give each its own name");
    names.add(choice.name);
    here.at("name").text(choice.name, 1, L.choiceName);
    checkLocalizations(here, choice, (at, name) => void at.text(name, 1, L.choiceName));
    checkValue(here.at("value"), option, choice.value);
  });
}

function checkValue(check: Check, option: WireOption, value: unknown): void {
  if (option.type === OptionType.String) check.text(value, 0, L.choiceValue);
  else if (option.type === OptionType.Integer) check.number(value, -SAFE, SAFE);
  else if (option.type === OptionType.Number) check.number(value, -Number.MAX_VALUE, Number.MAX_VALUE, false);
}

// -- the sum ------------------------------------------------------------------------------------------------------

/** What Discord counts towards 8,000: of each text its longest localisation. */
export function characters(named: WireCommand | WireOption): number {
  const own =
    longest(named.name, named.name_localizations) + longest(named.description, named.description_localizations);
  const choices = "choices" in named ? (named.choices ?? []) : [];
  const chosen = choices.reduce(
    (sum, choice) => sum + longest(choice.name, choice.name_localizations) + lengthOf(String(choice.value)),
    0,
  );
  return own + chosen + (named.options ?? []).reduce((sum, option) => sum + characters(option), 0);
}

function longest(text: string, localized: Record<string, string> | null | undefined): number {
  return Math.max(...[text, ...Object.values(localized ?? {})].map((one) => lengthOf(String(one ?? ""))));
}
