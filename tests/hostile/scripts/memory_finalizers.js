// outcome: memory
on("go", () => {
  const registry = new FinalizationRegistry(() => undefined);
  const kept = [];
  for (;;) {
    const target = {};
    kept.push(target);
    registry.register(target, { target: "held" }, target);
  }
});
