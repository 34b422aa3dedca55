// outcome: memory
on("go", () => {
  const kept = [];
  for (;;) kept.push({ kept });
});
