// outcome: threw
// error: TypeError: .*not JSON
on("go", async () => {
  await op("echo", () => 1);
});
