// The JavaScript half of an isolate's child: dispatches, ops, timers and errors. child.py is the other half.
//
// Rules
// 1. Nothing that a script can reach is called by name: every intrinsic is captured here, before any script runs,
//    and what is written to or read back has no prototype. A script that rewrites a prototype harms only itself.
// 2. No value crosses to Python. Text comes in by the mailbox, text goes out as bytes in a shared buffer,
//    numbers live in `control`; child.py calls functions without arguments.
// 3. `step` does one thing (a record, a timer), then its promise jobs are run and what all that took is measured. So it
//    goes on until there is nothing to do or child.py is needed: a call from there costs as much as a small handler.
//    What a step and its jobs cost is charged to `current`, the dispatch that the step belongs to.
// 4. While `control[BUSY]` is set, no interruption comes: what is written in two places is written in both.
// 5. Before JavaScript of a script runs, `control[DEADLINE]` says until when, and an alarm is set no later.
(() => {
  "use strict";

  const { apply } = Reflect;
  const { parse, stringify } = JSON;
  const { freeze, setPrototypeOf, defineProperty, getOwnPropertyDescriptor } = Object;
  const { floor, max, min } = Math;
  const StringOf = String;
  const TypeErrorHere = TypeError;
  const RangeErrorHere = RangeError;
  const ErrorHere = Error;
  const MapHere = Map;
  const PromiseHere = Promise;
  const uncurry = ((bind, call) => (method) => apply(bind, call, [method]))(
    Function.prototype.bind,
    Function.prototype.call,
  );
  // What the engine does not compile into its callers is a call of C++ through two others, were it uncurried: five times
  // as slow as this, whose list is never made.
  const { indexOf: indexOfIn, substring: substringOf } = String.prototype;
  const indexOf = (text, part, from) => apply(indexOfIn, text, [part, from]);
  const substring = (text, from, to) => apply(substringOf, text, [from, to]);
  const charCodeAt = uncurry(String.prototype.charCodeAt);
  const codePointAt = uncurry(String.prototype.codePointAt);
  const join = uncurry(Array.prototype.join);
  const mapGet = uncurry(Map.prototype.get);
  const mapSet = uncurry(Map.prototype.set);
  const mapDelete = uncurry(Map.prototype.delete);
  const mapValues = uncurry(Map.prototype.values);
  const mapSize = uncurry(getOwnPropertyDescriptor(Map.prototype, "size").get);
  const iteratorNext = uncurry(new Map().values().next);
  const then = uncurry(Promise.prototype.then);
  const stackOf = uncurry(getOwnPropertyDescriptor(Error.prototype, "stack").get);

  const list = () => setPrototypeOf([], null);
  const hidden = (object, key, value) =>
    defineProperty(object, key, { __proto__: null, value, writable: true, configurable: true });

  const mailbox = globalThis.__mailbox;
  delete globalThis.__mailbox;
  const runJobs = globalThis.__runJobs; // and note, in `control`, when it is then
  const readClocks = globalThis.__readClocks; // note that and what this thread has computed
  const readPromise = globalThis.__readPromise; // note what has become of an object that may be a promise
  delete globalThis.__runJobs;
  delete globalThis.__readClocks;
  delete globalThis.__readPromise;
  const rejected = setPrototypeOf(mailbox[1], null);
  setPrototypeOf(mailbox, null);

  // What child.py and we tell each other in numbers; child.py names them in the same order.
  const NOW = 0, DEADLINE = 1, ALARM_AT = 2, WANT_ALARM = 3, CURRENT = 4, CPU = 5, STOPPED = 6, OUT_OF_MEMORY = 7,
    OUT_LENGTH = 8, OUT_MORE = 9, NEXT_TIMER = 10, REJECTIONS = 11, REJECTIONS_LOST = 12, LOAD_DEADLINE = 13, BUSY = 14,
    STEPS = 15, THREAD_NS = 16, MONOTONIC_NS = 17, CHARGED_NS = 18, PROMISE = 19;
  const FULFILLED = 1;
  const STOPPED_BY = freeze({ __proto__: null, 1: "cpu", 2: "cancelled", 3: "memory" });

  let control, out, outSize, limits;
  const ops = new MapHere(); // id -> what waits for an answer
  let nextOp = 1;
  let inbox = "", cursor = 0;
  let dispatcher = () => undefined;
  let registrations = () => ({});

  class Dispatch {
    constructor(id, deadline) {
      this.id = id;
      this.deadline = deadline;
      this.cpu = 0;
      this.output = 0;
      this.logs = 0;
      this.logsLost = 0;
      this.over = false;
      this.answered = false; // its handlers have, and nothing was left to wait for
      this.failing = false; // its error is being described, for which memory may not suffice
      this.outcome = "";
      this.error = undefined;
      this.outOfMemory = false;
      this.older = this.newer = this; // what else is not over
    }
  }
  setPrototypeOf(Dispatch.prototype, null);
  const open = new Dispatch(-1, Infinity); // the end of a ring of all that are not over: a map would cost each event more
  const ambient = new Dispatch(0, Infinity); // work that belongs to no dispatch, or outlives its own
  let current; // the dispatch that this step belongs to

  const owner = () => (current === undefined || current.over ? ambient : current);
  const deadlineOf = (dispatch) => (dispatch.deadline === Infinity ? control[NOW] + limits.backgroundMs : dispatch.deadline);

  // -- records out ---------------------------------------------------------------------------------------------

  let lines = list(), lineCount = 0;
  const emit = (line) => {
    lines[lineCount] = line; // counted only once it is there: this may run out of memory
    lineCount++;
  };

  // Copies what was emitted into the shared buffer, as far as it fits; child.py sends it and asks again.
  let pending = "", pendingAt = 0;
  const flush = () => {
    if (pendingAt >= pending.length) takeLines();
    const room = outSize - 4, end = pending.length;
    let at = pendingAt, length = 0;
    while (at < end && length < room) {
      const code = charCodeAt(pending, at++);
      if (code < 0x80) out[length++] = code;
      else {
        const point = codePointAt(pending, at - 1);
        if (point > 0xffff) at++;
        length = encode(point, length);
      }
    }
    pendingAt = at;
    control[OUT_LENGTH] = length;
    control[OUT_MORE] = at < end ? 1 : 0;
  };

  const takeLines = () => {
    pendingAt = 0;
    pending = "";
    if (lineCount === 0) return;
    lines.length = lineCount;
    pending = join(lines, "\n") + "\n";
    lines.length = lineCount = 0;
  };

  const encode = (point, at) => {
    if (point >= 0xd800 && point < 0xe000) point = 0xfffd; // half a character
    if (point < 0x800) out[at++] = 0xc0 | (point >> 6);
    else {
      if (point < 0x10000) out[at++] = 0xe0 | (point >> 12);
      else {
        out[at++] = 0xf0 | (point >> 18);
        out[at++] = 0x80 | ((point >> 12) & 0x3f);
      }
      out[at++] = 0x80 | ((point >> 6) & 0x3f);
    }
    out[at++] = 0x80 | (point & 0x3f);
    return at;
  };

  // -- errors --------------------------------------------------------------------------------------------------

  const clip = (text, limit) => (text.length > limit ? substring(text, 0, limit) + "…" : text);

  // JSON tells half a character as \udXXX, which is no text to anybody but JavaScript.
  const withoutHalves = (json) => {
    let at = indexOf(json, "\\ud");
    if (at < 0) return json;
    let clean = "", kept = 0;
    for (at = indexOf(json, "\\"); at >= 0; at = indexOf(json, "\\", at)) {
      const isHalf = charCodeAt(json, at + 1) === 117 && charCodeAt(json, at + 2) === 100 && charCodeAt(json, at + 3) > 55;
      if (isHalf) {
        clean += substring(json, kept, at) + "\ufffd";
        kept = at + 6;
      }
      at += 2;
    }
    return clean + substring(json, kept);
  };

  const quote = (value) => withoutHalves(stringify(value));

  const attempt = (read, fallback) => {
    try {
      return read();
    } catch {
      return fallback;
    }
  };

  // Whatever a script throws becomes plain text here, and nothing that it throws can make this fail.
  const describe = (thrown) => {
    const stack = attempt(() => stackOf(thrown), undefined);
    if (typeof stack !== "string") return { __proto__: null, name: "", message: clip(preview(thrown), 1000), stack: list() };
    const described = {
      __proto__: null,
      name: clip(attempt(() => StringOf(thrown.name), "Error"), 200),
      message: clip(attempt(() => StringOf(thrown.message), ""), 4000),
      stack: frames(stack),
    };
    const code = attempt(() => thrown.code, undefined);
    if (typeof code === "string") described.code = clip(code, 200);
    const operation = attempt(() => thrown.operation, undefined);
    if (typeof operation === "string") described.operation = clip(operation, 200);
    const cause = attempt(() => thrown.cause, undefined);
    if (cause !== undefined) described.cause = clip(attempt(() => StringOf(cause), "?"), 1000);
    return described;
  };

  const preview = (value) => {
    const kind = typeof value;
    if (kind === "string") return value;
    if (value === null || kind === "undefined" || kind === "number" || kind === "boolean") return StringOf(value);
    if (kind === "bigint") return StringOf(value) + "n";
    if (kind === "symbol") return attempt(() => StringOf(value), "Symbol()");
    if (kind === "function") return "[function]";
    const json = attempt(() => stringify(value), undefined);
    return typeof json === "string" ? json : "[object that cannot be shown]";
  };

  // The engine writes "name@file:line:column" lines; frames of the house itself are left out.
  const frames = (stack) => {
    const found = list();
    let start = 0, count = 0;
    while (start < stack.length && count < 30) {
      let end = indexOf(stack, "\n", start);
      if (end < 0) end = stack.length;
      const frame = parseFrame(substring(stack, start, end));
      if (frame !== undefined) found[count++] = frame;
      start = end + 1;
    }
    return found;
  };

  const parseFrame = (line) => {
    const columnAt = lastIndexOf(line, 58, line.length);
    const lineAt = lastIndexOf(line, 58, columnAt);
    const nameEnd = lastIndexOf(line, 64, lineAt);
    if (nameEnd < 0) return undefined;
    const file = substring(line, nameEnd + 1, lineAt);
    if (indexOf(file, "flora:") === 0) return undefined;
    return {
      __proto__: null,
      function: clip(substring(line, 0, nameEnd), 200),
      file: clip(file, 200),
      line: +substring(line, lineAt + 1, columnAt),
      column: +substring(line, columnAt + 1),
    };
  };

  const lastIndexOf = (text, code, before) => {
    let at = before - 1;
    while (at >= 0 && charCodeAt(text, at) !== code) at--;
    return at;
  };

  class TimeoutError extends ErrorHere {}
  class OperationError extends ErrorHere {}
  hidden(TimeoutError.prototype, "name", "TimeoutError");
  hidden(OperationError.prototype, "name", "OperationError");

  const operationError = (details) => {
    const error = new OperationError(StringOf(details.message));
    const carry = (key) => {
      if (details[key] !== undefined) hidden(error, key, details[key]);
    };
    carry("code");
    carry("status");
    carry("retryAfter");
    carry("route");
    carry("details");
    carry("discordCode");
    carry("errors");
    carry("field");
    carry("limit");
    return error;
  };

  const refusal = (code, message) => operationError({ __proto__: null, code, message });

  // -- dispatches ----------------------------------------------------------------------------------------------

  // Rule 5. False: child.py must set an earlier alarm first, and will call `step` again for the same thing.
  const begin = (dispatch, deadline) => {
    if (deadline < control[ALARM_AT]) {
      control[WANT_ALARM] = deadline;
      return false;
    }
    current = dispatch;
    control[CURRENT] = dispatch.id;
    control[DEADLINE] = deadline;
    return true;
  };

  const finished = list();
  let finishedCount = 0;
  const finish = (dispatch, outcome, error) => {
    if (dispatch.over) return;
    finished[finishedCount] = dispatch; // first what may run out of memory
    finishedCount++;
    dispatch.over = true;
    dispatch.outcome = outcome;
    dispatch.error = error;
    dispatch.older.newer = dispatch.newer;
    dispatch.newer.older = dispatch.older;
    dispatch.older = dispatch.newer = dispatch; // a timer may hold it for long, and must not hold those who came after
  };

  const enter = (dispatch) => {
    dispatch.older = open.older;
    dispatch.newer = open;
    open.older = open.older.newer = dispatch;
  };

  const findOpen = (id) => {
    let dispatch = open.older;
    while (dispatch !== open && dispatch.id !== id) dispatch = dispatch.older;
    return dispatch === open ? undefined : dispatch;
  };

  // Done records wait until the cost of the step that ended them is known. Of those that ended well one after another,
  // which are nearly all, one record tells. What was told is not told again, should memory end in between.
  let reported = 0;
  const reportFinished = () => {
    while (reported < finishedCount) {
      const end = endOfWell(reported);
      if (end - reported > 1) reportWell(reported, end);
      else reportDone(finished[reported]);
      reported = max(end, reported + 1);
    }
    finished.length = finishedCount = reported = 0;
  };

  const endOfWell = (from) => {
    const most = min(finishedCount, from + 128), first = finished[from].id;
    let end = from;
    while (end < most && endedWell(finished[end]) && finished[end].id === first + end - from) end++;
    return end;
  };

  const endedWell = (dispatch) => dispatch.outcome === "ok" && !dispatch.outOfMemory && dispatch.logsLost === 0;

  const reportWell = (from, to) => {
    let line = `W\t${finished[from].id}\t${floor(finished[from].cpu / 1000)}`;
    for (let index = from + 1; index < to; index++) line += `,${floor(finished[index].cpu / 1000)}`;
    emit(line);
  };

  const reportDone = (dispatch) => {
    reportLostLogs(dispatch);
    const memory = dispatch.outOfMemory ? 1 : 0;
    const error = dispatch.error === undefined ? "" : quote(dispatch.error);
    emit(`D\t${dispatch.id}\t${dispatch.outcome}\t${floor(dispatch.cpu / 1000)}\t${memory}\t${error}`);
  };

  const fail = (dispatch, error) => {
    dispatch.failing = true;
    const memory = dispatch.outOfMemory || (control[OUT_OF_MEMORY] !== 0 && error === "out of memory");
    finish(dispatch, memory ? "memory" : "threw", describe(error));
  };

  // Most handlers have done all they do when they answer, and the engine can say so. To hear it from their promise takes a
  // microsecond, which is for those that wait for something, or have failed. (Its `then` would be as cheap, had a script
  // no way to make that run for ever, by the constructor's species.)
  const attend = (dispatch, run, event, payload) => {
    let result;
    try {
      result = run(event, payload);
    } catch (error) {
      fail(dispatch, error);
      return;
    }
    if (isThere(result)) dispatch.answered = true;
    else awaitEnd(dispatch, result);
  };

  const isThere = (result) => {
    const kind = typeof result;
    if (kind !== "object" || result === null) return kind !== "function"; // which may have a `then`
    readPromise(result);
    return control[PROMISE] === FULFILLED;
  };

  const awaitEnd = async (dispatch, result) => {
    try {
      await result;
      finish(dispatch, "ok", undefined);
    } catch (error) {
      fail(dispatch, error);
    }
  };

  const runEvent = (dispatch, name, payload) => {
    enter(dispatch);
    let message;
    try {
      message = parse(payload);
    } catch (error) {
      finish(dispatch, "bad_payload", describe(error));
      return;
    }
    attend(dispatch, dispatcher, name, message);
  };

  const eachOp = (visit) => {
    const values = mapValues(ops);
    for (let step = iteratorNext(values); !step.done; step = iteratorNext(values)) visit(step.value);
  };

  const waitedFor = (op) => {
    const tenths = floor((control[NOW] - op.since) / 100);
    const seconds = `${floor(tenths / 10)}.${tenths % 10}`;
    return { __proto__: null, name: "TimeoutError", message: `${seconds} s waiting for ${op.name}`, stack: list() };
  };

  const abandon = (dispatch, reason) => {
    const doomed = list();
    let count = 0;
    eachOp((op) => {
      if (op.dispatch === dispatch) doomed[count++] = op;
    });
    finish(dispatch, dispatch.outOfMemory ? "memory" : reason, count === 0 ? undefined : waitedFor(doomed[0]));
    const why = reason === "cancelled" ? "was cancelled" : "ran out of time";
    for (let index = 0; index < count; index++) {
      mapDelete(ops, doomed[index].id);
      doomed[index].reject(new TimeoutError(`${doomed[index].name} was given up: its dispatch ${why}`));
    }
  };

  // -- ops and logs --------------------------------------------------------------------------------------------

  const isName = (name) => {
    if (typeof name !== "string" || name.length === 0 || name.length > 100) return false;
    for (let index = 0; index < name.length; index++) {
      const code = charCodeAt(name, index);
      if (code <= 0x20 || code >= 0x7f) return false;
    }
    return true;
  };

  const op = (name, args) =>
    new PromiseHere((resolve, reject) => {
      if (!isName(name)) throw new TypeErrorHere("the name of an operation is 1 to 100 visible characters");
      if (mapSize(ops) >= limits.pendingOps) {
        throw refusal("TOO_MANY_OPS", `more than ${limits.pendingOps} operations wait for an answer`);
      }
      const written = args === undefined ? "null" : stringify(args);
      if (typeof written !== "string") throw new TypeErrorHere(`the arguments of ${name} are not JSON`);
      const text = withoutHalves(written);
      const dispatch = owner();
      dispatch.output += text.length;
      if (dispatch.output > limits.outputChars) {
        throw refusal("OUTPUT_LIMIT", `one dispatch may send ${limits.outputChars} characters`);
      }
      const id = nextOp++;
      const waiting = { __proto__: null, id, name, dispatch, since: control[NOW], resolve, reject };
      const line = `O\t${id}\t${dispatch.id}\t${name}\t${text}`;
      control[BUSY] = 1;
      try {
        mapSet(ops, id, waiting);
        emit(line);
      } finally {
        control[BUSY] = 0;
      }
    });

  const settle = (waiting, succeeded, text) => {
    mapDelete(ops, waiting.id);
    if (succeeded) waiting.resolve(text === "" ? undefined : parse(text));
    else {
      const error = operationError(parse(text));
      hidden(error, "operation", waiting.name);
      waiting.reject(error);
    }
  };

  let logsThisSecond = 0, logSecond = -1;
  const mayLog = (dispatch) => {
    const second = floor(control[NOW] / 1000);
    if (second !== logSecond) {
      logSecond = second;
      logsThisSecond = 0;
    }
    if (dispatch.logs >= limits.logLines || logsThisSecond >= limits.logLinesPerSecond) {
      dispatch.logsLost++;
      return false;
    }
    dispatch.logs++;
    logsThisSecond++;
    return true;
  };

  const log = (level, text) => {
    const dispatch = owner();
    if (mayLog(dispatch)) emit(`C\t${dispatch.id}\t${level}\t${quote(clip(text, limits.logLineChars))}`);
  };

  const reportLostLogs = (dispatch) => {
    if (dispatch.logsLost === 0) return;
    emit(`C\t${dispatch.id}\twarn\t${stringify(`${dispatch.logsLost} more lines were dropped`)}`);
    dispatch.logsLost = 0;
  };

  const uncaught = (error, where) => {
    const dispatch = owner();
    if (mayLog(dispatch)) emit(`X\t${dispatch.id}\t${where}\t${quote(describe(error))}`);
  };

  // -- timers: a binary heap ordered by due time, then by age ---------------------------------------------------

  const timers = new MapHere(); // id -> timer
  const heap = list();
  let heapSize = 0, clearedTimers = 0, nextTimer = 1, timersLeft = 0, restUntil = 0, ambientCpuBefore = 0;
  let ambientSince = 0; // what belongs to no dispatch is limited by the second

  const sooner = (a, b) => a.due < b.due || (a.due === b.due && a.id < b.id);

  const heapPush = (timer) => {
    heap[heapSize] = timer; // first what may run out of memory
    let at = heapSize++;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!sooner(timer, heap[parent])) break;
      heap[at] = heap[parent];
      at = parent;
    }
    heap[at] = timer;
  };

  const heapPop = () => {
    const top = heap[0], last = heap[--heapSize];
    heap[heapSize] = undefined;
    if (heapSize === 0) return top;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= heapSize) break;
      if (child + 1 < heapSize && sooner(heap[child + 1], heap[child])) child++;
      if (!sooner(heap[child], last)) break;
      heap[at] = heap[child];
      at = child;
    }
    heap[at] = last;
    return top;
  };

  const addTimer = (callback, delay, args, repeats) => {
    if (typeof callback !== "function") throw new TypeErrorHere("a timer needs a function");
    if (mapSize(timers) >= limits.timers) throw new RangeErrorHere(`a script may have ${limits.timers} timers`);
    const wanted = +delay;
    const wait = wanted > limits.timerMs ? wanted : limits.timerMs;
    const timer = {
      __proto__: null,
      id: nextTimer++,
      due: control[NOW] + wait,
      every: repeats ? wait : 0,
      dispatch: owner(),
      live: true,
      callback,
      args,
    };
    control[BUSY] = 1;
    try {
      if (clearedTimers > 64 && clearedTimers > heapSize / 2) compactHeap();
      mapSet(timers, timer.id, timer);
      heapPush(timer);
    } finally {
      control[BUSY] = 0;
    }
    return timer.id;
  };

  const clearTimer = (id) => {
    const timer = mapGet(timers, +id);
    if (timer !== undefined) forgetTimer(timer);
  };

  const forgetTimer = (timer) => {
    mapDelete(timers, timer.id);
    timer.live = false;
    timer.callback = timer.args = undefined; // the heap keeps the timer for a while, but not what it holds
    clearedTimers++;
  };

  const dropClearedTimers = () => {
    while (heapSize > 0 && !heap[0].live) {
      heapPop();
      clearedTimers--;
    }
  };

  // Timers that were cleared long before they are due would gather in the heap.
  const compactHeap = () => {
    const before = heapSize;
    heapSize = clearedTimers = 0;
    for (let index = 0; index < before; index++) {
      const timer = heap[index];
      if (timer.live) heapPush(timer);
    }
    heap.length = heapSize;
  };

  const fireTimer = () => {
    const dispatch = heap[0].dispatch.over ? ambient : heap[0].dispatch;
    if (!begin(dispatch, deadlineOf(dispatch))) return;
    control[BUSY] = 1;
    const timer = heapPop();
    const { callback, args } = timer;
    if (timer.every > 0) {
      timer.due = max(timer.due + timer.every, control[NOW]);
      timer.dispatch = dispatch;
      heapPush(timer);
    } else {
      forgetTimer(timer);
      clearedTimers--; // it has left the heap
    }
    timersLeft--;
    control[BUSY] = 0;
    try {
      apply(callback, undefined, args);
    } catch (error) {
      uncaught(error, "timer");
    }
  };

  // Background work may take a quarter of a core: after work comes a rest three times as long.
  const scheduleTimers = () => {
    const spent = (ambient.cpu - ambientCpuBefore) / 1e6;
    ambientCpuBefore = ambient.cpu;
    if (spent > 1) restUntil = max(restUntil, control[NOW] + 3 * spent);
    dropClearedTimers();
    control[NEXT_TIMER] = heapSize > 0 ? max(heap[0].due, restUntil) : Infinity;
  };

  // How long until a timer is due, in milliseconds, and the same made shorter for all of them: a test's time passes so.
  const untilTimer = () => {
    dropClearedTimers();
    return heapSize > 0 ? max(0, max(heap[0].due, restUntil) - control[NOW]) : Infinity;
  };
  const skipTime = (ms) => {
    for (let index = 0; index < heapSize; index++) heap[index].due -= ms;
    restUntil -= ms;
  };

  // The daemon must know whether a script is at work although no event is: it lets idle ones sleep.
  let timersTold = false;
  const tellTimers = () => {
    const pending = mapSize(timers) > 0;
    if (pending === timersTold) return;
    timersTold = pending;
    emit(pending ? "T\t1" : "T\t0");
  };

  // What was registered after the bundle had loaded.
  let loaded = false, registrationsChanged = false;
  const tellRegistrations = () => {
    if (!registrationsChanged || !loaded) return;
    registrationsChanged = false;
    const listing = attempt(() => stringify(registrations()), undefined);
    if (typeof listing === "string") emit(`R\t${withoutHalves(listing)}`);
  };

  // -- what child.py calls -------------------------------------------------------------------------------------

  const connect = (controlBytes, outBytes) => {
    control = new Float64Array(controlBytes.buffer);
    out = outBytes;
    outSize = outBytes.length; // now, since a script may replace the getter
  };

  const configure = () => {
    limits = freeze(parse(mailbox[0]));
    mailbox[0] = "";
  };

  // Charges the step before to its dispatch.
  const account = () => {
    if (current === undefined) return;
    const dispatch = current;
    current = undefined;
    control[CURRENT] = -1;
    control[DEADLINE] = Infinity;
    dispatch.cpu += control[CPU];
    control[CPU] = 0;
    if (control[OUT_OF_MEMORY] !== 0) {
      control[OUT_OF_MEMORY] = 0;
      dispatch.outOfMemory = true;
      if (dispatch === ambient) emit("B\tmemory");
    }
    const stopped = control[STOPPED];
    if (stopped === 0) {
      if (dispatch.failing && dispatch.outOfMemory) finish(dispatch, "memory", undefined);
      else if (dispatch.answered) finish(dispatch, "ok", undefined);
      return;
    }
    control[STOPPED] = 0;
    if (dispatch === ambient) {
      const why = stopped === 3 ? "ran out of memory" : "did not yield and was interrupted";
      uncaught(new ErrorHere(`background work ${why}`), "background");
      if (stopped === 1) emit("B\tcpu");
    }
    else finish(dispatch, dispatch.outOfMemory ? "memory" : STOPPED_BY[stopped], undefined);
  };

  // Each record is looked at, and taken only when `begin` agrees.
  const record = () => {
    const kind = charCodeAt(inbox, cursor);
    const start = cursor + 2;
    let end = indexOf(inbox, "\n", start);
    if (kind === 69) eventRecord(start, end);
    else if (kind === 83) settleRecord(start, end);
    else if (kind === 65) abandonRecord(start, end);
    else {
      cursor = end + 1;
      if (kind === 80) emit(`P\t${substring(inbox, start, end)}`);
    }
  };

  // E id deadline name payload
  const eventRecord = (start, end) => {
    const idEnd = indexOf(inbox, "\t", start);
    const deadlineEnd = indexOf(inbox, "\t", idEnd + 1);
    const nameEnd = indexOf(inbox, "\t", deadlineEnd + 1);
    const dispatch = new Dispatch(+substring(inbox, start, idEnd), +substring(inbox, idEnd + 1, deadlineEnd));
    if (!begin(dispatch, dispatch.deadline)) return;
    cursor = end + 1;
    runEvent(dispatch, substring(inbox, deadlineEnd + 1, nameEnd), substring(inbox, nameEnd + 1, end));
  };

  // S id succeeded answer
  const settleRecord = (start, end) => {
    const idEnd = indexOf(inbox, "\t", start);
    const waiting = mapGet(ops, +substring(inbox, start, idEnd));
    if (waiting !== undefined) {
      const dispatch = waiting.dispatch.over ? ambient : waiting.dispatch;
      if (!begin(dispatch, deadlineOf(dispatch))) return;
    }
    cursor = end + 1;
    if (waiting !== undefined) settle(waiting, charCodeAt(inbox, idEnd + 1) === 49, substring(inbox, idEnd + 3, end));
  };

  // A id reason
  const abandonRecord = (start, end) => {
    const idEnd = indexOf(inbox, "\t", start);
    const dispatch = findOpen(+substring(inbox, start, idEnd));
    if (dispatch !== undefined && !begin(dispatch, control[NOW] + limits.graceMs / 2)) return;
    control[CURRENT] = -1; // the daemon's wish to end it is being granted: it must not end this
    cursor = end + 1;
    if (dispatch !== undefined) abandon(dispatch, substring(inbox, idEnd + 1, end));
  };

  let turning = false;
  const beginTurn = () => {
    inbox = mailbox[0];
    mailbox[0] = "";
    cursor = 0;
    timersLeft = limits.timersPerTurn;
    turning = true;
  };

  // Does one thing and says whether there was one. False ends the turn, with the output in place, unless there are
  // rejections to look at first.
  const step = () => {
    if (!turning) beginTurn();
    account();
    if (cursor < inbox.length) {
      record();
      return true;
    }
    dropClearedTimers();
    if (timersLeft > 0 && heapSize > 0 && max(heap[0].due, restUntil) <= control[NOW]) {
      fireTimer();
      return true;
    }
    if (control[REJECTIONS] === 0) endTurn();
    return false;
  };

  // One step after another, each with its jobs. True when child.py has something to do before the next.
  const steps = () => {
    let readAt = control[MONOTONIC_NS], before = readAt;
    while (step()) {
      runJobs();
      control[STEPS]++;
      if (control[STOPPED] !== 0 || control[OUT_OF_MEMORY] !== 0 || control[WANT_ALARM] !== 0) return true;
      if (control[MONOTONIC_NS] - readAt > TRUSTED_NS) readAt = chargeByThread();
      else chargeByWatch(control[MONOTONIC_NS] - before);
      before = control[MONOTONIC_NS];
      control[NOW] = before / 1e6;
    }
    return false;
  };

  // What a step has cost. To ask the kernel what this thread has computed takes as long as a small handler, and looking
  // at the watch hardly anything. So the watch is believed for a moment: were somebody else at work in between, more
  // would have passed. Then the kernel is asked, and the sum is right again.
  const TRUSTED_NS = 100_000;
  const chargeByWatch = (ns) => {
    control[CPU] = ns;
    control[CHARGED_NS] += ns;
  };
  const chargeByThread = () => {
    const before = control[THREAD_NS] + control[CHARGED_NS];
    readClocks();
    control[CPU] = max(0, control[THREAD_NS] - before);
    control[CHARGED_NS] = 0;
    return control[MONOTONIC_NS];
  };

  // The promises that child.py found still unhandled at the end of a turn.
  const reportRejections = () => {
    const count = control[REJECTIONS];
    control[REJECTIONS] = 0;
    begin(ambient, control[ALARM_AT]);
    for (let index = 0; index < count; index++) then(rejected[index], undefined, (reason) => uncaught(reason, "promise"));
    rejected.length = 0;
    const lost = control[REJECTIONS_LOST];
    control[REJECTIONS_LOST] = 0;
    if (lost > 0) log("warn", `${lost} more promises were rejected with nobody listening`);
  };

  const endTurn = () => {
    account();
    inbox = "";
    cursor = timersLeft = 0;
    reportFinished();
    if (control[NOW] - ambientSince >= 1000) {
      ambientSince = control[NOW];
      reportLostLogs(ambient);
      ambient.logs = ambient.output = 0;
    }
    ambient.outOfMemory = false;
    scheduleTimers();
    tellTimers();
    tellRegistrations();
    flush();
    turning = false;
  };

  let entropy = "";
  const load = (main) => {
    entropy = mailbox[0];
    mailbox[0] = "";
    const dispatch = new Dispatch(0, control[LOAD_DEADLINE]);
    enter(dispatch);
    begin(dispatch, dispatch.deadline);
    attend(dispatch, async () => {
      await main();
      const listing = stringify(registrations());
      if (typeof listing !== "string") throw new TypeErrorHere("what the bundle registered is not JSON");
      emit(`R\t${withoutHalves(listing)}`);
      loaded = true;
      registrationsChanged = false;
    });
  };

  globalThis.__core = freeze({ connect, configure, steps, reportRejections, endTurn, flush, load });

  // What the prelude takes, and deletes, before any script runs.
  globalThis.__host = freeze({
    op,
    log,
    preview,
    uncaught,
    setDispatcher: (run) => {
      dispatcher = run;
    },
    setRegistrations: (collect) => {
      registrations = collect;
    },
    // Call it when they change: the daemon is told at the end of the turn.
    registrationsChanged: () => {
      registrationsChanged = true;
    },
    // Where the script is that called whoever asks; undefined when nothing of it did.
    caller: () => frames(stackOf(new ErrorHere()))[0],
    // Once: what is made of it is the prelude's to keep.
    entropy: () => {
      const seed = entropy;
      entropy = "";
      return seed;
    },
    untilTimer,
    skipTime,
  });

  hidden(globalThis, "setTimeout", function setTimeout(callback, delay, ...args) {
    return addTimer(callback, delay, args, false);
  });
  hidden(globalThis, "setInterval", function setInterval(callback, delay, ...args) {
    return addTimer(callback, delay, args, true);
  });
  hidden(globalThis, "clearTimeout", function clearTimeout(id) {
    clearTimer(id);
  });
  hidden(globalThis, "clearInterval", function clearInterval(id) {
    clearTimer(id);
  });
  hidden(globalThis, "queueMicrotask", function queueMicrotask(callback) {
    if (typeof callback !== "function") throw new TypeErrorHere("queueMicrotask needs a function");
    (async () => {
      await undefined;
      try {
        callback();
      } catch (error) {
        uncaught(error, "microtask");
      }
    })();
  });

  // Out of reach of scripts: a debugger sees every closure, and WebAssembly crashes in a forked process.
  delete globalThis.WebAssembly;
  for (const name of Reflect.ownKeys(globalThis.debuggerGlobal ?? {})) Reflect.deleteProperty(globalThis.debuggerGlobal, name);
})();
