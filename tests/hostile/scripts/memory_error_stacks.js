// outcome: memory
// after: keeps, ends memory
on("go", () => {
  const kept = [];
  const dive = (depth) => (depth === 0 ? kept.push(new Error("kept"), new Array(500).fill(0.5)) : dive(depth - 1));
  for (;;) dive(10);
});
