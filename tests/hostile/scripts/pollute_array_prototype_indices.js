// outcome: ok
on("go", async () => {
  for (let index = 0; index < 300; index++) {
    Object.defineProperty(Array.prototype, index, {
      configurable: true,
      get() { throw new Error("read"); },
      set() { throw new Error("written"); },
    });
  }
  await op("echo", 1);
  setTimeout(() => undefined, 1);
  console.log("text", 1);
  Promise.reject(1);
});
