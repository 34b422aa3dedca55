// outcome: memory
// deadline: 20
on("go", () => {
  let last = () => undefined;
  for (;;) {
    const before = last;
    last = () => before;
  }
});
