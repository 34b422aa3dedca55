// outcome: cpu
on("go", () => new Proxy({}, { get() { for (;;); } }).anything);
