// outcome: ok, threw
on("go", () => {
  let chain = {};
  for (let depth = 0; depth < 100000; depth++) chain = Object.create(chain);
  return chain.value === undefined;
});
