// outcome: cpu
on("go", () => {
  const trap = { set value(_) { for (;;); } };
  trap.value = 1;
});
