// outcome: cpu
// Each match is short; the alarm must not depend on one match being long.
on("go", () => {
  for (;;) /^(a+)+$/.test("a".repeat(14) + "b");
});
