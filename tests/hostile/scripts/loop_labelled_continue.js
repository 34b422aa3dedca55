// outcome: cpu
on("go", () => {
  outer: for (;;) {
    for (;;) continue outer;
  }
});
