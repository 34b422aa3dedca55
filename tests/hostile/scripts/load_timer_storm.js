// outcome: ok
on("go", () => undefined);
for (let index = 0; index < 1000; index++) setInterval(() => undefined, 0);
