// outcome: threw
// error: Error: after
on("go", async () => {
  Promise.prototype.then = () => { for (;;); };
  Promise.prototype.catch = Promise.prototype.finally = Promise.prototype.then;
  Promise.reject(new Error("nobody listens"));
  await op("echo", 1);
  throw new Error("after");
});
