// outcome: cpu
on("go", () => {
  const sparse = { length: Number.MAX_SAFE_INTEGER };
  return Array.prototype.indexOf.call(sparse, 1);
});
