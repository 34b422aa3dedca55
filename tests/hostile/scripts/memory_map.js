// outcome: memory, threw
on("go", () => {
  const map = new Map();
  for (let index = 0; ; index++) map.set("key " + index, [index]);
});
