// outcome: threw
// error: OperationError: not for you
on("go", () => op("refuse", null));
