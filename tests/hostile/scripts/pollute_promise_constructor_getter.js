// outcome: ok, cpu
// after: keeps
// The core reads a rejected promise that the script holds.
on("go", async () => {
  const promise = Promise.reject(new Error("nobody listens"));
  Object.defineProperty(promise, "constructor", { get() { for (;;); } });
});
