// outcome: ok
on("go", async () => {
  for (let round = 0; round < 40; round++) await Promise.all(Array.from({ length: 200 }, (_, index) => op("echo", index)));
});
