// outcome: cpu
// after: keeps, ends job_storm
on("go", () => {
  const next = () => queueMicrotask(next);
  next();
  return new Promise(() => undefined);
});
