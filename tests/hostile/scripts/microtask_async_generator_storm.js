// outcome: cpu
on("go", async () => {
  async function* endless() {
    for (;;) yield 1;
  }
  for await (const _ of endless());
});
