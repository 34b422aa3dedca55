// outcome: cpu, memory
// deadline: 1
// after: keeps, ends killed
on("go", () => {
  const sparse = [];
  sparse[4294967290] = 1;
  sparse.sort();
});
