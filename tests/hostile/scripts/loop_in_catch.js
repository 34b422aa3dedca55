// outcome: cpu
// An interruption cannot be caught, however often it is tried.
on("go", () => {
  for (;;) {
    try {
      for (;;);
    } catch {
      for (;;);
    }
  }
});
