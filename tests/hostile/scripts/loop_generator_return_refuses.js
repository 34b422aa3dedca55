// outcome: cpu
on("go", () => {
  function* stubborn() {
    try {
      yield 1;
    } finally {
      for (;;);
    }
  }
  for (const _ of stubborn()) break;
});
