// outcome: cpu
// The timer belongs to the dispatch that started it.
on("go", async () => {
  await new Promise(() => setTimeout(() => { for (;;); }, 1));
});
