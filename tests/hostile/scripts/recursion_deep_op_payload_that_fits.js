// outcome: threw, ok
// The engine writes what the daemon's decoder may refuse to read: that must not harm the daemon.
on("go", async () => {
  let nested = {};
  for (let depth = 0; depth < 2000; depth++) nested = { nested };
  await op("echo", nested);
});
