// AbortController, AbortSignal and the events under them, by the DOM Standard (2 and 3).
const later = () => new Promise((resolve) => setTimeout(resolve, 20));

test("abort is told at once, and once", () => {
  const controller = new AbortController(), { signal } = controller, said = [];
  equal([signal.aborted, signal.reason], [false, undefined]);
  signal.addEventListener("abort", () => said.push("listener"));
  signal.onabort = () => said.push("handler");
  controller.abort();
  equal([said, signal.aborted], [["listener", "handler"], true]);
  controller.abort("again");
  equal([said.length, signal.reason.name], [2, "AbortError"]);
});
test("a controller has one signal", () => {
  const controller = new AbortController();
  const { signal } = controller;
  controller.abort();
  equal(controller.signal === signal, true);
});
test("who comes late hears nothing", () => {
  const controller = new AbortController(), said = [];
  controller.abort();
  controller.signal.onabort = () => said.push(1);
  controller.signal.addEventListener("abort", () => said.push(2));
  equal(said, []);
});
test("the event is the platform's own", () => {
  const controller = new AbortController(), { signal } = controller;
  let event;
  signal.onabort = (given) => {
    event = given;
    equal([given.currentTarget === signal, given.eventPhase, given.composedPath().length], [true, Event.AT_TARGET, 1]);
  };
  controller.abort();
  equal([event.type, event.bubbles, event.cancelable, event.isTrusted, event.target === signal], ["abort", false, false, true, true]);
  equal([event.currentTarget, event.eventPhase, event.composedPath()], [null, 0, []]);
});
test("reasons are kept as they are", () => {
  for (const reason of ["text", null, 0, false]) {
    const controller = new AbortController();
    controller.abort(reason);
    equal(controller.signal.reason, reason);
    equal(AbortSignal.abort(reason).reason, reason);
  }
  const signal = AbortSignal.abort();
  equal([signal.aborted, signal.reason instanceof DOMException, signal.reason.name, signal.reason.code], [true, true, "AbortError", 20]);
  equal(signal.reason === signal.reason, true);
});
test("throwIfAborted throws the reason itself", () => {
  const reason = { my: "reason" };
  try {
    AbortSignal.abort(reason).throwIfAborted();
    equal("nothing was thrown", "");
  } catch (error) {
    equal(error === reason, true);
  }
  equal(new AbortController().signal.throwIfAborted(), undefined);
});
test("an aborted signal never fires", async () => {
  const signal = AbortSignal.abort(), said = [];
  signal.onabort = () => said.push(1);
  await later();
  equal(said, []);
});
test("signals are made by nobody else", () => throws(TypeError, () => new AbortSignal()));
test("only their own kind is theirs", () => {
  const read = (of, name) => Object.getOwnPropertyDescriptor(of.prototype, name).get;
  for (const other of [null, undefined, 0, NaN, true, "AbortSignal", Object.create(AbortSignal.prototype), Object.create(AbortController.prototype)]) {
    throws(TypeError, () => read(AbortController, "signal").call(other));
    throws(TypeError, () => AbortController.prototype.abort.call(other));
    for (const name of ["aborted", "reason", "onabort"]) throws(TypeError, () => read(AbortSignal, name).call(other), name);
  }
});
test("onabort is a function or nothing, and holds its place", () => {
  const controller = new AbortController(), { signal } = controller, said = [];
  equal(signal.onabort, null);
  signal.onabort = 5;
  equal(signal.onabort, null);
  signal.onabort = () => said.push("first");
  signal.addEventListener("abort", () => said.push("listener"));
  const second = () => said.push("second");
  signal.onabort = second;
  equal(signal.onabort === second, true);
  controller.abort();
  equal(said, ["second", "listener"]);
});
test("onabort that was taken away is not called", () => {
  const controller = new AbortController(), said = [];
  controller.signal.onabort = () => said.push(1);
  controller.signal.onabort = null;
  controller.abort();
  equal(said, []);
});

