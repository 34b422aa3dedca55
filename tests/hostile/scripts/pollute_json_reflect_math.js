// outcome: threw
// error: Error: after
on("go", async () => {
  for (const holder of [JSON, Reflect, Math, Object, Number]) {
    for (const name of Reflect.ownKeys(holder)) {
      try {
        holder[name] = () => { for (;;); };
      } catch {}
    }
  }
  await op("echo", { a: 1 });
  console.log({ a: 1 });
  setTimeout(() => undefined, 1);
  throw new Error("after");
});
