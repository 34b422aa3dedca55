// outcome: ok
// The host never makes a view of its own buffers through what a script could replace.
on("go", async () => {
  for (const type of [Uint8Array, Float64Array, ArrayBuffer]) {
    for (const name of Reflect.ownKeys(type.prototype)) {
      const found = Reflect.getOwnPropertyDescriptor(type.prototype, name);
      if (typeof found.value === "function" && name !== "constructor") type.prototype[name] = () => { throw new Error("reached"); };
    }
  }
  const base = Object.getPrototypeOf(Uint8Array.prototype);
  Object.defineProperty(base, "length", { get() { throw new Error("reached"); } });
  Object.defineProperty(base, "buffer", { get() { throw new Error("reached"); } });
  Object.defineProperty(base, "0", { set() { throw new Error("reached"); }, configurable: true });
  await op("echo", "text");
});
