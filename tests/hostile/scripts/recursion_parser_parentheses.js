// outcome: threw
// error: InternalError: too much recursion
on("go", () => new Function("(".repeat(1e6) + ")".repeat(1e6)));
