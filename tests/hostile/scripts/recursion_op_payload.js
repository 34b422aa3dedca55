// outcome: threw
// error: InternalError: too much recursion
on("go", () => {
  let nested = {};
  for (let depth = 0; depth < 200000; depth++) nested = { nested };
  return op("echo", nested);
});
