// outcome: cpu
on("go", () => +{ valueOf() { for (;;); } });
