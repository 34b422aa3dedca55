// outcome: ok
on("go", async () => {
  try {
    await op("refuse", null);
  } catch (error) {
    if (error.constructor.constructor !== Function) throw new Error("reached: another Function");
    if (/\.py|Traceback/.test(error.stack + error.message)) throw new Error(`reached: ${error.stack}`);
    const known = ["message", "stack", "fileName", "lineNumber", "columnNumber", "code", "status", "retryAfter", "route", "details", "cause"];
    known.push("operation", "discordCode", "errors", "field", "limit");
    for (const key of Reflect.ownKeys(error)) {
      if (!known.includes(key)) {
        throw new Error(`reached: ${String(key)}`);
      }
    }
  }
});
