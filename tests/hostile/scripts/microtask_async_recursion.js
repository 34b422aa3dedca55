// outcome: cpu, memory
// deadline: 1
// after: keeps, ends killed, memory
on("go", async () => {
  const next = async () => {
    await null;
    return next();
  };
  await next();
});
