// outcome: cpu
// after: ends job_storm
on("go", () => {
  const next = () => Promise.resolve().then(next);
  next();
  return next();
});
