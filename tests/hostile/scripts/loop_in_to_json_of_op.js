// outcome: cpu
on("go", () => op("echo", { toJSON() { for (;;); } }));
