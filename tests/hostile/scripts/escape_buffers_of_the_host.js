// outcome: ok
// No typed array of the host's lies anywhere: whoever wrote into it would write the daemon's records.
on("go", () => {
  const seen = new Set();
  const walk = (value) => {
    if (value === null || (typeof value !== "object" && typeof value !== "function") || seen.has(value)) return;
    seen.add(value);
    if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) throw new Error("reached: a buffer");
    for (const key of Reflect.ownKeys(value)) {
      const found = Reflect.getOwnPropertyDescriptor(value, key);
      for (const part of [found?.value, found?.get, found?.set]) walk(part);
    }
    walk(Reflect.getPrototypeOf(value));
  };
  walk(globalThis);
});
