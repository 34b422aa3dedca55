// outcome: threw
// error: ^: undefined
on("go", () => {
  throw undefined;
});
