// outcome: memory
// after: keeps, ends memory
on("go", () => {
  const kept = [];
  for (let index = 0.5; ; index++) kept.push(index);
});
