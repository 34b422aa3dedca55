// outcome: threw
// error: ^: Symbol\(odd\)
on("go", () => {
  throw Symbol("odd");
});
