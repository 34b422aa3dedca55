// outcome: cpu
on("go", () => {
  const registry = new FinalizationRegistry(() => { for (;;); });
  for (;;) registry.register({}, 0);
});
