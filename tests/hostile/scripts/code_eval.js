// outcome: ok
on("go", () => {
  if (eval("1 + 1") !== 2) throw new Error("no eval");
});
