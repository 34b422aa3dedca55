// outcome: memory
// after: keeps, ends memory
on("go", () => {
  const kept = [];
  function* one(value) {
    yield value;
  }
  for (;;) {
    const generator = one(kept);
    generator.next();
    kept.push(generator, new Array(100).fill(0.5));
  }
});
