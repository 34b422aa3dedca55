// outcome: ok
// Replacing Promise after the fact gets no hold of the host's resolve functions.
on("go", async () => {
  const caught = [];
  const original = Promise;
  globalThis.Promise = function (run) {
    return new original((...functions) => {
      caught.push(functions);
      run(...functions);
    });
  };
  await op("echo", 1);
  if (caught.length > 0) throw new Error("reached: the host's resolve");
});
