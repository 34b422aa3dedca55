// outcome: ok, memory, threw
// deadline: 20
on("go", () => "x".repeat(4e8));
