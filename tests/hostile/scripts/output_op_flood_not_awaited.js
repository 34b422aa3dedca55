// outcome: ok
// log: more than 256 operations
on("go", () => {
  for (let index = 0; index < 5000; index++) op("never", index);
});
