// outcome: threw
// error: InternalError: too much recursion
on("go", () => eval("`${".repeat(1e5) + "1" + "}`".repeat(1e5)));
