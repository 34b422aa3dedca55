// outcome: threw
// error: Error: after
on("go", async () => {
  for (const name of ["call", "apply", "bind", "toString"]) Function.prototype[name] = () => { for (;;); };
  await op("echo", 1);
  setTimeout(() => undefined, 1, 2, 3);
  console.log("text", { a: 1 });
  throw new Error("after");
});
