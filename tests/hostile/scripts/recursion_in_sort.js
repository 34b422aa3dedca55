// outcome: threw
// error: InternalError: too much recursion
on("go", () => {
  const again = () => [2, 1].sort(again).length;
  again();
});
