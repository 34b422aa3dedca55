// outcome: threw
// error: Error: after
on("go", async () => {
  for (const name of ["toJSON", "get", "set", "value", "done", "stack", "code", "cause", "over", "error", "0", "1"]) {
    Object.prototype[name] = function () { return undefined; };
  }
  await op("echo", "text");
  console.log({ a: 1 });
  throw new Error("after");
});
