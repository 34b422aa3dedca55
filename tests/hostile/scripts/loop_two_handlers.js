// outcome: cpu
on("go", () => { for (;;); });
on("go", () => { for (;;); });
