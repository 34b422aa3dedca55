// outcome: ok
for (const name of ["on", "op", "console", "setTimeout", "queueMicrotask"]) {
  Object.defineProperty(globalThis, name, { value: globalThis[name], writable: false, configurable: false });
}
Object.freeze(globalThis);
on("go", () => undefined);
