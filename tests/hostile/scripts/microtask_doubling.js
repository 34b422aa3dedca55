// outcome: cpu, memory
// deadline: 1
// after: ends job_storm, memory
on("go", () => {
  const next = () => {
    queueMicrotask(next);
    queueMicrotask(next);
  };
  next();
  return new Promise(() => undefined);
});
