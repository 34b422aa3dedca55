// outcome: cpu, memory, threw
// deadline: 2
// after: keeps, ends killed
on("go", () => "a".padEnd(5e8).split(""));
