// Who listens to what, and the way of an event to them: every handler runs, in the order of registration.

import { EventContext } from "./context";
import { changed, host } from "./host";
import { InteractionContext } from "./interaction_context";
import { canonical } from "./names_check";
import { charCodeAt, isArray, mapDelete, mapGet, mapSet, slice } from "./uncurried";

export type Handler = (context: any) => unknown;

/** Never changed in place: a dispatch goes through the list that it began with. */
const handlers = new Map<string, readonly Handler[]>();
/** Kinds of interactions that authors listen to by their own names. */
const byKind = new Map<string, readonly Handler[]>();
const originals = new WeakMap<Handler, Handler>();
/** What comes from flora itself: crons and timers. */
const internal = new Map<string, (payload: any) => unknown>();

const KINDS = new Set(["componentInteraction", "modalSubmit", "autocomplete"]);
const tableOf = (event: string) => (KINDS.has(event) ? byKind : handlers);

type Router = (context: InteractionContext, listening: readonly Handler[]) => unknown;
let routeInteraction: Router = (context, listening) => run(listening, context, context.event);
let interactionsWanted = false;

/** How interactions find their handlers. */
export function setInteractionRouter(route: Router): void {
  routeInteraction = route;
}

/** Somebody handles a kind of interaction, whether there is a listener or not. */
export function wantInteractions(): void {
  if (!interactionsWanted) changed();
  interactionsWanted = true;
}

export function handleInternal(event: string, run: (payload: any) => unknown): void {
  mapSet(internal, event, run);
}

export const listeningTo = (kind: string): readonly Handler[] => mapGet(byKind, kind) ?? [];

export function add(event: string, handler: Handler): void {
  const table = tableOf(event);
  mapSet(table, event, [...(mapGet(table, event) ?? []), handler]);
  changed();
}

export function on(event: string, handler: Handler): () => void {
  const name = canonical(event);
  if (typeof handler !== "function") throw new TypeError(`on("${event}") needs a function`);
  add(name, handler);
  return () => remove(name, handler);
}

/** For the next event only. */
export function once(event: string, handler: Handler): () => void {
  const name = canonical(event);
  if (typeof handler !== "function") throw new TypeError(`once("${event}") needs a function`);
  const single: Handler = (context) => {
    remove(name, single);
    return handler(context);
  };
  originals.set(single, handler);
  add(name, single);
  return () => remove(name, single);
}

/** No longer; without a handler, none of them. */
export function off(event: string, handler?: Handler): void {
  const name = canonical(event);
  if (handler !== undefined) return remove(name, handler);
  mapDelete(tableOf(name), name);
  changed();
}

function remove(name: string, handler: Handler): void {
  const table = tableOf(name);
  const listening = mapGet(table, name);
  if (listening === undefined) return;
  const index = listening.findIndex((one) => one === handler || originals.get(one) === handler);
  if (index < 0) return;
  const rest = listening.filter((_, at) => at !== index);
  if (rest.length === 0) mapDelete(table, name);
  else mapSet(table, name, rest);
  changed();
}

/** The events that flora is to send here. */
export function eventNames(): string[] {
  const names = [...handlers.keys()];
  const wantsInteractions = byKind.size > 0 || interactionsWanted;
  return wantsInteractions && !handlers.has("interactionCreate") ? [...names, "interactionCreate"] : names;
}

/** Runs all, one after the other; the first error is the dispatch's, the others are told beside it. */
export async function runAll(listening: readonly Handler[], context: unknown, event: string): Promise<void> {
  let failed = false, failure: unknown;
  for (let index = 0; index < listening.length; index++) {
    try {
      await listening[index]!(context);
    } catch (error) {
      if (failed) host.uncaught(error, event);
      else [failed, failure] = [true, error];
    }
  }
  if (failed) throw failure;
}

export function run(listening: readonly Handler[], context: unknown, event: string): unknown {
  return listening.length === 1 ? listening[0]!(context) : runAll(listening, context, event);
}

const TILDE = 126;
const none: readonly Handler[] = [];

export function dispatch(event: string, payload: any): unknown {
  let before: unknown;
  if (charCodeAt(event, 0) === TILDE && isArray(payload)) {
    event = slice(event, 1);
    before = payload[1];
    payload = payload[0];
  }
  const listening = mapGet(handlers, event);
  if (event === "interactionCreate") {
    if (payload?.type === undefined) return listening && run(listening, new EventContext(event, payload, before), event);
    if (!interactionsWanted && byKind.size === 0 && listening === undefined) return undefined;
    const context = new InteractionContext(event, payload, before);
    return routeInteraction(context, listening ?? none);
  }
  if (listening !== undefined) return run(listening, new EventContext(event, payload, before), event);
  return mapGet(internal, event)?.(payload);
}
