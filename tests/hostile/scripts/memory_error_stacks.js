// outcome: memory
// deadline: 20
on("go", () => {
  const kept = [];
  const dive = (depth) => (depth === 0 ? kept.push(new Error("x".repeat(100))) : dive(depth - 1));
  for (;;) dive(50);
});
