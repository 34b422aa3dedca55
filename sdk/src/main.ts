// What every script finds in its isolate. Evaluated once, in the zygote, before any script.

import * as builders from "./builders/globals";
import { cancel, cron, cronsJson, duration, schedule, timerNames, timers } from "./clocks";
import { collect } from "./collect";
import { adoptDefined, createBot, messageCommand, prefix, registerSlashCommands, slash, subcommand, userCommand } from "./commands/bot";
import * as helpers from "./commands/helpers";
import { prefixNames } from "./commands/prefix";
import { commandsJson } from "./commands/registry";
import { console } from "./console";
import { EventContext } from "./context";
import { dispatch, eventNames, off, on, once } from "./events";
import { define, host } from "./host";
import { InteractionContext } from "./interaction_context";
import { onButton, onComponent, onModal, onSelect, routeNames } from "./interactions";
import { KvStore, Transaction, kv, store } from "./kv";
import { prepareRehearsal } from "./rehearsal";
import { rest } from "./rest";
import { secrets, vars } from "./secrets";
import { trace, traced } from "./traced";
import { web } from "./web/index";

const ANSWERS = [
  "reply", "send", "edit", "delete", "deleteReply", "react", "typing", "defer", "deferUpdate", "update", "editReply", "followUp",
  "showModal", "respond",
];
/** `get` and `has` are not among them: they are what scripts do most, hardly ever refused, and would cost half as much again. */
const STORE = [
  "getEntry", "getWithMetadata", "getMany", "set", "setIfAbsent", "compareAndSet", "update", "increment", "decrement",
  "delete", "updateMetadata", "list", "count", "clear",
];
trace(EventContext.prototype, ANSWERS);
trace(InteractionContext.prototype, ANSWERS);
trace(KvStore.prototype, STORE);
trace(Object.getPrototypeOf(kv), ["stores"]);
trace(Transaction.prototype, ["commit"]);
trace(rest);
trace(vars);
trace(timers, ["schedule", "cancel", "list"]);
trace(cron, ["list", "pause", "resume", "run", "runs"]);

for (const [name, value] of Object.entries(builders)) define(name, value);

const globals: Record<string, unknown> = {
  on, once, off, collect,
  op: (name: string, args?: unknown) => host.op(name, args),
  prefix, slash, subcommand, userCommand, messageCommand, createBot, registerSlashCommands,
  onButton, onSelect, onComponent, onModal,
  kv, store, secrets, vars, rest,
  cron, timers, schedule: traced(schedule), cancel: traced(cancel), duration,
  ...helpers,
};

for (const name of Object.keys(globals)) define(name, globals[name]);
define("flora", { ...builders, ...globals }); // as the original has it, for scripts that write flora.embed()
for (const name of Object.keys(web)) {
  // The bundler calls a class that names itself something else inside.
  if (typeof web[name] === "function") Object.defineProperty(web[name], "name", { value: name, configurable: true });
  define(name, web[name], false);
}
define("console", console, false);

/** Only what there is: an empty list would say that something was registered. */
function registrations(): Record<string, unknown> {
  adoptDefined();
  const all: Record<string, readonly unknown[]> = {
    events: eventNames(),
    commands: commandsJson(),
    crons: cronsJson(),
    components: routeNames(),
    timers: timerNames(),
    prefixCommands: prefixNames(),
  };
  const found: Record<string, unknown> = { events: all.events };
  for (const name of Object.keys(all)) if (all[name]!.length > 0) found[name] = all[name];
  return found;
}

prepareRehearsal();
host.setDispatcher(dispatch);
host.setRegistrations(registrations);
