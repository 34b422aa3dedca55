// outcome: ok
on("go", () => {
  console.log({ get value() { throw new Error("no"); } });
  console.log(new Proxy({}, { get() { throw new Error("no"); }, ownKeys() { throw new Error("no"); } }));
  console.log(Symbol("s"), 1n, null, undefined, NaN, () => 1, [1, [2]], new Map([[1, 2]]), Object.create(null));
  const cyclic = {};
  cyclic.cyclic = cyclic;
  console.log(cyclic);
});
