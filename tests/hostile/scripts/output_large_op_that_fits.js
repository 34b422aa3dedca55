// outcome: ok
on("go", async () => {
  const text = "ü€😀".repeat(1e6);
  if ((await op("echo", text)) !== text) throw new Error("changed on the way");
});
