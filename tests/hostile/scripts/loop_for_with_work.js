// outcome: cpu
on("go", () => {
  let sum = 0;
  for (let index = 0; ; index++) sum += Math.sqrt(index);
});
