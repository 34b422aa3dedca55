// load: wall_time
// deadline: 0.3
// error: TimeoutError: never
on("go", () => undefined);
await op("never", null);
