// outcome: cpu
// after: keeps, ends killed
on("go", () => {
  for (;;) (7n ** 350000n).toString();
});
