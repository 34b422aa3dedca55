// outcome: wall_time
// error: TimeoutError: 0\.\d s waiting for never
on("go", async () => {
  const iterator = Object.getPrototypeOf(new Map().values());
  iterator.next = () => ({ done: false, value: { dispatch: null } });
  await op("never", 1);
});
