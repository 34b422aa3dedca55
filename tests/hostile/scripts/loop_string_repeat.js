// outcome: cpu, threw, memory
on("go", () => {
  for (;;) "ab".repeat(1e6).split("").reverse().join("");
});
