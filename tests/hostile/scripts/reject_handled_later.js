// outcome: ok
on("go", async () => {
  const promise = Promise.reject(new Error("later"));
  await null;
  await promise.catch(() => undefined);
});
