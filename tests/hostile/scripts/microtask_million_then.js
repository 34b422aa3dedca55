// outcome: cpu, ok, memory
// deadline: 1
// after: keeps, ends job_storm, memory, killed
on("go", async () => {
  const base = Promise.resolve();
  for (let index = 0; index < 1e6; index++) base.then(() => undefined);
  await base;
});
