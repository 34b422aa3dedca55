// outcome: cpu
on("go", () => [...new (function* () {}).constructor("for (;;) yield* []; ")()]);
