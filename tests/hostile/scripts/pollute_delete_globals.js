// outcome: threw
// error: after
on("go", async () => {
  const thrown = new Error("after");
  const echo = op;
  const own = Reflect.ownKeys;
  const remove = Reflect.deleteProperty;
  const everything = globalThis;
  const all = own(everything);
  for (let index = 0; index < all.length; index++) remove(everything, all[index]);
  await echo("echo", 1);
  throw thrown;
});
