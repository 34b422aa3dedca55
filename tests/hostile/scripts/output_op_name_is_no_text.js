// outcome: ok
// op: Symbol_x_
on("go", async () => {
  await op(Symbol("x"), 1);
});
