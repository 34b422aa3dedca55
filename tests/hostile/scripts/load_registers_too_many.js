// load: loaded, threw, memory
// deadline: 20
on("go", () => undefined);
for (let index = 0; index < 100000; index++) on("event " + index, () => undefined);
