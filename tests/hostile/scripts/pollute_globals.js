// outcome: threw
// error: after
on("go", async () => {
  const thrown = new Error("after");
  const echo = op;
  for (const name of Reflect.ownKeys(globalThis)) {
    if (name === "globalThis") continue;
    try {
      globalThis[name] = () => { throw "polluted"; };
    } catch {}
  }
  await echo("echo", 1);
  throw thrown;
});
