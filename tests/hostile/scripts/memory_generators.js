// outcome: memory
// deadline: 20
on("go", () => {
  const kept = [];
  function* one(value) {
    yield value;
  }
  for (;;) {
    const generator = one(kept);
    generator.next();
    kept.push(generator);
  }
});
