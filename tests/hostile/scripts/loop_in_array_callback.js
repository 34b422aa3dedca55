// outcome: cpu
on("go", () => [1, 2, 3].map(() => { for (;;); }));
