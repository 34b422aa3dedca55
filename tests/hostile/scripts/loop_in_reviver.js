// outcome: cpu
on("go", () => JSON.parse("[1]", () => { for (;;); }));
