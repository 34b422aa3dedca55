// outcome: threw, cpu
on("go", () => {
  throw { toString() { for (;;); } };
});
