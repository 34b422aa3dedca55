// outcome: cpu
// after: keeps, ends killed
on("go", () => {
  for (;;) new Float64Array(1e6).map(() => Math.random()).sort();
});
