// outcome: threw
// error: Error: after
on("go", async () => {
  const { ownKeys, set } = Reflect;
  for (const holder of [JSON, Math, Object, Number, Reflect]) {
    for (const name of ownKeys(holder)) set(holder, name, () => { for (;;); });
  }
  await op("echo", { a: 1 });
  console.log({ a: 1 });
  setTimeout(() => undefined, 1);
  throw new Error("after");
});
