// outcome: cpu, threw
on("go", () => ("a".repeat(60) + "!").split(/(?:a|a?)+b/));
