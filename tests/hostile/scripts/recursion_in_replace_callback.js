// outcome: threw
// error: InternalError: too much recursion
on("go", () => {
  const again = () => "a".replace(/a/, again);
  return again();
});
