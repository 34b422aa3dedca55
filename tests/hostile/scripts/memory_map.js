// outcome: memory, threw
// after: keeps, ends memory
on("go", () => {
  const map = new Map();
  for (let index = 0; ; index++) map.set("key " + index, new Array(100).fill(index + 0.5));
});
