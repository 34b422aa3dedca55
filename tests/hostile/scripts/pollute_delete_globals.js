// outcome: threw
// error: after
on("go", async () => {
  const thrown = new Error("after");
  const echo = op;
  const own = Reflect.ownKeys;
  const remove = Reflect.deleteProperty;
  const all = own(globalThis);
  for (let index = 0; index < all.length; index++) remove(globalThis, all[index]);
  await echo("echo", 1);
  throw thrown;
});
