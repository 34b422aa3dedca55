// outcome: cpu, memory
// deadline: 1
on("go", () => new Array(1e9).fill(0));
