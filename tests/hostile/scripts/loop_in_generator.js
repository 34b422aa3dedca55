// outcome: cpu
on("go", () => {
  function* endless() {
    for (;;) yield 1;
  }
  for (const _ of endless());
});
