// The seam to the isolate's core (actors/isolate/core.js), taken once and out of every script's reach.

export interface Host {
  op(name: string, args?: unknown): Promise<any>;
  log(level: string, text: string): void;
  preview(value: unknown): string;
  uncaught(error: unknown, where: string): void;
  setDispatcher(run: (event: string, payload: any) => unknown): void;
  setRegistrations(collect: () => Record<string, unknown>): void;
  registrationsChanged?(): void;
  /** Where in the script it was that something of the prelude was called. */
  caller?(): { file: string; line: number; column: number } | undefined;
  /** 32 bytes in hexadecimal digits, of this isolate alone; a zygote has none. */
  entropy?(): string;
}

const found = (globalThis as any).__host as Host;
delete (globalThis as any).__host;

export const host: Host = found;

/** What the core put on the global object, before a script could replace it. */
export const setTimer = (globalThis as any).setTimeout as (callback: () => void, ms: number) => number;
export const clearTimer = (globalThis as any).clearTimeout as (id: number | undefined) => void;

export const changed = (): void => host.registrationsChanged?.();

export function warn(text: string): void {
  host.log("warn", text);
}

/** A global as `var` would make it: scripts may replace their own copy. */
export function define(name: string, value: unknown, enumerable = true): void {
  Object.defineProperty(globalThis, name, { value, writable: true, configurable: true, enumerable });
}
