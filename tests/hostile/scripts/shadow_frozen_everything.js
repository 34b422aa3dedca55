// outcome: threw
// error: Error: after
on("go", async () => {
  const seen = new Set();
  const freeze = (value) => {
    if (value === null || (typeof value !== "object" && typeof value !== "function") || seen.has(value)) return;
    seen.add(value);
    for (const key of Reflect.ownKeys(value)) {
      const found = Reflect.getOwnPropertyDescriptor(value, key);
      for (const part of [found?.value, found?.get, found?.set]) freeze(part);
    }
    freeze(Reflect.getPrototypeOf(value));
    try {
      Object.freeze(value);
    } catch {}
  };
  freeze(globalThis);
  await op("echo", 1);
  console.log("text");
  throw new Error("after");
});
