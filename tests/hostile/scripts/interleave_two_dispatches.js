// outcome: cpu
// The loop is charged to whoever loops; what another dispatch awaits goes on.
on("go", async () => {
  await op("echo", 1);
  globalThis.shared = new Promise(() => undefined);
  for (;;);
});
