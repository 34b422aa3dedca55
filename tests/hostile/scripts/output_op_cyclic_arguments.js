// outcome: threw
// error: TypeError: cyclic
on("go", async () => {
  const cyclic = {};
  cyclic.cyclic = cyclic;
  await op("echo", cyclic);
});
