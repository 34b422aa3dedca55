// outcome: memory, threw
on("go", () => {
  const set = new Set();
  for (let index = 0; ; index++) set.add({ index });
});
