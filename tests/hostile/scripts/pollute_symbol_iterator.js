// outcome: threw
// error: Error: after
on("go", async () => {
  Array.prototype[Symbol.iterator] = () => { for (;;); };
  String.prototype[Symbol.iterator] = Array.prototype[Symbol.iterator];
  const iterator = Object.getPrototypeOf([].values());
  if (iterator) iterator.next = () => { for (;;); };
  await op("echo", 1);
  setTimeout(() => undefined, 1, 2, 3);
  throw new Error("after");
});
