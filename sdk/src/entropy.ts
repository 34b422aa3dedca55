// Unpredictable bytes, of this isolate alone. A zygote has no seed: what is drawn there would be drawn by all its children.

import { host } from "./host";

const BLOCK = 64;
const KEY = 32;
const ROUNDS = 10;
const CONSTANTS = [0x61707865, 0x3320646e, 0x79622d32, 0x6b206574] as const; // "expand 32-byte k"

let key: Uint32Array | undefined;
const pool = new Uint8Array(8 * BLOCK);
let left = 0;

function seeded(): Uint32Array {
  const seed = host.entropy?.() ?? "";
  if (seed.length !== 2 * KEY) throw new Error("there is no randomness before a script is loaded");
  const words = new Uint32Array(KEY / 4);
  for (let index = 0; index < words.length; index++) words[index] = parseInt(seed.slice(8 * index, 8 * index + 8), 16);
  return words;
}

/** ChaCha20's block function (RFC 8439, section 2.3), with a nonce of zero: a key is used for one refill only. */
function block(words: Uint32Array, counter: number, out: Uint8Array, at: number): void {
  const start = new Uint32Array(16);
  start.set(CONSTANTS, 0);
  start.set(words, 4);
  start[12] = counter;
  const state = start.slice();
  const quarter = (a: number, b: number, c: number, d: number): void => {
    const mix = (to: number, by: number, onto: number, turn: number): void => {
      state[to] = state[to]! + state[by]!;
      const mixed = state[onto]! ^ state[to]!;
      state[onto] = (mixed << turn) | (mixed >>> (32 - turn));
    };
    mix(a, b, d, 16);
    mix(c, d, b, 12);
    mix(a, b, d, 8);
    mix(c, d, b, 7);
  };
  for (let round = 0; round < ROUNDS; round++) {
    for (let column = 0; column < 4; column++) quarter(column, column + 4, column + 8, column + 12);
    quarter(0, 5, 10, 15);
    quarter(1, 6, 11, 12);
    quarter(2, 7, 8, 13);
    quarter(3, 4, 9, 14);
  }
  const view = new DataView(out.buffer, out.byteOffset);
  for (let index = 0; index < 16; index++) view.setUint32(at + 4 * index, state[index]! + start[index]!, true);
}

/** New bytes, the first of which become the next key: who learns this state learns nothing of what was given before. */
function refill(): void {
  key ??= seeded();
  for (let index = 0; index < pool.length / BLOCK; index++) block(key, index, pool, index * BLOCK);
  key = new Uint32Array(pool.buffer.slice(0, KEY));
  pool.fill(0, 0, KEY);
  left = pool.length - KEY;
}

export function fillRandom(bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length; ) {
    if (left === 0) refill();
    const from = pool.length - left;
    const count = Math.min(left, bytes.length - at);
    bytes.set(pool.subarray(from, from + count), at);
    pool.fill(0, from, from + count);
    left -= count;
    at += count;
  }
}
