// outcome: cpu, ok, wall_time
on("go", async () => {
  Object.prototype.then = function (resolve) { resolve(1); };
  await op("echo", { a: 1 });
  return {};
});
