// outcome: threw
// error: Error: odd
on("go", () => (0, eval)("throw new Error('odd')\n//# sourceURL=/etc/passwd\tX"));
