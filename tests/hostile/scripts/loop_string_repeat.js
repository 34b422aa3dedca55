// outcome: cpu, threw, memory
// after: keeps, ends killed
on("go", () => {
  for (;;) "ab".repeat(1e6).split("").reverse().join("");
});
