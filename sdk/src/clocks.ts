// What happens at a time: crons, which a script has while it is deployed, and timers, which it sets for one moment each.

import { handleInternal } from "./events";
import { changed, host } from "./host";
import { nearest } from "./nearest";

type Run = (context: any) => unknown;

export interface CronOptions {
  skipIfRunning?: boolean;
  timeZone?: string;
  timezone?: string;
  overlap?: "skip" | "queue" | "allow";
  catchUp?: "skip" | "once" | "all";
}

const MOST_CRONS = 32;
const OVERLAP = ["skip", "queue", "allow"];
const CATCH_UP = ["skip", "once", "all"];

interface Cron {
  json: Record<string, unknown>;
  run: Run;
}

const crons = new Map<string, Cron>();
const timerHandlers = new Map<string, Run>();

export const cronsJson = (): unknown[] => Array.from(crons.values(), (one) => one.json);
export const timerNames = (): string[] => [...timerHandlers.keys()];

function oneOf(value: unknown, allowed: string[], what: string): void {
  if (value !== undefined && !allowed.includes(value as string)) {
    throw new TypeError(`${what} is one of ${allowed.join(", ")}; not ${String(value)}`);
  }
}

/** Calls a function by a schedule of five fields: minute, hour, day, month, day of the week. */
function registerCron(name: string, schedule: string, run: Run, options: CronOptions = {}): void {
  if (typeof name !== "string" || name.trim() === "") throw new TypeError("a cron needs a name");
  if (typeof schedule !== "string" || schedule.trim() === "") throw new TypeError(`cron "${name}" needs a schedule: "0 9 * * *"`);
  if (typeof run !== "function") throw new TypeError(`cron "${name}" needs a function`);
  const fields = schedule.trim().split(/\s+/).length;
  if (!schedule.startsWith("@") && fields !== 5) {
    throw new TypeError(`cron "${name}": "${schedule}" has ${fields} fields, and a schedule has 5: minute hour day month weekday`);
  }
  if (crons.has(name)) throw new Error(`there are two crons named "${name}"`);
  if (crons.size >= MOST_CRONS) throw new RangeError(`a guild has at most ${MOST_CRONS} crons`);
  const overlap = options.overlap ?? (options.skipIfRunning === undefined ? undefined : options.skipIfRunning ? "skip" : "allow");
  oneOf(overlap, OVERLAP, `cron "${name}": overlap`);
  oneOf(options.catchUp, CATCH_UP, `cron "${name}": catchUp`);
  const timeZone = options.timeZone ?? options.timezone;
  const at = host.caller?.();
  const json = {
    name,
    schedule,
    ...(at !== undefined && { at: { file: at.file, line: at.line, column: at.column } }),
    ...(timeZone !== undefined && { timeZone }),
    ...(overlap !== undefined && { overlap }),
    ...(options.catchUp !== undefined && { catchUp: options.catchUp }),
  };
  crons.set(name, { json, run });
  handleInternal("__cron", runCron);
  changed();
}

const iso = (at: unknown): string => (typeof at === "string" ? at : new Date(Number(at)).toISOString());

class CronContext {
  readonly event = "cron";
  readonly msg: { name: string; scheduledAt: string; scheduledFor: string; runId: string; manual: boolean };

  constructor(readonly raw: any) {
    const scheduledAt = iso(raw.scheduledFor);
    const { name, runId, manual } = raw;
    this.msg = { name, scheduledAt, scheduledFor: scheduledAt, runId, manual: Boolean(manual) };
  }

  get name(): string {
    return this.msg.name;
  }

  get scheduledAt(): string {
    return this.msg.scheduledAt;
  }

  /** Whether somebody asked for this run, rather than the schedule. */
  get manual(): boolean {
    return this.msg.manual;
  }
}

function runCron(payload: any): unknown {
  const found = crons.get(payload?.name);
  if (found === undefined) throw Object.assign(new Error(`there is no cron "${payload?.name}"`), { code: "NO_HANDLER" });
  return found.run(new CronContext(payload));
}

const ask = (operation: string) => (name: string) => host.op(`cron.${operation}`, { name });

