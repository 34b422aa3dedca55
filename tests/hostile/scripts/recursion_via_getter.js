// outcome: threw
// error: InternalError: too much recursion
on("go", () => {
  const deep = { get deeper() { return this.deeper; } };
  return deep.deeper;
});
