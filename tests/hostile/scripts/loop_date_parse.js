// outcome: cpu
on("go", () => {
  for (;;) Date.parse("(".repeat(10000) + ")".repeat(10000));
});
