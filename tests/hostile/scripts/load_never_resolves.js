// load: wall_time
// deadline: 0.3
on("go", () => undefined);
await new Promise(() => undefined);
