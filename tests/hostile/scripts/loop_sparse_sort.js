// outcome: cpu, memory
// deadline: 1
on("go", () => {
  const sparse = [];
  sparse[4294967290] = 1;
  sparse.sort();
});
