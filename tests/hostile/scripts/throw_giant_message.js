// outcome: threw
// error: ^Error: x{1000}
on("go", () => {
  throw new Error("x".repeat(10 * 1024 * 1024));
});
