// outcome: cpu
on("go", () => {
  const thenable = { then: (resolve) => resolve(thenable) };
  return thenable;
});
