// outcome: cpu, memory, threw
// deadline: 1
on("go", () => new Array(4294967295).join("").length);
