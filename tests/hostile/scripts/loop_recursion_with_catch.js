// outcome: cpu
on("go", () => {
  const dive = () => {
    try {
      dive();
    } catch {
      dive();
    }
  };
  dive();
});
