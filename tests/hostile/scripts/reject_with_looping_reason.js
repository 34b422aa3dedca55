// outcome: ok
// after: keeps
// log: background work did not yield
on("go", () => {
  Promise.reject({ toJSON() { for (;;); } });
});
