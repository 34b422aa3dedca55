// outcome: ok, cpu
// after: keeps
on("go", async () => {
  Object.defineProperty(Promise, Symbol.species, { get() { for (;;); } });
  Promise.reject(new Error("nobody listens"));
});
