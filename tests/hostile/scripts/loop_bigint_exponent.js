// outcome: cpu, threw, memory, crashed
// after: keeps, ends killed
// One operation of the engine's on a number of a gigabit cannot be interrupted; the grace ends the process.
on("go", () => {
  let value = 3n;
  for (;;) value *= value;
});
