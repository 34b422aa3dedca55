// outcome: cpu
on("go", () => {
  while (true);
});
