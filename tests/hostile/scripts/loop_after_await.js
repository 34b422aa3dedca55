// outcome: cpu
on("go", async () => {
  await null;
  for (;;);
});
