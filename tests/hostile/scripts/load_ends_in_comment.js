// outcome: ok
on("go", () => undefined);
// the last line is a comment
