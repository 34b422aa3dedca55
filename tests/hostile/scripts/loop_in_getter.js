// outcome: cpu
on("go", () => {
  const trap = { get value() { for (;;); } };
  return trap.value;
});
