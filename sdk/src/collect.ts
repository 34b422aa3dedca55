// Listening for a while: votes on a message, the next answer of a member. It lives in memory, and says so: a deploy, a
// restart or a long sleep ends it without a word. What must last longer is a handler with state in `kv` or in custom ids.

import { duration } from "./clocks";
import { add, remove } from "./events";
import { clearTimer, host, setTimer } from "./host";
import { canonical } from "./names_check";

export interface CollectOptions {
  /** Which of the events; all unless given. */
  filter?: (context: any) => unknown;
  /** After so many it ends. */
  max?: number;
  /** After so long it ends: milliseconds, or "1m". Five minutes unless given, an hour at most. */
  time?: number | string;
  /** Called once at the end, with all of them and why. */
  onEnd?: (collected: any[], reason: CollectEnd) => unknown;
}

export type CollectEnd = "max" | "time" | "stopped";

const USUAL_MS = 5 * 60_000;
const LONGEST_MS = 3_600_000;

/** Calls a function for the events that fit, until there were enough or time is over; the answer stops it early. */
export function collect(event: string, options: CollectOptions, handler?: (context: any) => unknown): () => void {
  const name = canonical(event);
  const { filter, max = Infinity, onEnd } = options;
  const ms = options.time === undefined ? USUAL_MS : duration(options.time);
  if (!(ms > 0 && ms <= LONGEST_MS)) throw new RangeError("collect lasts for an hour at most; use timers and kv for more");
  if (!(max >= 1)) throw new RangeError("collect needs a max of 1 or more");
  const collected: any[] = [];
  let over = false;
  const end = (reason: CollectEnd): unknown => {
    if (over) return undefined;
    over = true;
    clearTimer(timer);
    remove(name, hear);
    return onEnd?.(collected, reason);
  };
  const hear = async (context: any): Promise<void> => {
    if (over || (filter !== undefined && !(await filter(context))) || over) return;
    collected.push(context);
    const ending = collected.length >= max ? end("max") : undefined;
    await handler?.(context);
    await ending;
  };
  const timer = setTimer(() => void attempt(() => end("time")), ms);
  add(name, hear);
  return () => void attempt(() => end("stopped"));
}

/** An end that nobody waits for must not fail silently. */
async function attempt(run: () => unknown): Promise<void> {
  try {
    await run();
  } catch (error) {
    host.uncaught(error, "collect");
  }
}
