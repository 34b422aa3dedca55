// outcome: threw
// error: Error: odd
// A function's name stands in the stack: it must not break the lines of it.
on("go", () => {
  const odd = { ["a\n@b:1:2\tc"]: () => { throw new Error("odd"); } };
  odd["a\n@b:1:2\tc"]();
});
