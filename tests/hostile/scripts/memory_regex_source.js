// outcome: threw, memory
// deadline: 10
on("go", () => new RegExp("(a|b)?".repeat(2e6)).test("ab"));
