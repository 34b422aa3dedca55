// outcome: ok, memory
// out_of_memory: yes
// after: keeps, ends memory
// What it caught it may survive, but the daemon hears of it.
on("go", () => {
  let kept = [];
  try {
    for (;;) kept.push(new Array(1000).fill(kept));
  } catch {
    kept = undefined;
  }
});
