// outcome: memory, threw
on("go", () => {
  let all = [1.5, 2.5];
  for (;;) all = all.concat(all);
});
