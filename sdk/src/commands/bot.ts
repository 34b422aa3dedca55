// What an author writes to have commands. `createBot` takes them all; without it, what was defined is used as it stands.

import { wantInteractions } from "../events";
import { warn } from "../host";
import { onButton, onComponent, onModal, onSelect } from "../interactions";
import { type PrefixCommand, prefixNames, registerPrefix } from "./prefix";
import { commandsJson, compile, registerCommands } from "./registry";

interface Defined<Command> {
  command: Command;
  /** By which it is used: no other may have one of them. */
  names: readonly string[];
  /** Made where the command was defined: whatever is wrong with it beside others is told from there. */
  place: Error;
}

const defined: { slash: Defined<any>[]; prefix: Defined<PrefixCommand>[] } = { slash: [], prefix: [] };
let created = false, adopted = false;
/** Commands of different kinds may have the same name; this is what tells them apart. */
const KIND = /^\d /;

/** A command that is a message. */
export function prefix<T extends PrefixCommand>(command: T): T {
  if (typeof command?.run !== "function") throw new TypeError(`prefix "${String(command?.name)}" needs a run function`);
  defined.prefix.push({ command, names: [command.name, ...(command.aliases ?? [])], place: new Error() });
  return command;
}

/** A slash command. */
export function slash<T>(command: T): T {
  const { json } = compile(command);
  defined.slash.push({ command, names: [`${json.type} ${json.name}`], place: new Error() });
  return command;
}

/** A subcommand that is written apart from its command: it is what it is, and has the types of its options. */
export const subcommand = <T>(command: T): T => command;

/** An entry of the menu that a member's name has. */
export function userCommand<T extends object>(command: T): T & { type: 2 } {
  return slash({ ...command, type: 2 });
}

/** An entry of the menu that a message has. */
export function messageCommand<T extends object>(command: T): T & { type: 3 } {
  return slash({ ...command, type: 3 });
}

export function createBot(options: any = {}): void {
  if (created) return warn("createBot was called before; this call is ignored");
  created = true;
  const commands = [...(options.slashCommands ?? []), ...(options.contextMenus ?? [])];
  const withMode = commands.map((one) => (options.autoDefer === undefined ? one : { autoDefer: options.autoDefer, ...one }));
  registerCommands(withMode);
  if (commands.length > 0) wantInteractions();
  const prefixed = options.commands ?? options.prefixCommands ?? [];
  const { prefix: sign = "!", help, onCooldown } = options;
  if (prefixed.length > 0 || help) registerPrefix(prefixed, { prefix: sign, help, onCooldown });
  registerAll(options.components, onComponent);
  registerAll(options.buttons, onButton);
  registerAll(options.selects, onSelect);
  registerAll(options.modals, onModal);
}

function registerAll(handlers: any, register: (pattern: string, handler: any) => unknown): void {
  for (const pattern of Object.keys(handlers ?? {})) register(pattern, handlers[pattern]);
}

/** At the end of loading: a script that defined commands and created no bot of them means them all. */
export function adoptDefined(): void {
  if (adopted || (defined.slash.length === 0 && defined.prefix.length === 0)) return;
  adopted = true;
  if (created) return warnOfUnused();
  refuseTwice("commands", defined.slash);
  refuseTwice("prefix commands", defined.prefix);
  createBot({ slashCommands: defined.slash.map((one) => one.command), commands: defined.prefix.map((one) => one.command) });
}

function refuseTwice(what: string, all: readonly Defined<any>[]): void {
  const seen = new Set<string>();
  for (const { names, place } of all) {
    const taken = names.find((name) => seen.has(name));
    if (taken !== undefined) {
      const message = `there are two ${what} "${taken.replace(KIND, "")}": give each name and each alias to one only`;
      throw Object.assign(place, { name: "DefinitionError", message });
    }
    for (const name of names) seen.add(name);
  }
}

/** Whoever creates a bot says what it has; what is left out may have been forgotten. */
function warnOfUnused(): void {
  const there = JSON.stringify(commandsJson()), prefixed = new Set(prefixNames());
  for (const { command } of defined.slash) {
    if (!there.includes(`"name":${JSON.stringify(command.name)}`)) unused("slash", command.name, "slashCommands");
  }
  for (const { command } of defined.prefix) if (!prefixed.has(command.name)) unused("prefix", command.name, "commands");
}

function unused(kind: string, name: unknown, place: string): void {
  warn(`${kind} "${String(name)}" is defined and not in the bot: put it among the ${place} of createBot`);
}

/** The original's way to register commands without a bot. */
export function registerSlashCommands(commands: readonly any[]): Promise<void> {
  created = true;
  registerCommands(commands, true);
  return Promise.resolve();
}
