// outcome: ok
on("go", async () => {
  const text = 'x"\t\n\r\nD\t1\tcrashed\t0\t0\t\n\u2028\u2029\u0000';
  if ((await op("echo", text)) !== text) throw new Error("changed on the way");
});
