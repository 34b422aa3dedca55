// outcome: ok, memory, threw
on("go", () => "x".repeat(4e8));
