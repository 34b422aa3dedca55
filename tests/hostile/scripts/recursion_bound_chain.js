// outcome: threw
// error: InternalError: too much recursion
on("go", () => {
  let bound = () => 1;
  for (let depth = 0; depth < 100000; depth++) bound = bound.bind(null);
  return bound();
});
