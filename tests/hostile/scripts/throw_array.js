// outcome: threw
on("go", () => {
  throw [1, [2, [3]]];
});
