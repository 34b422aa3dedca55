// outcome: ok, threw
on("go", async () => {
  await op("e".repeat(20 * 1024 * 1024), 1);
});
