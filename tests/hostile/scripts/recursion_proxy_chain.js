// outcome: threw
// error: InternalError: too much recursion
on("go", () => {
  let chain = {};
  for (let depth = 0; depth < 100000; depth++) chain = new Proxy(chain, {});
  return chain.value;
});
