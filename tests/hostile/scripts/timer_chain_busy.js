// outcome: wall_time, cpu
on("go", () => {
  const next = () => {
    for (let index = 0; index < 1e6; index++);
    setTimeout(next, 0);
  };
  next();
  return new Promise(() => undefined);
});
