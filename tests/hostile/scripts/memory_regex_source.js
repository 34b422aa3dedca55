// outcome: threw, memory
// after: keeps, ends memory
on("go", () => new RegExp("(a|b)?".repeat(2e6)).test("ab"));
