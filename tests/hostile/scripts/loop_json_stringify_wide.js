// outcome: cpu, memory
// deadline: 1
// after: keeps, ends killed
on("go", () => {
  const wide = Array.from({ length: 100000 }, (_, index) => ({ index }));
  for (;;) JSON.stringify(wide);
});
