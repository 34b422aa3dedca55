// outcome: cpu
on("go", async () => {
  await op("echo", 1);
  for (;;);
});
