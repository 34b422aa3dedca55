// outcome: cpu
on("go", () => {
  throw { toJSON() { for (;;); } };
});
