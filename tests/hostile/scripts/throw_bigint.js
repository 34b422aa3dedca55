// outcome: threw
// error: ^: 12n
on("go", () => {
  throw 12n;
});
