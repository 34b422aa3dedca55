// load: wall_time
// deadline: 0.3
// error: TimeoutError: 0\.\d s waiting for never
on("go", () => undefined);
await op("never", null);
