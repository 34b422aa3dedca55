// outcome: cpu
on("go", () => new Function("for (;;);")());
