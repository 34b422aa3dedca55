// outcome: ok
on("go", async () => {
  await op("echo", "\ud800 half, and \udc00 half");
  console.log("\ud800 half, and \udc00 half");
});
