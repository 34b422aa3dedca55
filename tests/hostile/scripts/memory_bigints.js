// outcome: memory, threw
// after: keeps, ends memory
on("go", () => {
  const kept = [];
  for (let bits = 1n << 100000n; ; bits += 1n) kept.push(bits);
});
