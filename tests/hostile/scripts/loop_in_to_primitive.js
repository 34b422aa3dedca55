// outcome: cpu
on("go", () => 1 + { [Symbol.toPrimitive]() { for (;;); } });
