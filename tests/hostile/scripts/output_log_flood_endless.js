// outcome: cpu
// log: \d+ more lines were dropped
on("go", () => {
  for (;;) console.error({ kept: [1, 2, 3] });
});
