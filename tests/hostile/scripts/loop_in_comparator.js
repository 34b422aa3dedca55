// outcome: cpu
on("go", () => {
  Array.from({ length: 100 }, (_, index) => index).sort(() => {
    for (;;);
  });
});
