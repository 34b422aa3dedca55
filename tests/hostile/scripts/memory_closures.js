// outcome: memory
// after: keeps, ends memory
on("go", () => {
  let last = () => undefined;
  for (;;) {
    const before = last;
    const held = new Array(100).fill(0.5);
    last = () => [before, held];
  }
});
