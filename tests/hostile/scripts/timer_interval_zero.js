// outcome: ok
on("go", () => {
  for (let index = 0; index < 100; index++) setInterval(() => undefined, 0);
});
