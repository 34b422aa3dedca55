// outcome: memory
// after: keeps, ends memory
on("go", () => {
  const kept = {};
  for (let index = 0; ; index++) kept[Symbol.for("x".repeat(2000) + index)] = index;
});
