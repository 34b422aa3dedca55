// What `flora test` adds to the globals of a script, in files named `*.test.ts`.

interface FloraCall {
  /** `rest.createMessage`, `kv.set`, ... */
  name: string;
  /** As the host gets them: Discord's own names in bodies. */
  args: any;
}

interface FloraRun {
  /** How the dispatch ended: "ok", "threw", "cpu", "wall_time", ... */
  outcome: string;
  error: string | null;
  /** What the script asked of Discord and of the host while this ran, in order. */
  calls: FloraCall[];
  logs: { level: string; text: string }[];
  /** The messages that were sent or shown, as Discord gets them. */
  replies: any[];
  /** The first of them. */
  reply: any;
  /** The modal that was opened. */
  modal: any;
  /** The values that were proposed. */
  choices: any;
}

/** The runs of the timers that were due, and all that was asked and said meanwhile. */
interface FloraPassed extends Array<FloraRun>, Omit<FloraRun, "outcome" | "error"> {}

interface FloraExpectation {
  not: FloraExpectation;
  toBe(wanted: unknown): void;
  toEqual(wanted: unknown): void;
  toContain(wanted: unknown): void;
  toMatch(wanted: RegExp): void;
  toBeTruthy(): void;
  toThrow(message?: string): void;
}

/** Who does something: whatever is left out is of an ordinary member. */
interface FloraMember {
  id?: string;
  username?: string;
  bot?: boolean;
  nick?: string;
  roles?: string[];
  permissions?: string | number | bigint;
  joinedAt?: string;
}

/** An option of a command: a value, or what Discord sends an id for. */
type FloraOption =
  | string
  | number
  | boolean
  | { user: string | Record<string, unknown> }
  | { role: string | Record<string, unknown> }
  | { channel: string | Record<string, unknown> }
  | { attachment: string | Record<string, unknown> };

interface FloraBot {
  /** The same guild, as another member sees it. */
  as(member: FloraMember): FloraBot;
  readonly user: { id: string; username: string; bot: boolean };
  /** Somebody writes a message. */
  message(content: string, more?: Record<string, unknown>): Promise<FloraRun>;
  /** Somebody reacts to a message: `message_id` and `channel_id` are in `more`. */
  react(emoji: string | { id: string | null; name: string }, more?: Record<string, unknown>): Promise<FloraRun>;
  /** Somebody uses a slash command: "ping", "tag show", "config roles add". */
  command(name: string, options?: Record<string, FloraOption>): Promise<FloraRun>;
  /** Somebody has typed so far into an option that completes. */
  complete(
    name: string,
    option: string,
    typed: string | number,
    options?: Record<string, FloraOption>,
  ): Promise<FloraRun>;
  /** Somebody uses an entry of the menu of a message or a user. */
  menu(
    name: string,
    target: { message: Record<string, unknown> } | { user: Record<string, unknown> },
  ): Promise<FloraRun>;
  /** Somebody presses a button, or chooses in a select menu; `message` is what it stands in. */
  press(customId: string, values?: string[], more?: { message?: Record<string, unknown> }): Promise<FloraRun>;
  /** Somebody sends a form: texts, lists of choices or ids, and ticked boxes by custom id. */
  submit(
    customId: string,
    fields: Record<string, string | string[] | boolean>,
    more?: { message?: Record<string, unknown> },
  ): Promise<FloraRun>;
  /** A cron's time has come. */
  cron(name: string): Promise<FloraRun>;
  /** A timer's time has come, whether the script has set it or not. */
  timer(name: string, payload?: unknown): Promise<FloraRun>;
  /** Time passes: for Date, setTimeout and its kin, keys that expire and the script's timers. Not awaiting an event whose
   *  handler waits, and advancing then, lets it go on; its three seconds pass too. */
  advance(milliseconds: number): Promise<FloraPassed>;
  /** Any event, as Discord sends it; `~messageUpdate` with `[new, old]` is one whose old state flora remembered. */
  dispatch(name: string, payload: unknown): Promise<FloraRun>;
  /** What an operation answers from now on, by its name; `fetch` answers `{ status, json }` or `{ status, text }`. */
  respond(operation: string, answer: unknown): Promise<void>;
  /** There is a secret of this name; answers what the script gets in its place. */
  secret(name: string): Promise<string>;
}

declare function test(name: string, run: () => unknown): void;
declare function expect(value: unknown): FloraExpectation;
declare const bot: FloraBot;
