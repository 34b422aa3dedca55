// What flora's core gives the prelude, for runtimes that have none; and what their own scripts need of their globals.
const native = { Response: globalThis.Response };
{
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
