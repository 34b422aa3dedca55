// outcome: cpu
on("go", () => JSON.stringify({ toJSON() { for (;;); } }));
