// outcome: cpu, memory
// deadline: 2
// after: keeps, ends memory, killed
on("go", () => {
  const kept = [];
  for (;;) {
    try {
      for (;;) kept.push(new Array(1000).fill(kept));
    } catch {}
  }
});
