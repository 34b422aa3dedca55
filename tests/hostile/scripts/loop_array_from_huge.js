// outcome: cpu, memory
// deadline: 1
// after: keeps, ends killed
on("go", () => Array.from({ length: 3e9 }));
