// outcome: memory, threw
// after: keeps, ends memory
on("go", () => {
  let all = [1.5, 2.5];
  for (;;) all = all.concat(all);
});
