// outcome: threw, ok, memory
on("go", () => {
  let base = class {};
  for (let depth = 0; depth < 20000; depth++) base = class extends base {};
  new base();
});
