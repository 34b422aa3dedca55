// outcome: threw
// error: SyntaxError|InternalError
on("go", () => new RegExp("(".repeat(1e6) + ")".repeat(1e6)).test("x"));
