// outcome: ok
// after: keeps
globalThis.console = null;
globalThis.setTimeout = null;
globalThis.op = null;
const register = on;
globalThis.on = null;
register("go", () => undefined);
globalThis.on = register;
