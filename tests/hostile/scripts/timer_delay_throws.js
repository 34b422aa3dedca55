// outcome: threw
// error: Error: delay
on("go", () => setTimeout(() => undefined, { valueOf() { throw new Error("delay"); } }));
