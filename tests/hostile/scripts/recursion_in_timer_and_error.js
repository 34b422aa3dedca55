// outcome: wall_time, cpu
// log: too much recursion
on("go", async () => {
  const dive = () => dive() + 1;
  setTimeout(dive, 1);
  await new Promise(() => undefined);
});
