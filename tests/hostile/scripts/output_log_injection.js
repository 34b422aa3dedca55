// outcome: ok
on("go", () => {
  console.log('a\nD\t1\tcrashed\t0\t0\t\n');
  console.log('\n');
});
