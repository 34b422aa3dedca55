// outcome: ok, memory
// out_of_memory: yes
// after: keeps, ends memory
// What fills the heap stays reachable: the next dispatch may not fit.
on("go", () => {
  globalThis.kept = [];
  try {
    for (;;) globalThis.kept.push(new Array(10).fill(0.5));
  } catch {}
});
