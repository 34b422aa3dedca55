// outcome: cpu, memory
// deadline: 3
// after: keeps
on("go", async () => {
  const next = async () => {
    await null;
    return next();
  };
  await next();
});
