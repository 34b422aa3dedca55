// Which of the known names somebody may have meant.

/** How many letters to change, add or drop to come from one text to the other; stops counting beyond `limit`. */
export function distance(from: string, to: string, limit: number): number {
  if (Math.abs(from.length - to.length) > limit) return limit + 1;
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let i = 1; i <= from.length; i++) {
    const next = [i];
    for (let j = 1; j <= to.length; j++) {
      const change = from[i - 1] === to[j - 1] ? 0 : 1;
      next[j] = Math.min(next[j - 1]! + 1, row[j]! + 1, row[j - 1]! + change);
    }
    row = next;
  }
  return row[to.length]!;
}

const plain = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]/g, "");

/** The nearest of `names`, or undefined when none is near. */
export function nearest(name: string, names: Iterable<string>): string | undefined {
  const asked = plain(name);
  if (asked.length < 3) return undefined;
  const limit = asked.length < 5 ? 0 : Math.min(4, Math.max(1, Math.floor(asked.length / 4)));
  let best: string | undefined, bestDistance = limit + 1, part: string | undefined;
  for (const known of names) {
    const candidate = plain(known);
    const far = distance(asked, candidate, limit);
    if (far < bestDistance) [best, bestDistance] = [known, far];
    if (asked.length >= 6 && (candidate.endsWith(asked) || candidate.startsWith(asked) || `on${candidate}` === asked)) {
      if (part === undefined || known.length < part.length) part = known;
    }
  }
  return best ?? part;
}
