// outcome: ok
on("go", async () => {
  const ids = Array.from({ length: 500 }, () => setInterval(() => ids.forEach(clearInterval), 1));
  await new Promise((resolve) => setTimeout(resolve, 20));
});
