// outcome: threw
// error: Error: after
on("go", async () => {
  const error = new Error("after");
  for (const name of ["name", "message", "stack", "cause", "toString"]) {
    Object.defineProperty(Error.prototype, name, { get() { throw new Error("polluted"); }, configurable: true });
  }
  Error.prepareStackTrace = () => { for (;;); };
  Error.stackTraceLimit = 0;
  Object.defineProperty(error, "name", { value: "Error" });
  throw error;
});
