// outcome: ok
if (this !== undefined && this !== globalThis) throw new Error(`reached: ${this}`);
on("go", () => undefined);
