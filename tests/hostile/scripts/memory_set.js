// outcome: memory, threw
// after: keeps, ends memory
on("go", () => {
  const set = new Set();
  for (let index = 0; ; index++) set.add(new Array(100).fill(index + 0.5));
});
