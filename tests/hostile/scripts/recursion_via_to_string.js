// outcome: threw
// error: InternalError: too much recursion
on("go", () => {
  const loop = { toString: () => `${loop}` };
  return `${loop}`;
});
