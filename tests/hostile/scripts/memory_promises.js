// outcome: memory
on("go", async () => {
  const kept = [];
  for (;;) kept.push(new Promise((resolve, reject) => kept.push(resolve, reject)));
});
