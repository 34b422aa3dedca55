// outcome: cpu, threw
on("go", () => /^(a+)+$/.test("a".repeat(50) + "b"));
