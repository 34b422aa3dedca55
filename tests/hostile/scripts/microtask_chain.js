// outcome: cpu
on("go", () => {
  const next = () => Promise.resolve().then(next);
  return next();
});
