// outcome: memory
on("go", () => {
  let last = () => undefined;
  for (;;) {
    const before = last;
    last = () => before;
  }
});
