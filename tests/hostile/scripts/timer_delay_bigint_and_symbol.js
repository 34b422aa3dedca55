// outcome: threw
// error: TypeError
on("go", () => setTimeout(() => undefined, Symbol("delay")));
