// outcome: memory, threw
// after: keeps, ends memory
on("go", () => "a".repeat(1e5).replaceAll("a", "b".repeat(1e5)).length);
