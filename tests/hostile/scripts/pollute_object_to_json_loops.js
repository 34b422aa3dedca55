// outcome: cpu
on("go", async () => {
  Object.prototype.toJSON = () => { for (;;); };
  await op("echo", { a: 1 });
});
