// What flora's core gives the prelude, for runtimes that have none; and what their own scripts need of their globals.
const native = { Response: globalThis.Response };
{
  // The SDK reads stacks by flora's engine's getter; elsewhere an error has its stack as a property of its own.
  if (!("stack" in Error.prototype))
    Object.defineProperty(Error.prototype, "stack", { get: () => undefined, set() {}, configurable: true });
  let run;
  globalThis.__host = {
    op: async () => undefined,
    log() {},
    preview: String,
    uncaught() {},
    setDispatcher(dispatcher) {
      run = dispatcher;
    },
    setRegistrations() {},
    registrationsChanged() {},
  };
  globalThis.dispatch = async (name, payload) => {
    await run(name, payload);
    return globalThis.answer;
  };
}
