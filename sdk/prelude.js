// What every script finds in its isolate, evaluated once in the zygote. The house's core gives it `__host`.
(() => {
  "use strict";
  const host = globalThis.__host;
  delete globalThis.__host;

  const handlers = new Map(); // event -> functions
  const get = Function.prototype.call.bind(Map.prototype.get);
  const set = Function.prototype.call.bind(Map.prototype.set);
  const keysOf = Function.prototype.call.bind(Map.prototype.keys);
  const from = Array.from;

  const show = (values) => {
    let text = "";
    for (let index = 0; index < values.length; index++) text += (index > 0 ? " " : "") + host.preview(values[index]);
    return text;
  };

  const define = (name, value) =>
    Object.defineProperty(globalThis, name, { value, writable: true, configurable: true, enumerable: true });

  define("on", (event, handler) => {
    if (typeof event !== "string" || event === "") throw new TypeError("on() needs the name of an event");
    if (typeof handler !== "function") throw new TypeError(`on("${event}") needs a function`);
    const known = get(handlers, event);
    if (known === undefined) set(handlers, event, [handler]);
    else known[known.length] = handler;
  });

  define("op", (name, args) => host.op(name, args));

  define("console", {
    debug: (...values) => host.log("debug", show(values)),
    log: (...values) => host.log("info", show(values)),
    info: (...values) => host.log("info", show(values)),
    warn: (...values) => host.log("warn", show(values)),
    error: (...values) => host.log("error", show(values)),
  });

  // Every handler runs, in the order of registration; the first error is the dispatch's.
  host.setDispatcher((event, message) => {
    const listening = get(handlers, event);
    if (listening === undefined) return undefined;
    if (listening.length === 1) return listening[0]({ event, msg: message });
    return (async () => {
      let failed = false, failure;
      for (let index = 0; index < listening.length; index++) {
        try {
          await listening[index]({ event, msg: message });
        } catch (error) {
          if (failed) host.uncaught(error, event);
          else [failed, failure] = [true, error];
        }
      }
      if (failed) throw failure;
    })();
  });
  host.setRegistrations(() => ({ events: from(keysOf(handlers)) }));
})();
