// outcome: threw
on("go", () => {
  throw "x".repeat(10 * 1024 * 1024);
});
