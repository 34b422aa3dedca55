// outcome: threw
// error: Error: Dynamic module import is disabled
on("go", async () => {
  await import({ toString() { throw new Error("specifier"); } });
});
