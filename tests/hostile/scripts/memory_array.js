// outcome: memory
// after: keeps, ends memory
on("go", () => {
  const kept = [];
  for (;;) kept.push({ kept });
});
