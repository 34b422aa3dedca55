// outcome: memory, threw
// deadline: 20
on("go", () => {
  let all = [1.5, 2.5];
  for (;;) all = all.concat(all);
});
