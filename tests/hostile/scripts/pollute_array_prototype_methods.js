// outcome: threw
// error: Error: after
on("go", async () => {
  for (const name of Reflect.ownKeys(Array.prototype)) {
    if (name !== "length") Reflect.set(Array.prototype, name, () => { throw new Error("polluted"); });
  }
  await op("echo", 1);
  console.log("text");
  throw new Error("after");
});
