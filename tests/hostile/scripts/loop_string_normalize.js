// outcome: cpu, memory, threw
// after: keeps, ends killed
on("go", () => {
  for (;;) "\u1E9B\u0323".repeat(1e6).normalize("NFKD");
});
