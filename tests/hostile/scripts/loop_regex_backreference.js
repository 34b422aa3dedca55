// outcome: cpu, threw
on("go", () => /(x+x+)+\1y/.test("x".repeat(60)));
