// outcome: memory
// after: keeps, ends memory
on("go", async () => {
  const kept = [];
  for (;;) kept.push(await op("large", null));
});
