// outcome: cpu
on("go", () => {
  for (;;) new Float64Array(1e6).map(() => Math.random()).sort();
});
