// outcome: threw
on("go", () => {
  const error = new Error("text");
  for (const name of ["name", "message", "stack", "code", "cause"]) {
    Object.defineProperty(error, name, { get() { throw new Error(name); } });
  }
  throw error;
});
