// outcome: cpu, memory, threw
// deadline: 2
on("go", () => "a".padEnd(5e8).split(""));
