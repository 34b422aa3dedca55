// outcome: cpu
on("go", () => new Promise(() => { for (;;); }));
