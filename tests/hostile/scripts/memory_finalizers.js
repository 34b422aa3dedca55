// outcome: memory
// after: keeps, ends memory
on("go", () => {
  const registry = new FinalizationRegistry(() => undefined);
  const kept = [];
  for (;;) {
    const target = {};
    kept.push(target);
    registry.register(target, new Array(1000).fill(0.5), target);
  }
});
