// Custom ids with places in them: `vote:{poll}:{choice}` takes `vote:12:yes` apart; a `*` at the end takes all the rest.

export interface Pattern {
  text: string;
  test: RegExp;
  /** A pattern without places, which is compared as it stands. */
  plain: boolean;
}

const PLACE = /\{(\w+)\}|\*/g;

export function patternOf(pattern: string | RegExp): Pattern {
  if (pattern instanceof RegExp) return { text: String(pattern), test: new RegExp(pattern, pattern.flags.replace(/[gy]/g, "")), plain: false };
  if (typeof pattern !== "string" || pattern === "") throw new TypeError("a custom id is a text or a regular expression");
  const names = new Set<string>();
  let source = "", kept = 0, rest = 0;
  for (const found of pattern.matchAll(PLACE)) {
    checkPlace(pattern, found[1], names);
    source += RegExpEscape(pattern.slice(kept, found.index));
    source += found[0] === "*" ? `(?<rest${rest++ || ""}>.*)` : `(?<${found[1]}>[^:]+)`;
    kept = found.index + found[0].length;
  }
  if (kept === 0 && source === "") return { text: pattern, test: /$^/, plain: true };
  return { text: pattern, test: new RegExp(`^${source}${RegExpEscape(pattern.slice(kept))}$`, "s"), plain: false };
}

function checkPlace(pattern: string, name: string | undefined, names: Set<string>): void {
  if (name === undefined) return;
  if (/^\d/.test(name)) throw new TypeError(`"${pattern}": the name of a place begins with a letter, and "{${name}}" does not`);
  if (names.has(name)) throw new TypeError(`"${pattern}" has two places "{${name}}": give each a name of its own`);
  names.add(name);
}

const RegExpEscape = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

/** What stands in the places, or undefined when the id is another's. */
export function matchPattern(pattern: Pattern, id: string): Record<string, string> | undefined {
  if (pattern.plain) return pattern.text === id ? {} : undefined;
  const found = pattern.test.exec(id);
  return found === null ? undefined : { ...found.groups };
}
