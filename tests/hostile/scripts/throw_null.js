// outcome: threw
// error: ^: null
on("go", () => {
  throw null;
});
