// outcome: memory
// after: keeps, ends memory
on("go", () => {
  const kept = [];
  for (let index = 0; ; index++) kept.push(new Function("a", `return a + ${index} + "${"x".repeat(20000)}"`));
});
