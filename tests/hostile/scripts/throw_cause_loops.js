// outcome: cpu
on("go", () => {
  throw new Error("one", { cause: { toString() { for (;;); } } });
});
