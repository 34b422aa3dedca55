// What `flora test` adds to the globals of a script, in files named `*.test.ts`.

interface FloraRun {
  /** How the dispatch ended: "ok", "threw", "cpu", "wall_time", ... */
  outcome: string;
  error: string | null;
  /** What the script asked of Discord and of the host, in order. */
  calls: { name: string; args: any }[];
  logs: { level: string; text: string }[];
}

interface FloraExpectation {
  not: FloraExpectation;
  toBe(wanted: unknown): void;
  toEqual(wanted: unknown): void;
  toContain(wanted: unknown): void;
  toBeTruthy(): void;
  toThrow(message?: string): void;
}

declare function test(name: string, run: () => unknown): void;
declare function expect(value: unknown): FloraExpectation;
declare const bot: {
  /** Somebody writes a message. */
  message(content: string, more?: Record<string, unknown>): Promise<FloraRun>;
  /** Somebody uses a slash command. */
  command(name: string, options?: Record<string, unknown>): Promise<FloraRun>;
  /** Somebody presses a button, or chooses in a select menu. */
  press(customId: string, values?: string[]): Promise<FloraRun>;
  /** A cron's time has come. */
  cron(name: string): Promise<FloraRun>;
  /** Any event, as Discord sends it. */
  dispatch(name: string, payload: unknown): Promise<FloraRun>;
  /** What an operation answers from now on, by its name: `rest.createMessage`. */
  respond(operation: string, answer: unknown): Promise<void>;
};
