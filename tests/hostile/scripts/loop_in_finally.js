// outcome: cpu
on("go", () => {
  try {
    for (;;);
  } finally {
    for (;;);
  }
});
