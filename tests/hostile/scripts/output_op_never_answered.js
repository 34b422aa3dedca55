// outcome: wall_time
// error: TimeoutError: never
on("go", () => op("never", null));
