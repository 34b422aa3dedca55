// outcome: ok
on("go", () => {
  const reached = [(0, eval)("this"), new Function("return this")(), Reflect.apply(function () { return this; }, undefined, [])];
  if (reached[0] !== globalThis || reached[1] !== globalThis) throw new Error("reached: another realm");
  if (reached[2] !== undefined) throw new Error("the bundle is not strict");
});
