// outcome: ok, cpu
// after: keeps
on("go", () => {
  const again = () => Promise.reject(new Error("again"));
  Promise.reject(1).then(again, again).then(again, again);
  process: for (;;) break process;
});
