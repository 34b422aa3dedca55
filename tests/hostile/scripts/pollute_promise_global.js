// outcome: threw
// error: Error: after
on("go", async () => {
  globalThis.Promise = class { constructor() { for (;;); } };
  await op("echo", 1);
  throw new Error("after");
});
