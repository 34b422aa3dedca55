// outcome: wall_time
// after: keeps, ends killed
// The error of an operation that is given up leads to its class; what is changed there stays in the isolate.
on("go", async () => {
  try {
    await op("never", 1);
  } catch (error) {
    Object.defineProperty(error.constructor.prototype, "name", { get() { for (;;); } });
    error.constructor.prototype.constructor = null;
    throw error;
  }
});
