// outcome: memory
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
