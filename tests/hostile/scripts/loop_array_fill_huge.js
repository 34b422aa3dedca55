// outcome: cpu, memory
// deadline: 1
// after: keeps, ends killed
on("go", () => new Array(1e9).fill(0));
