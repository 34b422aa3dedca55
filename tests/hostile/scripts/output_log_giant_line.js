// outcome: ok
// log: x{100}
on("go", () => console.log("x".repeat(5e7)));
