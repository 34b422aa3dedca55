// outcome: memory
// after: keeps, ends memory
on("go", () => {
  const kept = [];
  for (;;) kept.push(new Uint8Array(1024 * 1024).fill(1));
});
