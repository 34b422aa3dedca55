// outcome: threw
// error: D\t1
on("go", () => {
  throw new Error("a\nD\t1\tok\t0\t0\t\nb");
});
