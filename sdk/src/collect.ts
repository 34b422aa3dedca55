// Gathering events for a while. It is kept in memory: nothing of it is left after a deploy, a restart or a crash, and
// nobody is told. What must not be lost belongs into `kv`, `timers` and handlers with patterns.

import { type Handler, on } from "./events";
import { clearTimer, host, setTimer } from "./host";

export interface CollectOptions {
  filter?: (context: any) => boolean;
  /** How many; without end unless given. */
  max?: number;
  /** For how long; a minute unless given. */
  seconds?: number;
  /** Called for each that is gathered. */
  each?: (context: any) => unknown;
}

export type CollectEnd = "max" | "time" | "stopped";

const LONGEST_S = 900;
/** The longest that an interaction's token lives, which is what most wait for. */
const MOST = 50;
let open = 0;

export function collect(
  event: string,
  options: CollectOptions,
  done: (found: any[], why: CollectEnd) => unknown,
): { stop(): void } {
  const { filter = () => true, max = Infinity, seconds = 60, each } = options;
  if (typeof done !== "function") throw new TypeError("collect(event, options, done) needs a function for the end");
  if (!(seconds > 0 && seconds <= LONGEST_S)) throw new RangeError(`seconds is ${seconds}: give it up to ${LONGEST_S}`);
  if (!(max >= 1)) throw new RangeError(`max is ${max}: give it at least 1`);
  if (open >= MOST) throw new RangeError(`${MOST} collectors are open; end some, or use handlers with patterns`);
  const found: any[] = [];
  let ended = false;
  const end = (why: CollectEnd): unknown => {
    if (ended) return undefined;
    ended = true;
    open--;
    stop();
    clearTimer(timer);
    return done(found, why);
  };
  const hear: Handler = async (context) => {
    if (ended || !filter(context)) return;
    found.push(context);
    if (each !== undefined) await each(context);
    if (found.length >= max) await end("max");
  };
  const stop = on(event, hear);
  const timer = setTimer(() => attend(() => end("time")), seconds * 1000);
  open++;
  return { stop: () => attend(() => end("stopped")) };
}

/** No dispatch waits for it: what goes wrong is told in the log. */
function attend(run: () => unknown): void {
  (async () => run())().catch((error) => host.uncaught(error, "collector"));
}
