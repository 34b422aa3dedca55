// outcome: ok
on("go", () => undefined);
if (true) return;
throw new Error("never reached");
