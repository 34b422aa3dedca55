// outcome: cpu
on("go", () => Array.prototype.reverse.call({ length: Number.MAX_SAFE_INTEGER }));
