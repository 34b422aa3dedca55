// outcome: cpu
// The first operation is given up with an error, which the script answers with a loop.
on("go", async () => {
  try {
    await op("never", 1);
  } catch {
    for (;;);
  }
});
