// outcome: threw
// error: TypeError: the name of an operation
// A name cannot end its field, nor its record.
on("go", async () => {
  await op('echo\t0\tnull\nD\t1\tcrashed\t0\t0\t', 1);
});
