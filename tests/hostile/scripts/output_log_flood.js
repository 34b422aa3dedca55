// outcome: ok
// log: \d+ more lines were dropped
on("go", () => {
  for (let index = 0; index < 100000; index++) console.log("line", index);
});
