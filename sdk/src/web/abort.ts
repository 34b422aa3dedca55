// AbortController and AbortSignal.

import { setTimer } from "../host";
import { Event, EventTarget, fire, setEnds } from "./events";
import { DOMException } from "./exception";
import { needs } from "./iterate";

const own = Symbol("made by a controller");
let abort: (signal: AbortSignal, reason: unknown) => void;
/** Has a function called when the signal ends, before its listeners; answers how to forget that. */
export let whenAborted: (signal: AbortSignal, run: () => void) => () => void;
/** Takes a signal of several from those that it follows: nobody listens to it any more. */
export let unfollow: (signal: AbortSignal) => void;

export class AbortSignal extends EventTarget {
  #aborted = false;
  #reason: any;
  #handler: any = null;
  #listens = false;
  readonly #steps = new Set<() => void>();
  /** Those made of several that end with this one; never of one that follows others itself. */
  readonly #followers = new Set<AbortSignal>();
  readonly #sources = new Set<AbortSignal>();

  static {
    abort = (signal, reason) => signal.#abort(reason === undefined ? new DOMException("This operation was aborted", "AbortError") : reason);
    whenAborted = (signal, run) => {
      if (!signal.#aborted) signal.#steps.add(run);
      return () => void signal.#steps.delete(run);
    };
    unfollow = (signal) => {
      for (const source of signal.#sources) source.#followers.delete(signal);
    };
    setEnds((signal) => (signal instanceof AbortSignal ? (run) => void whenAborted(signal, run) : undefined));
  }

  constructor(key?: unknown) {
    super();
    if (key !== own) throw new TypeError("an AbortSignal comes from an AbortController");
  }

  static abort(reason?: unknown): AbortSignal {
    const signal = new AbortSignal(own);
    abort(signal, reason);
    return signal;
  }

  /** Aborts after so many milliseconds. */
  static timeout(ms: number): AbortSignal {
    needs(arguments, 1, "AbortSignal.timeout");
    const wait = Math.trunc(Number(ms));
    if (!(wait >= 0 && wait <= Number.MAX_SAFE_INTEGER)) throw new TypeError(`${String(ms)} is no number of milliseconds`);
    const signal = new AbortSignal(own);
    setTimer(() => abort(signal, new DOMException("The operation timed out", "TimeoutError")), wait);
    return signal;
  }

  /** Aborts when one of them does. */
  static any(signals: Iterable<AbortSignal>): AbortSignal {
    needs(arguments, 1, "AbortSignal.any");
    const all = [...signals];
    if (!all.every((one) => one instanceof AbortSignal)) throw new TypeError("AbortSignal.any takes AbortSignals");
    const signal = new AbortSignal(own);
    const aborted = all.find((one) => one.#aborted);
    if (aborted === undefined) for (const one of all) signal.#follow(one);
    else [signal.#aborted, signal.#reason] = [true, aborted.#reason];
    return signal;
  }

  #follow(other: AbortSignal): void {
    for (const source of other.#sources.size > 0 ? other.#sources : [other]) {
      this.#sources.add(source);
      source.#followers.add(this);
    }
  }

  get aborted(): boolean {
    return this.#aborted;
  }

  get reason(): any {
    return this.#reason;
  }

  get onabort(): any {
    return this.#handler;
  }

  /** Its place among the listeners is where it was set first. */
  set onabort(handler: unknown) {
    this.#handler = typeof handler === "function" || (typeof handler === "object" && handler !== null) ? handler : null;
    if (this.#listens || this.#handler === null) return;
    this.#listens = true;
    this.addEventListener("abort", (event: Event) => {
      if (typeof this.#handler === "function") this.#handler.call(this, event);
    });
  }

  throwIfAborted(): void {
    if (this.#aborted) throw this.#reason;
  }

  /** All that end with it have ended before anybody is told. */
  #abort(reason: unknown): void {
    if (this.#aborted) return;
    const ending = [this as AbortSignal, ...this.#followers].filter((one) => !one.#aborted);
    for (const one of ending) [one.#aborted, one.#reason] = [true, reason];
    for (const one of ending) one.#end();
  }

  #end(): void {
    const steps = [...this.#steps];
    this.#steps.clear();
    this.#followers.clear();
    for (const run of steps) run();
    fire(this, new Event("abort"));
  }
}

export class AbortController {
  readonly #signal = new AbortSignal(own);

  get signal(): AbortSignal {
    return this.#signal;
  }

  abort(reason?: unknown): void {
    abort(this.#signal, reason);
  }
}
