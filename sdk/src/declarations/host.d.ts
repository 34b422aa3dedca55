// -- what flora keeps and does for a script -----------------------------------------------------------------------------

/** What operations are refused with. */
interface OperationError extends Error {
  code: string;
  /** What was asked: `rest.createMessage`. */
  operation?: string;
  /** Discord's or a server's HTTP status. */
  status?: number;
  /** Seconds. */
  retryAfter?: number;
  route?: string;
  discordCode?: number;
  /** What Discord found wrong, by field. */
  errors?: any;
}

interface KvSetOptions {
  /** Seconds from now. */
  ttl?: number;
  /** A moment, in Unix seconds. */
  expiration?: number | Date;
  metadata?: unknown;
  /** Only if the key still has this version; 0: only if there is none. */
  ifVersion?: number;
}

interface KvEntry<Value = any> {
  value: Value;
  metadata?: any;
  /** In Unix seconds. */
  expiration?: number;
  version: number;
}

interface KvListOptions {
  prefix?: string;
  start?: string;
  end?: string;
  reverse?: boolean;
  /** 100 unless given, 1,000 at most. */
  limit?: number;
  cursor?: string;
}

interface KvPage {
  keys: { name: string; expiration?: number; metadata?: any; version: number }[];
  listComplete: boolean;
  readonly list_complete: boolean;
  cursor?: string;
}

interface KvStore {
  readonly name: string;
  get<Value = any>(key: string): Promise<Value | null>;
  getEntry<Value = any>(key: string): Promise<KvEntry<Value> | null>;
  /** Of a key that is not there, `value` is null and `version` 0. */
  getWithMetadata<Value = any>(key: string): Promise<KvEntry<Value | null>>;
  getMany<Value = any>(keys: Iterable<string>): Promise<(Value | null)[]>;
  has(key: string): Promise<boolean>;
  /** JSON or bytes. Durable once it is awaited. */
  set(key: string, value: unknown, options?: KvSetOptions): Promise<boolean>;
  /** Whether it was stored, for nothing was there. */
  setIfAbsent(key: string, value: unknown, options?: KvSetOptions): Promise<boolean>;
  /** Whether it was stored, for the key still had this version. */
  compareAndSet(key: string, version: number, value: unknown, options?: KvSetOptions): Promise<boolean>;
  /** Reads, changes and writes, again when somebody else wrote meanwhile. `undefined` removes the key. */
  update<Value = any>(
    key: string,
    change: (value: Value | null) => Value | Promise<Value>,
    options?: KvSetOptions,
  ): Promise<Value>;
  update<Value = any, Next = Value | null | undefined>(
    key: string,
    change: (value: Value | null) => Next | Promise<Next>,
    options?: KvSetOptions,
  ): Promise<Next>;
  /** Adds to a number, which counts from 0, and answers the sum. */
  increment(key: string, amount?: number, options?: KvSetOptions): Promise<number>;
  decrement(key: string, amount?: number, options?: KvSetOptions): Promise<number>;
  /** Whether there was one. */
  delete(key: string, options?: { ifVersion?: number }): Promise<boolean>;
  updateMetadata(key: string, metadata?: unknown): Promise<void>;
  list(options?: KvListOptions): Promise<KvPage>;
  /** All keys, page after page. */
  keys(options?: KvListOptions): AsyncGenerator<string>;
  count(): Promise<number>;
  clear(): Promise<number>;
}

/** Checks and changes that happen all together, or not at all. */
interface KvTransaction {
  check(key: string, version: number, store?: string): this;
  set(key: string, value: unknown, options?: KvSetOptions & { store?: string }): this;
  delete(key: string, store?: string): this;
  increment(key: string, amount?: number, options?: KvSetOptions & { store?: string }): this;
  updateMetadata(key: string, metadata: unknown, store?: string): this;
  commit(): Promise<{ ok: boolean; committed: boolean; results?: any[]; check?: number; version?: number }>;
}

interface Kv extends KvStore {
  store(name: string): KvStore;
  stores(): Promise<{ name: string; count: number; bytes: number }[]>;
  transaction(store?: string): KvTransaction;
}

