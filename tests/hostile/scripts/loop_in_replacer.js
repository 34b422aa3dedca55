// outcome: cpu
on("go", () => JSON.stringify([1], () => { for (;;); }));
