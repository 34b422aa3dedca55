// outcome: cpu, memory
// deadline: 1
on("go", () => Array.from({ length: 3e9 }));
