// outcome: threw
// error: TypeError: the name of an operation
on("go", async () => {
  await op(Symbol("x"), 1);
});
