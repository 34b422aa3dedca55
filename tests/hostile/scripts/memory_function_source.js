// outcome: ok, threw, memory
// after: keeps, ends memory
on("go", () => new Function("return 0" + "+1".repeat(2e6))());
