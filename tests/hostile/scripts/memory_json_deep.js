// outcome: threw, memory
// deadline: 10
// error: recursion|out of memory
on("go", () => JSON.parse("[".repeat(1e6) + "]".repeat(1e6)));
