// outcome: memory
// after: keeps, ends memory
on("go", () => {
  for (let index = 0; ; index++) {
    const held = new Array(100000).fill(index + 0.5);
    setTimeout(() => held, 1e6);
  }
});
