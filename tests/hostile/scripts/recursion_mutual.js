// outcome: threw
// error: InternalError: too much recursion
on("go", () => {
  const odd = (value) => even(value + 1) || 0;
  const even = (value) => odd(value + 1) || 0;
  odd(0);
});
