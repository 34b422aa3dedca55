// outcome: threw, memory
// error: too much recursion|out of memory
// after: keeps, ends memory
on("go", () => eval("[".repeat(1e6) + "]".repeat(1e6)));
