// outcome: threw
// error: InternalError: too much recursion
on("go", () => {
  const dive = () => dive() + 1;
  dive();
});
