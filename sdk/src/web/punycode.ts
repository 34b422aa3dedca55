// Punycode: text of every script in letters of ASCII (RFC 3492).

const BASE = 36, LEAST = 1, MOST = 26, SKEW = 38, DAMP = 700, BIAS = 72, FIRST = 128;

function adapt(delta: number, count: number, first: boolean): number {
  let rest = first ? Math.floor(delta / DAMP) : delta >> 1;
  rest += Math.floor(rest / count);
  let k = 0;
  for (; rest > ((BASE - LEAST) * MOST) >> 1; k += BASE) rest = Math.floor(rest / (BASE - LEAST));
  return k + Math.floor(((BASE - LEAST + 1) * rest) / (rest + SKEW));
}

const threshold = (k: number, bias: number): number => Math.min(MOST, Math.max(LEAST, k - bias));
const digit = (value: number): string => String.fromCharCode(value < 26 ? value + 97 : value + 22);

export function encode(label: string): string {
  const points = Array.from(label, (letter) => letter.codePointAt(0)!);
  const basic = points.filter((point) => point < FIRST);
  let output = String.fromCharCode(...basic) + (basic.length > 0 ? "-" : "");
  let at = FIRST, delta = 0, bias = BIAS, done = basic.length;
  while (done < points.length) {
    const next = Math.min(...points.filter((point) => point >= at));
    delta += (next - at) * (done + 1);
    at = next;
    for (const point of points) {
      if (point < at) delta++;
      if (point !== at) continue;
      let rest = delta;
      for (let k = BASE; ; k += BASE) {
        const limit = threshold(k, bias);
        if (rest < limit) break;
        output += digit(limit + ((rest - limit) % (BASE - limit)));
        rest = Math.floor((rest - limit) / (BASE - limit));
      }
      output += digit(rest);
      bias = adapt(delta, done + 1, done === basic.length);
      delta = 0;
      done++;
    }
    delta++;
    at++;
  }
  return output;
}

export function decode(text: string): string | undefined {
  const split = text.lastIndexOf("-");
  const points = Array.from(split > 0 ? text.slice(0, split) : "", (letter) => letter.codePointAt(0)!);
  let at = FIRST, index = 0, bias = BIAS;
  for (let position = split > 0 ? split + 1 : 0; position < text.length; ) {
    const before = index;
    let weight = 1;
    for (let k = BASE; ; k += BASE) {
      if (position >= text.length) return undefined;
      const code = text.charCodeAt(position++);
      const value = code >= 97 && code <= 122 ? code - 97 : code >= 48 && code <= 57 ? code - 22 : BASE;
      if (value >= BASE) return undefined;
      index += value * weight;
      const limit = threshold(k, bias);
      if (value < limit) break;
      weight *= BASE - limit;
    }
    bias = adapt(index - before, points.length + 1, before === 0);
    at += Math.floor(index / (points.length + 1));
    index %= points.length + 1;
    if (at > 0x10ffff || index < 0) return undefined;
    points.splice(index++, 0, at);
  }
  return String.fromCodePoint(...points);
}
