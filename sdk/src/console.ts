// `console`: to the guild's log.

import { host } from "./host";
import { show as shown } from "./inspect";

const show = (values: readonly unknown[]): string => {
  let text = "";
  for (let index = 0; index < values.length; index++) text += (index > 0 ? " " : "") + shown(values[index]);
  return text;
};

const counts = new Map<string, number>();
const started = new Map<string, number>();

const since = (label: string): string => `${label}: ${Date.now() - (started.get(label) ?? Date.now())} ms`;

/** A namespace, as Web IDL has them: it inherits from an object of its own that is empty. */
export const console = Object.assign(Object.create({}), {
  debug: (...values: unknown[]) => host.log("debug", show(values)),
  log: (...values: unknown[]) => host.log("info", show(values)),
  info: (...values: unknown[]) => host.log("info", show(values)),
  warn: (...values: unknown[]) => host.log("warn", show(values)),
  error: (...values: unknown[]) => host.log("error", show(values)),
  trace: (...values: unknown[]) => host.log("debug", `${show(values)}\n${new Error().stack ?? ""}`.trim()),
  dir: (value: unknown) => host.log("info", show([value])),
  table: (value: unknown) => host.log("info", show([value])),
  assert: (holds?: unknown, ...values: unknown[]) => {
    if (!holds) host.log("error", values.length > 0 ? `Assertion failed: ${show(values)}` : "Assertion failed");
  },
  count: (label = "default") => {
    const name = `${label}`, count = (counts.get(name) ?? 0) + 1;
    counts.set(name, count);
    host.log("info", `${name}: ${count}`);
  },
  countReset: (label = "default") => void counts.delete(`${label}`),
  time: (label = "default") => void started.set(`${label}`, Date.now()),
  timeLog: (label = "default", ...values: unknown[]) => host.log("info", show([since(`${label}`), ...values])),
  timeEnd: (label = "default") => {
    host.log("info", since(`${label}`));
    started.delete(`${label}`);
  },
  group: (...values: unknown[]) => void (values.length > 0 && host.log("info", show(values))),
  groupCollapsed: (...values: unknown[]) => void (values.length > 0 && host.log("info", show(values))),
  groupEnd: () => undefined,
});
Object.defineProperty(console, Symbol.toStringTag, { value: "console", configurable: true });
