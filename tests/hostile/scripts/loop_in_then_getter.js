// outcome: cpu
on("go", () => ({ get then() { for (;;); } }));
