// outcome: cpu
// Cleared timers must not gather anywhere.
on("go", () => {
  for (;;) clearTimeout(setTimeout(() => undefined, 1e9));
});
