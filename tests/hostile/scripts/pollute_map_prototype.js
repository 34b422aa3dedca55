// outcome: threw
// error: Error: after
on("go", async () => {
  for (const name of Reflect.ownKeys(Map.prototype)) {
    Object.defineProperty(Map.prototype, name, { value: () => { throw new Error("polluted"); } });
  }
  const iterator = Object.getPrototypeOf(new Set().values());
  iterator.next = () => { for (;;); };
  await op("echo", 1);
  clearTimeout(setTimeout(() => undefined, 1));
  throw new Error("after");
});
