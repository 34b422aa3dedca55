// outcome: cpu
on("go", () => console.log({ toJSON() { for (;;); } }));
