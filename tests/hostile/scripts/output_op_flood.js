// outcome: threw
// error: OperationError: more than 256 operations
on("go", async () => {
  await Promise.all(Array.from({ length: 300 }, () => op("never", null)));
});
