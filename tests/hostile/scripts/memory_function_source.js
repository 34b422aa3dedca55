// outcome: ok, threw, memory
on("go", () => new Function("return 0" + "+1".repeat(2e6))());
