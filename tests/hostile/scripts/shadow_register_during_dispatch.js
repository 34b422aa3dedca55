// outcome: cpu, ok, memory
// deadline: 0.5
// after: keeps
on("go", () => undefined);
on("go", function again() {
  on("go", again);
});
