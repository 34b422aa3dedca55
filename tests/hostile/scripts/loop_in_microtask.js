// outcome: cpu
on("go", () => new Promise(() => queueMicrotask(() => { for (;;); })));
