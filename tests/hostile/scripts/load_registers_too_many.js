// load: loaded
on("go", () => undefined);
for (let index = 0; index < 100000; index++) on("event " + index, () => undefined);
