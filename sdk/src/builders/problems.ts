// What is wrong with something that an author wrote: where, what, and what to do about it.

export interface Problem {
  /** `commands[0].options[2].name` */
  path: string;
  message: string;
  hint: string;
}

/** Thrown before any request is made, with everything that is wrong. */
export class DefinitionError extends TypeError {
  constructor(
    what: string,
    readonly problems: readonly Problem[],
    readonly code: "INVALID_INPUT" | "INVALID_COMMAND" = "INVALID_INPUT",
  ) {
    super(told(what, problems));
    this.name = "DefinitionError";
  }
}

const TOLD = 20;

function told(what: string, problems: readonly Problem[]): string {
  const lines = problems.slice(0, TOLD).map((problem) => `\n  ${problem.path}: ${problem.message}; ${problem.hint}`);
  const more = problems.length > TOLD ? `\n  and ${problems.length - TOLD} more` : "";
  return `Discord would refuse ${what}:${lines.join("")}${more}`;
}

/** Collects problems below one place. */
export class Check {
  constructor(
    readonly path: string,
    readonly problems: Problem[] = [],
  ) {}

  at(key: string | number): Check {
    const step = typeof key === "number" ? `[${key}]` : this.path === "" ? key : `.${key}`;
    return new Check(this.path + step, this.problems);
  }

  fail(message: string, hint: string): void {
    this.problems.push({ path: this.path || "(top)", message, hint });
  }

  text(value: unknown, shortest: number, longest: number): value is string {
    if (typeof value !== "string") {
      this.fail(`${shown(value)} is not text`, `give it a text of ${shortest} to ${longest} characters`);
      return false;
    }
    const length = lengthOf(value);
    if (length < shortest) this.fail("is empty", `give it at least ${shortest} character${shortest === 1 ? "" : "s"}`);
    if (length > longest)
      this.fail(`has ${length} characters of ${longest} at most`, `shorten it by ${length - longest}`);
    return length >= shortest && length <= longest;
  }

  optionalText(value: unknown, shortest: number, longest: number): void {
    if (value !== undefined && value !== null) this.text(value, shortest, longest);
  }

  number(value: unknown, least: number, most: number, whole = true): value is number {
    if (typeof value !== "number" || Number.isNaN(value) || (whole && !Number.isInteger(value))) {
      this.fail(`${shown(value)} is not a ${whole ? "whole " : ""}number`, `give it one from ${least} to ${most}`);
      return false;
    }
    if (value < least || value > most) {
      this.fail(`${value} is out of range`, `give it one from ${least} to ${most}`);
      return false;
    }
    return true;
  }

  optionalNumber(value: unknown, least: number, most: number, whole = true): void {
    if (value !== undefined && value !== null) this.number(value, least, most, whole);
  }

  list(value: unknown, fewest: number, most: number): value is unknown[] {
    if (!Array.isArray(value)) {
      this.fail(`${shown(value)} is not a list`, `give it a list of ${fewest} to ${most}`);
      return false;
    }
    if (value.length < fewest) this.fail(`has ${value.length} of at least ${fewest}`, "add what is missing");
    if (value.length > most) this.fail(`has ${value.length} of at most ${most}`, `leave ${value.length - most} out`);
    return true;
  }

  /** Whether each item of a list is an object. */
  objects(list: readonly unknown[], hint: string): boolean {
    const wrong = list.findIndex((one) => typeof one !== "object" || one === null);
    if (wrong >= 0) this.at(wrong).fail(`${shown(list[wrong])} is no object`, hint);
    return wrong < 0;
  }

  oneOf(value: unknown, allowed: readonly (string | number)[]): boolean {
    if (allowed.includes(value as string)) return true;
    this.fail(`${shown(value)} is not one that Discord knows`, `use one of ${allowed.join(", ")}`);
    return false;
  }

  throwIfAny(what: string, code?: DefinitionError["code"]): void {
    if (this.problems.length > 0) throw new DefinitionError(what, this.problems, code);
  }
}

/** Discord counts characters, not halves of them. */
export function lengthOf(text: string): number {
  let length = text.length;
  for (let at = 0; at < text.length - 1; at++) {
    if ((text.charCodeAt(at) & 0xfc00) === 0xd800 && (text.charCodeAt(at + 1) & 0xfc00) === 0xdc00) length--;
  }
  return length;
}

export function shown(value: unknown): string {
  if (value === undefined) return "nothing";
  if (typeof value === "function") return "a function";
  if (typeof value === "bigint") return `${value}n`;
  const text = asText(value);
  return text.length > 60 ? text.slice(0, 60) + "…" : text;
}

/** Scripts may give anything, and telling them so must not fail. */
function asText(value: unknown): string {
  try {
    return (
      JSON.stringify(value, (_, inner: unknown) => (typeof inner === "bigint" ? `${inner}n` : inner)) ?? String(value)
    );
  } catch {
    return typeof value;
  }
}