/** The guild's data: itself the store "default". */
declare const kv: Kv;
declare function store(name: string): KvStore;

interface CronContext {
  readonly name: string;
  readonly scheduledAt: Timestamp;
  /** Whether somebody asked for this run. */
  readonly manual: boolean;
  readonly msg: { name: string; scheduledAt: Timestamp; scheduledFor: Timestamp; runId: string; manual: boolean };
  readonly raw: any;
}

interface CronOptions {
  /** UTC unless named: `"Europe/Berlin"`. */
  timeZone?: string;
  timezone?: string;
  /** A moment whose last run has not ended: is left out (unless told otherwise), waits, or runs beside it. */
  overlap?: "skip" | "queue" | "allow";
  skipIfRunning?: boolean;
  /** Moments that passed while flora was not running. */
  catchUp?: "skip" | "once" | "all";
}

interface CronJob {
  name: string;
  schedule: string;
  timeZone: string;
  overlap: string;
  catchUp: string;
  paused: boolean;
  nextRun: Timestamp | null;
}

interface CronRun {
  id: string;
  kind: string;
  name: string;
  scheduledFor: Timestamp;
  startedAt: Timestamp;
  endedAt: Timestamp | null;
  outcome: string | null;
  error: string | null;
}

interface Cron {
  /** Five fields (minute, hour, day, month, day of the week) or `@daily` and its kin. */
  (name: string, schedule: string, handler: (ctx: CronContext) => unknown, options?: CronOptions): void;
  list(): Promise<CronJob[]>;
  pause(name: string): Promise<void>;
  resume(name: string): Promise<void>;
  /** Begins a run now, and answers its id. */
  run(name: string): Promise<string>;
  runs(options?: { name?: string; cursor?: string; limit?: number }): Promise<{ runs: CronRun[]; cursor: string | null }>;
}
declare const cron: Cron;

interface TimerContext<Payload = any> {
  readonly name: string;
  readonly payload: Payload;
  readonly scheduledAt: Timestamp;
  readonly msg: { name: string; payload: Payload; scheduledAt: Timestamp; scheduledFor: Timestamp };
  readonly raw: any;
}

/** A Date, an ISO time, Unix milliseconds, or from now: `"3d"`, `{ in: "1h30m" }`, `{ in: milliseconds }`. */
type Moment = Date | string | number | { in: string | number } | { at: Date | string | number };

/** Calls at one moment each, which restarts do not forget. */
declare const timers: {
  /** Who is called when a timer of this name is due. Register it while the script loads. */
  on<Payload = any>(name: string, handler: (ctx: TimerContext<Payload>) => unknown): void;
  schedule(name: string, when: Moment, payload?: unknown): Promise<string>;
  cancel(which: string | { id?: string; name?: string }): Promise<boolean>;
  list(options?: { after?: string; limit?: number }): Promise<{ id: string; name: string; at: Timestamp; payload: any }[]>;
};
declare function schedule(name: string, when: Moment, payload?: unknown): Promise<string>;
declare function cancel(which: string | { id?: string; name?: string }): Promise<boolean>;
/** Milliseconds of `"1h30m"`. */
declare function duration(text: string | number): number;

/** What stands for a secret in requests, awaited or as it is: `` `Bearer ${secrets.get("KEY")}` ``. */
interface SecretReference extends PromiseLike<string | undefined> {
  toString(): string;
  catch<Caught>(rejected: (reason: any) => Caught): Promise<string | undefined | Caught>;
  finally(run: () => void): Promise<string | undefined>;
}

declare const secrets: {
  get(name: string): SecretReference;
  list(): Promise<{ name: string; placeholder: string; allowedHosts: string[] }[]>;
};

declare const vars: {
  get(name: string): Promise<string | undefined>;
  list(): Promise<Record<string, string>>;
};

/** Asks the host by an operation's own name: `op("kv.get", { store: "default", key: "a" })`. */
declare function op(name: string, args?: unknown): Promise<any>;
