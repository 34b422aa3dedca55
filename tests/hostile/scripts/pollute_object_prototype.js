// outcome: ok, threw
// error: .
on("go", async () => {
  const names = ["toJSON", "then", "get", "set", "value", "writable", "enumerable", "configurable", "done", "next",
    "name", "message", "stack", "code", "cause", "id", "deadline", "dispatch", "over", "outcome", "error", "length",
    "0", "1", "2", "callback", "live", "due", "every", "resolve", "reject", "op", "log", "constructor"];
  for (const name of names) {
    try {
      Object.defineProperty(Object.prototype, name, {
        __proto__: null,
        configurable: true,
        get() { throw new Error("polluted " + name); },
        set() { throw new Error("polluted " + name); },
      });
    } catch {}
  }
  await op("echo", "text");
  console.log("text");
  setTimeout(() => undefined, 1);
  throw "text";
});
