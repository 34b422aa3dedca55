// outcome: ok, cpu
// after: keeps, ends job_storm
// Nobody awaits it, so the handler is done at once; its jobs never are.
on("go", () => {
  const next = () => {
    Promise.resolve().then(next);
  };
  next();
});
