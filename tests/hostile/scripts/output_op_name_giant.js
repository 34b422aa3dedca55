// outcome: threw
// error: TypeError: the name of an operation
on("go", async () => {
  await op("e".repeat(20 * 1024 * 1024), 1);
});
