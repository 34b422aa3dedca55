// What builders have in common: they become the plain objects that Discord reads.

export { snake as toWire } from "../payload";

export type Snowflake = string;

export interface Builder<Data> {
  toJSON(): Data;
}

export type Buildable<Data> = Data | Builder<Data>;

/** What `toJSON` gives, or the value itself. */
export function built<Data>(value: Buildable<Data>): Data {
  return isBuilder<Data>(value) ? value.toJSON() : value;
}

function isBuilder<Data>(value: unknown): value is Builder<Data> {
  return typeof value === "object" && value !== null && typeof (value as Partial<Builder<Data>>).toJSON === "function";
}

/** The data without the keys that were never set. */
export function present<Data extends object>(data: Data): Data {
  return Object.fromEntries(Object.entries(data).filter(([, value]) => value !== undefined)) as Data;
}
