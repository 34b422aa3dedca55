// outcome: cpu, threw
on("go", () => /^(a|aa|aaa)+$/.test("a".repeat(80) + "b"));
