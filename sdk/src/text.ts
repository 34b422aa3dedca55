// UTF-8 and back, for whoever needs it before the web platform's own classes.

const fromCharCode = String.fromCharCode;
const CHUNK = 8192;

/** Half a character becomes U+FFFD. */
export function utf8(text: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(utf8Length(text));
  let at = 0;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code < 0x80) bytes[at++] = code;
    else at = writePoint(bytes, at, pointAt(text, index, code), () => index++);
  }
  return bytes;
}

export function utf8Length(text: string): number {
  let length = text.length;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code < 0x80) continue;
    const point = pointAt(text, index, code);
    length += point < 0x800 ? 1 : 2;
    if (point > 0xffff) index++; // two units, four bytes
  }
  return length;
}

export function pointAt(text: string, index: number, code: number): number {
  if (code < 0xd800 || code > 0xdfff) return code;
  const next = text.charCodeAt(index + 1);
  return code < 0xdc00 && next >= 0xdc00 && next <= 0xdfff ? text.codePointAt(index)! : 0xfffd;
}

export function writePoint(bytes: Uint8Array, at: number, point: number, second: () => void): number {
  if (point < 0x800) bytes[at++] = 0xc0 | (point >> 6);
  else {
    if (point < 0x10000) bytes[at++] = 0xe0 | (point >> 12);
    else {
      second();
      bytes[at++] = 0xf0 | (point >> 18);
      bytes[at++] = 0x80 | ((point >> 12) & 0x3f);
    }
    bytes[at++] = 0x80 | ((point >> 6) & 0x3f);
  }
  bytes[at++] = 0x80 | (point & 0x3f);
  return at;
}

/** Units of text gathered in chunks, for adding them one by one is slow. */
export class TextGatherer {
  text = "";
  #units: number[] = [];

  add(unit: number): void {
    this.#units.push(unit);
    if (this.#units.length >= CHUNK) this.#flush();
  }

  addPoint(point: number): void {
    if (point < 0x10000) return this.add(point);
    this.add(0xd7c0 + (point >> 10));
    this.add(0xdc00 | (point & 0x3ff));
  }

  take(): string {
    this.#flush();
    const { text } = this;
    this.text = "";
    return text;
  }

  #flush(): void {
    this.text += fromCharCode.apply(undefined, this.#units);
    this.#units = [];
  }
}
