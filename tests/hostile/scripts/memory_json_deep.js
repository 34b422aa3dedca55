// outcome: threw, memory
// error: recursion|out of memory
// after: keeps, ends memory
on("go", () => JSON.parse("[".repeat(1e6) + "]".repeat(1e6)));