/** `cron(...)` registers one; the rest looks at those that are registered. */
export const cron = Object.assign(registerCron, {
  list: () => host.op("cron.list", {}),
  pause: ask("pause"),
  resume: ask("resume"),
  /** Begins a run now, and answers its id. */
  run: ask("run"),
  runs: (options: Record<string, unknown> = {}) => host.op("cron.runs", options),
});

// -- timers -------------------------------------------------------------------------------------------------------

const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 };

/** Milliseconds of "3d", "1h30m", "90s", or of so many milliseconds. */
export function duration(text: string | number): number {
  if (typeof text === "number") return text;
  const parts = [...String(text).matchAll(/(\d+(?:\.\d+)?)\s*(ms|[smhdw])[a-z]*/gi)];
  const rest = String(text).replace(/(\d+(?:\.\d+)?)\s*(ms|[smhdw])[a-z]*/gi, "").replace(/[\s,]|and/gi, "");
  if (parts.length === 0 || rest !== "") throw new TypeError(`"${text}" is no duration; write "90s", "1h30m" or "3d"`);
  return parts.reduce((sum, part) => sum + Number(part[1]) * UNITS[part[2]!.toLowerCase()]!, 0);
}

/** A moment: a Date, an ISO time, Unix milliseconds, or `{ in: "3d" }`, `{ at: date }`. */
function moment(when: any): number | string {
  if (when instanceof Date) {
    if (Number.isNaN(when.getTime())) throw new TypeError("the date of a timer is no date");
    return when.getTime();
  }
  if (typeof when === "number") return when;
  if (typeof when === "string") return /^\d+(?:\.\d+)?\s*[a-z]/i.test(when) ? Date.now() + duration(when) : when;
  if (when?.in !== undefined) return Date.now() + duration(when.in);
  if (when?.at !== undefined) return moment(when.at);
  throw new TypeError('when? a Date, an ISO time, Unix milliseconds, "3d", { in: "3d" } or { at: date }');
}

class TimerContext {
  readonly event = "timer";

  constructor(readonly raw: any) {}

  get name(): string {
    return this.raw.name;
  }

  get payload(): any {
    return this.raw.payload;
  }

  get scheduledAt(): string {
    return iso(this.raw.scheduledFor);
  }

  get msg(): any {
    const { name, payload, scheduledAt } = this;
    return { name, payload, scheduledAt, scheduledFor: scheduledAt };
  }
}

/** Who is called when a timer of this name is due. Registered while the script loads, so that it is there after a restart. */
function onTimer(name: string, run: Run): void {
  if (typeof name !== "string" || name === "") throw new TypeError("a timer's handler needs the timer's name");
  if (typeof run !== "function") throw new TypeError(`timer "${name}" needs a function`);
  if (timerHandlers.has(name)) throw new Error(`there are two handlers for timers named "${name}"`);
  timerHandlers.set(name, run);
  handleInternal("__timer", runTimer);
  changed();
}

function runTimer(payload: any): unknown {
  const run = timerHandlers.get(payload?.name);
  if (run === undefined) throw Object.assign(new Error(`nothing in this script handles the timer "${payload?.name}"`), { code: "NO_HANDLER" });
  return run(new TimerContext(payload));
}

/** Has a handler called at a moment, restarts or not; answers the id to cancel it by. */
export async function schedule(name: string, when: unknown, payload: unknown = null): Promise<string> {
  if (!timerHandlers.has(name)) {
    const meant = nearest(String(name), timerHandlers.keys());
    throw new TypeError(`no handler is registered for timers named "${name}"${meant ? `; did you mean "${meant}"?` : ": write timers.on"}`);
  }
  return (await host.op("timers.schedule", { name, at: moment(when), payload })).id;
}

/** Forgets a timer by its id, or with `{ name }` all of a name; whether any was waiting. */
export async function cancel(which: string | { id?: string; name?: string }): Promise<boolean> {
  const asked = typeof which === "string" ? { id: which } : which;
  return (await host.op("timers.cancel", asked)).cancelled;
}

export const timers = {
  on: onTimer,
  schedule,
  cancel,
  list: (options: Record<string, unknown> = {}) => host.op("timers.list", options),
};
