// outcome: wall_time, cpu
on("go", () => {
  const next = () => setTimeout(next, 0);
  next();
  return new Promise(() => undefined);
});
