// outcome: cpu, memory
// deadline: 0.5
// after: keeps, ends killed, memory
on("go", () => JSON.parse("[" + "[],".repeat(30e6 / 3) + "[]]").length);
