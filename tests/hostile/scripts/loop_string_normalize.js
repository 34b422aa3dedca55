// outcome: cpu, memory, threw
on("go", () => {
  for (;;) "\u1E9B\u0323".repeat(1e6).normalize("NFKD");
});
