// outcome: cpu
// after: keeps
on("go", () => {
  for (;;) {
    try {
      /^(a+)+$/.test("a".repeat(50) + "b");
    } catch {}
  }
});
