// outcome: ok
// after: keeps
// log: background work did not yield
on("go", () => {
  setTimeout(() => { for (;;); }, 50);
});
