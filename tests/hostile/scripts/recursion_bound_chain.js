// outcome: threw, ok
// error: .
on("go", () => {
  let bound = () => 1;
  for (let depth = 0; depth < 3000; depth++) bound = bound.bind(null);
  return bound();
});
