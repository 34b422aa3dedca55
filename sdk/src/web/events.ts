// Event, CustomEvent, EventTarget, AbortController and AbortSignal.

import { host, setTimer } from "../host";
import { DOMException } from "./exception";

interface EventInit {
  bubbles?: boolean;
  cancelable?: boolean;
  composed?: boolean;
}

let aim: (event: Event, target: unknown) => void;
let isStopped: (event: Event) => boolean;
let setPassive: (event: Event, passive: boolean) => void;

export class Event {
  static readonly NONE = 0;
  static readonly CAPTURING_PHASE = 1;
  static readonly AT_TARGET = 2;
  static readonly BUBBLING_PHASE = 3;

  readonly type: string;
  readonly bubbles: boolean;
  readonly cancelable: boolean;
  readonly composed: boolean;
  readonly timeStamp = Date.now();
  readonly isTrusted = false;
  #target: any = null;
  #prevented = false;
  #stopped = false;
  #passive = false;

  static {
    aim = (event, target) => {
      event.#target = target;
      event.#stopped = false;
    };
    isStopped = (event) => event.#stopped;
    setPassive = (event, passive) => void (event.#passive = passive);
  }

  constructor(type: unknown, init: EventInit = {}) {
    if (arguments.length === 0) throw new TypeError("an Event needs a type");
    this.type = String(type);
    this.bubbles = Boolean(init?.bubbles);
    this.cancelable = Boolean(init?.cancelable);
    this.composed = Boolean(init?.composed);
  }

  get target(): any {
    return this.#target;
  }

  get currentTarget(): any {
    return this.#target;
  }

  get srcElement(): any {
    return this.#target;
  }

  get eventPhase(): number {
    return this.#target === null ? Event.NONE : Event.AT_TARGET;
  }

  get defaultPrevented(): boolean {
    return this.#prevented;
  }

  get returnValue(): boolean {
    return !this.#prevented;
  }

  preventDefault(): void {
    if (this.cancelable && !this.#passive) this.#prevented = true;
  }

  composedPath(): any[] {
    return this.#target === null ? [] : [this.#target];
  }

  stopPropagation(): void {}

  stopImmediatePropagation(): void {
    this.#stopped = true;
  }

  get [Symbol.toStringTag](): string {
    return "Event";
  }
}

export class CustomEvent extends Event {
  readonly detail: any;

  constructor(type: unknown, init: EventInit & { detail?: unknown } = {}) {
    super(type, init);
    this.detail = init?.detail ?? null;
  }
}

interface Listening {
  callback: any;
  capture: boolean;
  once: boolean;
  passive: boolean;
  gone: boolean;
}

export class EventTarget {
  readonly #listeners = new Map<string, Listening[]>();

  addEventListener(type: unknown, callback: any, options: any = false): void {
    const { capture, once, passive, signal } = optionsOf(options);
    if (callback === null || callback === undefined || signal?.aborted) return;
    const name = String(type);
    const listening = this.#listeners.get(name) ?? [];
    if (listening.some((one) => one.callback === callback && one.capture === capture)) return;
    this.#listeners.set(name, [...listening, { callback, capture, once, passive, gone: false }]);
    signal?.addEventListener("abort", () => this.removeEventListener(name, callback, { capture }), { once: true });
  }

  removeEventListener(type: unknown, callback: any, options: any = false): void {
    const { capture } = optionsOf(options);
    const name = String(type);
    const listening = this.#listeners.get(name) ?? [];
    const found = listening.find((one) => one.callback === callback && one.capture === capture);
    if (found === undefined) return;
    found.gone = true;
    this.#listeners.set(name, listening.filter((one) => one !== found));
  }

  dispatchEvent(event: Event): boolean {
    if (!(event instanceof Event)) throw new TypeError("dispatchEvent needs an Event");
    aim(event, this);
    for (const one of this.#listeners.get(event.type) ?? []) {
      if (one.gone) continue;
      if (one.once) this.removeEventListener(event.type, one.callback, { capture: one.capture });
      setPassive(event, one.passive);
      try {
        if (typeof one.callback === "function") one.callback.call(this, event);
        else one.callback.handleEvent(event);
      } catch (error) {
        host.uncaught(error, event.type);
      }
      setPassive(event, false);
      if (isStopped(event)) break;
    }
    return !event.defaultPrevented;
  }

  get [Symbol.toStringTag](): string {
    return "EventTarget";
  }
}

function optionsOf(options: any): { capture: boolean; once: boolean; passive: boolean; signal: AbortSignal | undefined } {
  if (typeof options !== "object" || options === null) return { capture: Boolean(options), once: false, passive: false, signal: undefined };
  return { capture: Boolean(options.capture), once: Boolean(options.once), passive: Boolean(options.passive), signal: options.signal };
}

const own = Symbol("made by a controller");
let abort: (signal: AbortSignal, reason: unknown) => void;

export class AbortSignal extends EventTarget {
  #aborted = false;
  #reason: any;
  #followers: AbortSignal[] = [];
  onabort: ((event: Event) => void) | null = null;

  static {
    abort = (signal, reason) => signal.#abort(reason === undefined ? new DOMException("This operation was aborted", "AbortError") : reason);
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
    const signal = new AbortSignal(own);
    setTimer(() => abort(signal, new DOMException("The operation timed out", "TimeoutError")), Number(ms));
    return signal;
  }

  /** Aborts when one of them does. */
  static any(signals: Iterable<AbortSignal>): AbortSignal {
    const all = [...signals];
    const signal = new AbortSignal(own);
    const aborted = all.find((one) => one.aborted);
    if (aborted) abort(signal, aborted.reason);
    else for (const one of all) one.#followers.push(signal);
    return signal;
  }

  get aborted(): boolean {
    return this.#aborted;
  }

  get reason(): any {
    return this.#reason;
  }

  throwIfAborted(): void {
    if (this.#aborted) throw this.#reason;
  }

  #abort(reason: unknown): void {
    if (this.#aborted) return;
    this.#aborted = true;
    this.#reason = reason;
    const event = new Event("abort");
    if (typeof this.onabort === "function") this.addEventListener("abort", this.onabort, { once: true });
    this.dispatchEvent(event);
    const followers = this.#followers;
    this.#followers = [];
    for (const follower of followers) follower.#abort(reason);
  }

  override get [Symbol.toStringTag](): string {
    return "AbortSignal";
  }
}

export class AbortController {
  readonly signal = new AbortSignal(own);

  abort(reason?: unknown): void {
    abort(this.signal, reason);
  }

  get [Symbol.toStringTag](): string {
    return "AbortController";
  }
}

