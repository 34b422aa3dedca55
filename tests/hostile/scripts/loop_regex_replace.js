// outcome: cpu, threw
on("go", () => ("a".repeat(60) + "!").replace(/(a*)*b/g, ""));
