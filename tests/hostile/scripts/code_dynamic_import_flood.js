// outcome: ok
on("go", async () => {
  let refused = 0;
  for (let index = 0; index < 1000; index++) await import("x" + index).catch(() => refused++);
  if (refused !== 1000) throw new Error("reached: a module");
});
