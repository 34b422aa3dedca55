// outcome: threw
// error: OperationError: one dispatch may send
on("go", async () => {
  await op("echo", "x".repeat(9 * 1024 * 1024));
});
