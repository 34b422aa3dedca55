// From what authors write to what Discord reads: builders become plain objects, camelCase becomes snake_case.

export type Snowflake = string;

export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

export interface Builder<Data> {
  toJSON(): Data;
}

export type Buildable<Data> = Data | Builder<Data>;

/** The keys under which an author's own keys stand: locales, which are no words of ours. */
const KEEP_KEYS_OF = new Set(["name_localizations", "description_localizations"]);

export function snakeCase(key: string): string {
  return key.replace(/[A-Z]/g, (letter) => "_" + letter.toLowerCase());
}

export function camelCase(key: string): string {
  return key.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

/** What `toJSON` gives, or the value itself. */
export function built<Data>(value: Buildable<Data>): Data {
  return isBuilder<Data>(value) ? value.toJSON() : value;
}

function isBuilder<Data>(value: unknown): value is Builder<Data> {
  return typeof value === "object" && value !== null && typeof (value as Partial<Builder<Data>>).toJSON === "function";
}

/** Any nesting of builders and plain objects, in either manner of writing keys, as Discord reads it. */
export function toWire(value: unknown): Json | undefined {
  if (value === null || typeof value === "string" || typeof value === "boolean") return value;
  if (typeof value === "number") return Number.isFinite(value) ? value : null;
  if (typeof value === "bigint") return value.toString();
  if (typeof value !== "object") return undefined;
  if (isBuilder<unknown>(value)) return toWire(value.toJSON());
  if (Array.isArray(value)) return value.map((item) => toWire(item) ?? null);
  return wireObject(value as Record<string, unknown>);
}

function wireObject(source: Record<string, unknown>): { [key: string]: Json } {
  const target: { [key: string]: Json } = {};
  for (const [key, value] of Object.entries(source)) {
    const name = snakeCase(key);
    const written = KEEP_KEYS_OF.has(name) && isPlain(value) ? ({ ...value } as Json) : toWire(value);
    if (written !== undefined) target[name] = written;
  }
  return target;
}

function isPlain(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The data without the keys that were never set. */
export function present<Data extends object>(data: Data): Data {
  return Object.fromEntries(Object.entries(data).filter(([, value]) => value !== undefined)) as Data;
}
