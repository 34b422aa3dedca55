// outcome: memory
on("go", () => {
  const kept = {};
  for (let index = 0; ; index++) kept[Symbol.for("symbol " + index)] = index;
});
