// outcome: memory
// deadline: 20
on("go", () => {
  const kept = [];
  for (;;) kept.push({ kept });
});
