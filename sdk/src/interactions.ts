// The way of an interaction: to the command, component or modal that it belongs to, and to an answer in time.

import { INTERACTION, InteractionContext } from "./interaction_context";
import { type Handler, listeningTo, run, setInteractionRouter, wantInteractions } from "./events";
import { clearTimer, host, setTimer, warn } from "./host";
import { type CommandMode, autocompleteOf, commandOf } from "./commands/registry";
import { type Pattern, matchPattern, patternOf } from "./patterns";

export const DEFER_AFTER_MS = 1500;

interface Routed {
  pattern: Pattern;
  handler: Handler;
  kind: "button" | "select" | "component" | "modal";
}

const routes: Routed[] = [];

export function routeNames(): string[] {
  return routes.map((one) => one.pattern.text);
}

function register(kind: Routed["kind"], pattern: string | RegExp, handler: Handler): () => void {
  if (typeof handler !== "function") throw new TypeError(`the handler of ${kind} "${String(pattern)}" is no function`);
  const routed: Routed = { kind, handler, pattern: patternOf(pattern) };
  if (routes.some((one) => one.kind === kind && one.pattern.text === routed.pattern.text)) {
    throw new Error(`there are two handlers for ${kind} "${routed.pattern.text}"`);
  }
  routes.push(routed);
  wantInteractions();
  return () => void (routes.includes(routed) && routes.splice(routes.indexOf(routed), 1));
}

export const onButton = (pattern: string | RegExp, handler: Handler) => register("button", pattern, handler);
export const onSelect = (pattern: string | RegExp, handler: Handler) => register("select", pattern, handler);
export const onComponent = (pattern: string | RegExp, handler: Handler) => register("component", pattern, handler);
export const onModal = (pattern: string | RegExp, handler: Handler) => register("modal", pattern, handler);

const BUTTON = 2;

function routeOf(context: InteractionContext): Handler | undefined {
  const id = context.customId;
  if (id === undefined) return undefined;
  const { kind } = context;
  const own = kind === INTERACTION.modal ? "modal" : context.raw.data.component_type === BUTTON ? "button" : "select";
  for (const one of routes) {
    if (one.kind !== own && !(one.kind === "component" && kind === INTERACTION.component)) continue;
    const params = matchPattern(one.pattern, id);
    if (params === undefined) continue;
    Object.defineProperty(context, "params", { value: params, configurable: true });
    return one.handler;
  }
  return undefined;
}

/** Everybody who is to hear of it. */
function handlersOf(context: InteractionContext, listening: readonly Handler[]): readonly Handler[] {
  switch (context.kind) {
    case INTERACTION.command: {
      const command = commandOf(context);
      return command === undefined ? listening : [command.run, ...listening];
    }
    case INTERACTION.autocomplete:
      return [autocompleteOf(context), ...listeningTo("autocomplete")].filter((one) => one !== undefined);
    case INTERACTION.component:
    case INTERACTION.modal: {
      const own = routeOf(context);
      const kind = context.kind === INTERACTION.modal ? "modalSubmit" : "componentInteraction";
      const found = [...(own ? [own] : []), ...listeningTo(kind)];
      return found.length > 0 ? found : listening;
    }
    default:
      return listening;
  }
}

function route(context: InteractionContext, listening: readonly Handler[]): unknown {
  const found = handlersOf(context, listening);
  if (found.length === 0) return nobody(context);
  if (context.kind === INTERACTION.autocomplete) return run(found, context, context.event);
  const mode = context.kind === INTERACTION.command ? modeOf(context) : true;
  return inTime(context, found, mode);
}

const modeOf = (context: InteractionContext): CommandMode => commandOf(context)?.autoDefer ?? true;

function nobody(context: InteractionContext): void {
  if (context.kind === INTERACTION.autocomplete) return;
  const name = context.kind === INTERACTION.command ? `command ${context.commandName}` : `"${context.customId}"`;
  throw Object.assign(new Error(`nothing in this script handles ${name}`), { code: "NO_HANDLER" });
}

/** Runs the handlers; when they have not answered soon, says that it takes a while, so that Discord gives up on nobody. */
async function inTime(context: InteractionContext, found: readonly Handler[], mode: CommandMode): Promise<void> {
  const timer = mode === false ? undefined : setTimer(() => deferInTime(context, mode), delayOf(mode));
  context.onAnswer = () => clearTimer(timer);
  try {
    await run(found, context, context.event);
  } catch (error) {
    clearTimer(timer);
    if (context.deferredForIt) await sayItFailed(context);
    throw error;
  }
  if (context.stage !== "open") return;
  if (context.kind === INTERACTION.command) warn(`/${context.commandName} ended without an answer`);
  else await context.deferUpdate().catch((error) => host.uncaught(error, "deferral"));
}

const delayOf = (mode: CommandMode): number => (typeof mode === "number" ? mode : DEFER_AFTER_MS);

function deferInTime(context: InteractionContext, mode: CommandMode): void {
  if (context.stage !== "open") return;
  const isComponent = context.kind === INTERACTION.component;
  const deferred = isComponent ? context.deferUpdate() : context.defer({ ephemeral: mode === "ephemeral" });
  context.deferredForIt = !isComponent;
  deferred.catch((error) => host.uncaught(error, "deferral"));
}

/** The member sees "thinking" and would for a quarter of an hour. */
async function sayItFailed(context: InteractionContext): Promise<void> {
  const content = "This server's bot script failed: an error was thrown. Whoever maintains the script finds more in its log.";
  await context.editReply(content).catch((error) => host.uncaught(error, "deferral"));
}

setInteractionRouter(route);
