// outcome: threw
// error: Error: one
on("go", () => {
  const one = new Error("one");
  one.cause = new Error("two", { cause: one });
  throw one;
});
