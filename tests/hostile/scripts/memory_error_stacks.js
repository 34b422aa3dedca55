// outcome: memory
on("go", () => {
  const kept = [];
  const dive = (depth) => (depth === 0 ? kept.push(new Error("x".repeat(3000) + kept.length)) : dive(depth - 1));
  for (;;) dive(50);
});
