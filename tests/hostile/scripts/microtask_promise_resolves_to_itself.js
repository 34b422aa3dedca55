// outcome: threw
// error: TypeError: .*itself
on("go", () => {
  let resolve;
  const promise = new Promise((settle) => { resolve = settle; });
  resolve(promise);
  return promise;
});
