// What an author writes to have commands. `createBot` takes them all; without it, what was defined is used as it stands.

import { wantInteractions } from "../events";
import { warn } from "../host";
import { onButton, onComponent, onModal, onSelect } from "../interactions";
import { type PrefixCommand, registerPrefix } from "./prefix";
import { compile, registerCommands } from "./registry";

const defined: { slash: any[]; prefix: PrefixCommand[] } = { slash: [], prefix: [] };
let created = false;

/** A command that is a message. */
export function prefix<T extends PrefixCommand>(command: T): T {
  if (typeof command?.run !== "function") throw new TypeError(`prefix "${String(command?.name)}" needs a run function`);
  defined.prefix.push(command);
  return command;
}

/** A slash command. */
export function slash<T>(command: T): T {
  compile(command);
  defined.slash.push(command);
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
  if (created || (defined.slash.length === 0 && defined.prefix.length === 0)) return;
  createBot({ slashCommands: defined.slash, commands: defined.prefix });
}

/** The original's way to register commands without a bot. */
export function registerSlashCommands(commands: readonly any[]): Promise<void> {
  created = true;
  registerCommands(commands, true);
  return Promise.resolve();
}
