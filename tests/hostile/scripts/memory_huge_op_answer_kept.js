// outcome: memory
// deadline: 30
on("go", async () => {
  const kept = [];
  for (;;) kept.push(await op("large", null));
});
