// outcome: ok, memory
on("go", async () => {
  await Promise.all(Array.from({ length: 100000 }, async (_, index) => index));
});
