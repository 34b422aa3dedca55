// outcome: threw
// error: after
on("go", async () => {
  for (const name of Reflect.ownKeys(String.prototype)) {
    if (name !== "length") String.prototype[name] = () => { for (;;); };
  }
  console.log("text");
  setTimeout(() => undefined, 1);
  throw new Error("after");
});
