// outcome: cpu
on("go", () => new (async () => undefined).constructor("await null; for (;;);")());