test("timeout ends by itself, in order", async () => {
  const said = [];
  for (const value of [1, 2, 3]) AbortSignal.timeout(1).onabort = () => said.push(value);
  const signal = AbortSignal.timeout(1);
  equal(signal.aborted, false);
  await new Promise((resolve) => signal.addEventListener("abort", resolve));
  equal([said, signal.reason.name, signal.reason.code], [[1, 2, 3], "TimeoutError", 23]);
});
for (const wrong of [-1, NaN, Infinity, 2 ** 53, "soon", undefined]) {
  test(`timeout of ${wrong}`, () => throws(TypeError, () => AbortSignal.timeout(wrong)));
}
test("timeout needs a number", () => throws(TypeError, () => AbortSignal.timeout()));

const any = (...signals) => AbortSignal.any(signals);
test("any of none never ends", () => equal(any().aborted, false));
test("any needs signals", () => {
  throws(TypeError, () => AbortSignal.any());
  throws(TypeError, () => AbortSignal.any(5));
  throws(TypeError, () => any({}));
  throws(TypeError, () => any(new EventTarget()));
});
test("any of one follows it", () => {
  const controller = new AbortController(), signal = any(controller.signal);
  equal([signal === controller.signal, signal.reason], [false, undefined]);
  let target;
  signal.onabort = (event) => (target = event.target);
  controller.abort("why");
  equal([signal.aborted, signal.reason, target === signal], [true, "why", true]);
});
for (const which of [0, 1, 2]) {
  test(`any of three follows the one that is number ${which}`, () => {
    const controllers = [new AbortController(), new AbortController(), new AbortController()];
    const signal = any(...controllers.map((one) => one.signal));
    let count = 0;
    signal.onabort = () => count++;
    controllers[which].abort();
    controllers[(which + 1) % 3].abort();
    equal([count, signal.reason === controllers[which].signal.reason], [1, true]);
  });
}
test("any of some that have ended has the first's reason", () => {
  const open = new AbortController().signal;
  equal(any(open, AbortSignal.abort("one"), AbortSignal.abort("two")).reason, "one");
});
test("any of the same twice", () => {
  const controller = new AbortController(), signal = any(controller.signal, controller.signal), said = [];
  signal.onabort = () => said.push(1);
  controller.abort("x");
  equal([said, signal.reason], [[1], "x"]);
});
test("any of any, however deep", () => {
  const controller = new AbortController();
  let signal = any(controller.signal);
  for (let depth = 0; depth < 5; depth++) signal = any(signal, new AbortController().signal);
  controller.abort("deep");
  equal(signal.reason, "deep");
});
test("any of a timeout", async () => {
  const signal = any(new AbortController().signal, AbortSignal.timeout(1));
  await new Promise((resolve) => (signal.onabort = resolve));
  equal(signal.reason.name, "TimeoutError");
});
test("all have ended before anybody is told, and are told in the order in which they were made", () => {
  const controller = new AbortController(), said = [];
  const signals = [controller.signal, any(controller.signal), any(controller.signal)];
  signals.push(any(signals[0]), any(signals[1]));
  signals.forEach((signal, index) => signal.addEventListener("abort", () => said.push(index, signals.every((one) => one.aborted))));
  controller.abort();
  equal(said, [0, true, 1, true, 2, true, 3, true, 4, true]);
});
test("an abort within a listener changes nothing", () => {
  const controller = new AbortController(), other = new AbortController(), signal = any(controller.signal, other.signal);
  let count = 0;
  signal.addEventListener("abort", () => count++);
  controller.signal.addEventListener("abort", () => other.abort("second"), { once: true });
  controller.abort("first");
  equal([count, signal.reason], [1, "first"]);
});

