// outcome: cpu
on("go", () => `${{ toString() { for (;;); } }}`);
