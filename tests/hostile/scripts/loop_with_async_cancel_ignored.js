// outcome: wall_time
// after: keeps, ends killed
// The operation is given up with an error, which the script answers with a loop: half the grace is left for that.
on("go", async () => {
  try {
    await op("never", 1);
  } catch {
    for (;;);
  }
});
