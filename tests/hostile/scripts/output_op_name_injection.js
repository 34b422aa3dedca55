// outcome: ok
// A name cannot end its field, nor its record.
// op: echo_0_null_D_1_crashed_0_0_
on("go", async () => {
  await op('echo\t0\tnull\nD\t1\tcrashed\t0\t0\t', 1);
});
