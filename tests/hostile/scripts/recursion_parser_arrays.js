// outcome: threw
// error: InternalError: too much recursion
on("go", () => eval("[".repeat(1e6) + "]".repeat(1e6)));
