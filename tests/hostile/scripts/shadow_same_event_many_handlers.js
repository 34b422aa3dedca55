// outcome: ok
for (let index = 0; index < 5000; index++) on("go", async () => undefined);
