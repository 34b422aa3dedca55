// outcome: cpu
on("go", () => eval("for (;;);"));
