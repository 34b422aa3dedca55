// outcome: ok, threw, memory
// deadline: 20
on("go", () => new Function("return 0" + "+1".repeat(2e6))());
