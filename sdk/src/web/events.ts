// Event, CustomEvent and EventTarget. There is no tree here: an event has one target, and neither captures nor bubbles.

import { host } from "../host";
import { DOMException } from "./exception";
import { needs } from "./iterate";
import { performance } from "./timing";

interface EventInit {
  bubbles?: boolean;
  cancelable?: boolean;
  composed?: boolean;
}

/** How far an event is, which only its target changes. */
interface Way {
  target: any;
  current: any;
  dispatching: boolean;
  stopped: boolean;
  passive: boolean;
  trusted: boolean;
}

let wayOf: (event: Event) => Way;

export class Event {
  static readonly NONE = 0;
  static readonly CAPTURING_PHASE = 1;
  static readonly AT_TARGET = 2;
  static readonly BUBBLING_PHASE = 3;

  readonly #type: string;
  readonly #init: EventInit;
  readonly #timeStamp = performance.now();
  readonly #way: Way = { target: null, current: null, dispatching: false, stopped: false, passive: false, trusted: false };
  #prevented = false;
  #propagates = true;

  static {
    wayOf = (event) => event.#way;
  }

  constructor(type: unknown, init: EventInit = {}) {
    needs(arguments, 1, "an Event");
    this.#type = `${type as string}`;
    this.#init = { bubbles: Boolean(init?.bubbles), cancelable: Boolean(init?.cancelable), composed: Boolean(init?.composed) };
  }

  get type(): string {
    return this.#type;
  }

  get bubbles(): boolean {
    return this.#init.bubbles!;
  }

  get cancelable(): boolean {
    return this.#init.cancelable!;
  }

  get composed(): boolean {
    return this.#init.composed!;
  }

  get timeStamp(): number {
    return this.#timeStamp;
  }

  get isTrusted(): boolean {
    return this.#way.trusted;
  }

  get target(): any {
    return this.#way.target;
  }

  get srcElement(): any {
    return this.#way.target;
  }

  get currentTarget(): any {
    return this.#way.current;
  }

  get eventPhase(): number {
    return this.#way.dispatching ? Event.AT_TARGET : Event.NONE;
  }

  get defaultPrevented(): boolean {
    return this.#prevented;
  }

  get returnValue(): boolean {
    return !this.#prevented;
  }

  set returnValue(value: unknown) {
    if (!value) this.preventDefault();
  }

  get cancelBubble(): boolean {
    return !this.#propagates;
  }

  set cancelBubble(value: unknown) {
    if (value) this.stopPropagation();
  }

  preventDefault(): void {
    if (this.cancelable && !this.#way.passive) this.#prevented = true;
  }

  composedPath(): any[] {
    return this.#way.current === null ? [] : [this.#way.current];
  }

  stopPropagation(): void {
    this.#propagates = false;
  }

  stopImmediatePropagation(): void {
    this.#propagates = false;
    this.#way.stopped = true;
  }
}

export class CustomEvent extends Event {
  readonly #detail: any;

  constructor(type: unknown, init: EventInit & { detail?: unknown } = {}) {
    needs(arguments, 1, "a CustomEvent");
    super(type, init);
    this.#detail = init?.detail ?? null;
  }

  get detail(): any {
    return this.#detail;
  }
}

interface Listening {
  callback: any;
  capture: boolean;
  once: boolean;
  passive: boolean;
  gone: boolean;
}

/** What a signal offers to whoever must hear of its end whatever a script's listeners do. */
export interface Ending {
  readonly aborted: boolean;
}

let endsOf: (signal: unknown) => ((run: () => void) => void) | undefined = () => undefined;

/** AbortSignal, which is an EventTarget, tells here how one hears of its end. */
export function setEnds(ends: typeof endsOf): void {
  endsOf = ends;
}

/** Dispatches an event of the platform's own. */
export let fire: (target: EventTarget, event: Event) => void;

export class EventTarget {
  readonly #listeners = new Map<string, readonly Listening[]>();

  addEventListener(type: unknown, callback: any, options: any = false): void {
    needs(arguments, 2, "addEventListener");
    const { capture, once, passive, signal } = optionsOf(options);
    if (callback !== null && callback !== undefined && typeof callback !== "function" && typeof callback !== "object") {
      throw new TypeError("a listener is a function, or an object with handleEvent");
    }
    if (callback === null || callback === undefined || signal?.aborted) return;
    const name = `${type as string}`;
    const listening = this.#listeners.get(name) ?? [];
    if (listening.some((one) => one.callback === callback && one.capture === capture)) return;
    this.#listeners.set(name, [...listening, { callback, capture, once, passive, gone: false }]);
    endsOf(signal)?.(() => this.removeEventListener(name, callback, { capture }));
  }

  removeEventListener(type: unknown, callback: any, options: any = false): void {
    needs(arguments, 2, "removeEventListener");
    const capture = Boolean(typeof options === "object" && options !== null ? options.capture : options);
    const name = `${type as string}`;
    const listening = this.#listeners.get(name) ?? [];
    const found = listening.find((one) => one.callback === callback && one.capture === capture);
    if (found === undefined) return;
    found.gone = true;
    this.#listeners.set(name, listening.filter((one) => one !== found));
  }

  dispatchEvent(event: Event): boolean {
    if (!(event instanceof Event)) throw new TypeError("dispatchEvent needs an Event");
    if (wayOf(event).dispatching) throw new DOMException("the event is being dispatched already", "InvalidStateError");
    return send(this, event, this.#listeners.get(event.type) ?? [], false);
  }

  static {
    fire = (target, event) => void send(target, event, target.#listeners.get(event.type) ?? [], true);
  }
}

function send(target: EventTarget, event: Event, listening: readonly Listening[], trusted: boolean): boolean {
  const way = wayOf(event);
  Object.assign(way, { target, current: target, dispatching: true, trusted });
  for (const one of listening) {
    if (one.gone) continue;
    if (one.once) target.removeEventListener(event.type, one.callback, { capture: one.capture });
    way.passive = one.passive;
    try {
      call(one.callback, target, event);
    } catch (error) {
      host.uncaught(error, event.type);
    }
    way.passive = false;
    if (way.stopped) break;
  }
  Object.assign(way, { current: null, dispatching: false, stopped: false });
  return !event.defaultPrevented;
}

function call(callback: any, target: EventTarget, event: Event): void {
  if (typeof callback === "function") return void callback.call(target, event);
  const { handleEvent } = callback;
  if (typeof handleEvent !== "function") throw new TypeError("a listener has no handleEvent function");
  handleEvent.call(callback, event);
}

function optionsOf(options: any): { capture: boolean; once: boolean; passive: boolean; signal: Ending | undefined } {
  if (typeof options !== "object" || options === null) return { capture: Boolean(options), once: false, passive: false, signal: undefined };
  const { capture, once, passive, signal } = options;
  if (signal !== undefined && endsOf(signal) === undefined) throw new TypeError("the signal of a listener is an AbortSignal");
  return { capture: Boolean(capture), once: Boolean(once), passive: Boolean(passive), signal };
}
