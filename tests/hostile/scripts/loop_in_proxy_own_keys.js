// outcome: cpu
on("go", () => Object.keys(new Proxy({}, { ownKeys() { for (;;); } })));