test("a listener's signal takes it away", () => {
  const controller = new AbortController(), target = new EventTarget(), said = [];
  target.addEventListener("x", () => said.push(1), { signal: controller.signal });
  target.addEventListener("x", () => said.push("late"), { signal: AbortSignal.abort() });
  target.dispatchEvent(new Event("x"));
  controller.abort();
  target.dispatchEvent(new Event("x"));
  equal(said, [1]);
});
test("a listener's signal works from within, and whatever other listeners do", () => {
  const controller = new AbortController(), target = new EventTarget(), said = [];
  controller.signal.addEventListener("abort", (event) => event.stopImmediatePropagation());
  target.addEventListener("x", () => controller.abort());
  target.addEventListener("x", () => said.push(1), { signal: controller.signal });
  target.dispatchEvent(new Event("x"));
  equal(said, []);
});
test("a listener's signal is one", () => {
  for (const wrong of [null, {}, 5]) throws(TypeError, () => new EventTarget().addEventListener("x", () => {}, { signal: wrong }));
});
test("listeners are functions or have handleEvent", () => {
  const target = new EventTarget(), said = [];
  for (const wrong of [5, "x", true]) throws(TypeError, () => target.addEventListener("x", wrong));
  target.addEventListener("x", null);
  const object = { handleEvent() { said.push(this === object); } };
  target.addEventListener("x", object);
  target.addEventListener("x", function () { said.push(this === target); });
  target.dispatchEvent(new Event("x"));
  equal(said, [true, true]);
});
test("one that comes during a dispatch waits for the next, one that goes is not called", () => {
  const target = new EventTarget(), said = [];
  const gone = () => said.push("gone");
  target.addEventListener("x", () => {
    said.push("first");
    target.addEventListener("x", () => said.push("new"), { once: true });
    target.removeEventListener("x", gone);
  }, { once: true });
  target.addEventListener("x", gone);
  target.dispatchEvent(new Event("x"));
  equal(said, ["first"]);
  target.dispatchEvent(new Event("x"));
  equal(said, ["first", "new"]);
});
test("capture tells two listeners apart, other options do not", () => {
  const target = new EventTarget();
  let count = 0;
  const listener = () => count++;
  for (const options of [undefined, false, { capture: false }, { once: true }, true, { capture: true }]) target.addEventListener("x", listener, options);
  target.dispatchEvent(new Event("x"));
  equal(count, 2);
});
test("passive listeners prevent nothing, nor does what cannot be cancelled", () => {
  const target = new EventTarget(), event = new Event("x", { cancelable: true });
  const prevent = (given) => given.preventDefault();
  target.addEventListener("x", prevent, { passive: true });
  equal([target.dispatchEvent(event), event.defaultPrevented], [true, false]);
  target.addEventListener("x", (given) => given.preventDefault());
  equal([target.dispatchEvent(event), event.defaultPrevented, event.returnValue], [false, true, false]);
  equal(target.dispatchEvent(new Event("x")), true);
});
test("an event is dispatched once at a time, and may be again", () => {
  const target = new EventTarget(), event = new Event("x"), said = [];
  target.addEventListener("x", () => {
    try {
      target.dispatchEvent(event);
    } catch (error) {
      said.push(error.name);
    }
  });
  target.dispatchEvent(event);
  target.dispatchEvent(event);
  equal(said, ["InvalidStateError", "InvalidStateError"]);
  equal([event.isTrusted, event.cancelBubble], [false, false]);
  event.stopPropagation();
  equal(event.cancelBubble, true);
});
test("events as Web IDL has them", () => {
  throws(TypeError, () => new Event());
  throws(TypeError, () => new EventTarget().dispatchEvent({ type: "x" }));
  const event = new CustomEvent("a", { detail: { b: 1 }, bubbles: 1 });
  equal([event.type, event.detail, event.bubbles, event.composed, event.target, String(event)], ["a", { b: 1 }, true, false, null, "[object CustomEvent]"]);
  equal([new CustomEvent("x").detail, typeof event.timeStamp, Event.AT_TARGET, "type" in Event.prototype], [null, "number", 2, true]);
  equal([String(new AbortController()), String(AbortSignal.abort()), Object.keys(AbortController.prototype)], ["[object AbortController]", "[object AbortSignal]", ["signal", "abort"]]);
  class Mine extends EventTarget {}
  equal(new Mine().dispatchEvent(new Event("x")), true);
});
