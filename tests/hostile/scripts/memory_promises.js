// outcome: memory
// after: keeps, ends memory
on("go", async () => {
  const kept = [];
  for (;;) kept.push(new Promise((resolve, reject) => kept.push(resolve, reject, new Array(100).fill(0.5))));
});
