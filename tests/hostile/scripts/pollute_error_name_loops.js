// outcome: cpu
on("go", async () => {
  Object.defineProperty(Error.prototype, "name", { get() { for (;;); } });
  throw new Error("after");
});
