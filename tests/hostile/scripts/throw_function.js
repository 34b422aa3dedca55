// outcome: threw
on("go", () => {
  throw () => 1;
});
