// outcome: threw
// error: InternalError: allocation size overflow
on("go", () => {
  let text = "x";
  for (;;) text += text;
});
