// outcome: threw
// error: RangeError: a script may have 1000 timers
on("go", () => {
  for (;;) setTimeout(() => undefined, 1e6);
});
