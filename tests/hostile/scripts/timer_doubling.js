// outcome: wall_time, cpu
// log: a script may have 1000 timers
on("go", () => {
  const next = () => {
    setTimeout(next, 0);
    setTimeout(next, 0);
  };
  next();
  return new Promise(() => undefined);
});
