// outcome: threw
on("go", () => {
  throw Object.create(null);
});
