// outcome: cpu, memory
// deadline: 1
on("go", () => {
  for (let index = 0; ; index++) eval(`(() => ${index})()`);
});
