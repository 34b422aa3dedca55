// outcome: threw
// error: RangeError: mine
on("go", () => {
  throw Object.assign(new RangeError("mine"), { code: { toString() { for (;;); } } });
});
