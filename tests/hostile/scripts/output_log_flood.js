// outcome: ok
// log: \d+ more lines were dropped
// deadline: 5
on("go", () => {
  for (let index = 0; index < 100000; index++) console.log("line", index);
});
