// outcome: memory
// after: keeps, ends memory
on("go", () => {
  const kept = [];
  for (;;) kept.push(new Intl.DateTimeFormat("ja", { dateStyle: "full" }).format, new Array(1000).fill(0.5));
});
