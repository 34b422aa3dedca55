// outcome: cpu
// The core asks what a handler returns for its `then`.
on("go", () => new Proxy({}, { get() { for (;;); } }));
