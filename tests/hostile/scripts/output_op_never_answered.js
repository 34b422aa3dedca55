// outcome: wall_time
// error: TimeoutError: 0\.\d s waiting for never
on("go", () => op("never", null));
