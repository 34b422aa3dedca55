// The decoders of the Encoding Standard for UTF-8, UTF-16 and what has one byte a character, which take bytes as they come.

import type { TextGatherer } from "../text";

export interface Decoding {
  decode(bytes: Uint8Array, out: TextGatherer): void;
  /** The input is over. */
  end(out: TextGatherer): void;
}

/** The UTF-8 decoder of the Encoding Standard (section 8.1.1): one replacement for each maximal part of a character. */
export class Utf8Decoding implements Decoding {
  #point = 0;
  #needed = 0;
  #lower = 0x80;
  #upper = 0xbf;
  readonly #fail: (out: TextGatherer) => void;

  constructor(fail: (out: TextGatherer) => void) {
    this.#fail = fail;
  }

  decode(bytes: Uint8Array, out: TextGatherer): void {
    for (let index = 0; index < bytes.length; index++) {
      const byte = bytes[index]!;
      if (this.#needed === 0) {
        if (byte < 0x80) out.add(byte);
        else this.#begin(byte, out);
      } else if (byte < this.#lower || byte > this.#upper) {
        this.#reset();
        this.#fail(out);
        index--; // it may begin another
      } else {
        this.#lower = 0x80;
        this.#upper = 0xbf;
        this.#point = (this.#point << 6) | (byte & 0x3f);
        if (--this.#needed === 0) out.addPoint(this.#point);
      }
    }
  }

  #begin(byte: number, out: TextGatherer): void {
    if (byte >= 0xc2 && byte <= 0xdf) this.#expect(1, byte & 0x1f);
    else if (byte >= 0xe0 && byte <= 0xef) {
      if (byte === 0xe0) this.#lower = 0xa0;
      if (byte === 0xed) this.#upper = 0x9f;
      this.#expect(2, byte & 0xf);
    } else if (byte >= 0xf0 && byte <= 0xf4) {
      if (byte === 0xf0) this.#lower = 0x90;
      if (byte === 0xf4) this.#upper = 0x8f;
      this.#expect(3, byte & 7);
    } else this.#fail(out);
  }

  #expect(needed: number, point: number): void {
    this.#needed = needed;
    this.#point = point;
  }

  #reset(): void {
    this.#needed = 0;
    this.#lower = 0x80;
    this.#upper = 0xbf;
  }

  end(out: TextGatherer): void {
    if (this.#needed === 0) return;
    this.#reset();
    this.#fail(out);
  }
}

export class Utf16Decoding implements Decoding {
  #byte: number | undefined;
  #high: number | undefined;

  constructor(readonly bigEndian: boolean, readonly fail: (out: TextGatherer) => void) {}

  decode(bytes: Uint8Array, out: TextGatherer): void {
    for (const byte of bytes) {
      if (this.#byte === undefined) {
        this.#byte = byte;
        continue;
      }
      const unit = this.bigEndian ? (this.#byte << 8) | byte : (byte << 8) | this.#byte;
      this.#byte = undefined;
      this.#take(unit, out);
    }
  }

  #take(unit: number, out: TextGatherer): void {
    const isLow = unit >= 0xdc00 && unit <= 0xdfff;
    if (this.#high !== undefined) {
      const high = this.#high;
      this.#high = undefined;
      if (isLow) {
        out.add(high);
        return out.add(unit);
      }
      this.fail(out);
    }
    if (isLow) this.fail(out);
    else if (unit >= 0xd800 && unit <= 0xdbff) this.#high = unit;
    else out.add(unit);
  }

  end(out: TextGatherer): void {
    if (this.#byte !== undefined || this.#high !== undefined) this.fail(out);
    this.#byte = this.#high = undefined;
  }
}

/** One character for each byte: the first half is ASCII, and each encoding has the other as it likes. */
export class SingleByteDecoding implements Decoding {
  constructor(readonly characters: string, readonly fail: (out: TextGatherer) => void) {}

  decode(bytes: Uint8Array, out: TextGatherer): void {
    for (const byte of bytes) {
      const unit = byte < 0x80 ? byte : this.characters.charCodeAt(byte - 0x80);
      if (unit === 0xfffd) this.fail(out);
      else out.add(unit);
    }
  }

  end(): void {}
}
