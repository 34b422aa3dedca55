// outcome: threw
// error: Error: specifier
on("go", async () => {
  await import({ toString() { throw new Error("specifier"); } });
});
