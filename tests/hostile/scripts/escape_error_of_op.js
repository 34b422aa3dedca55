// outcome: ok
on("go", async () => {
  try {
    await op("refuse", null);
  } catch (error) {
    if (error.constructor.constructor !== Function) throw new Error("reached: another Function");
    if (/\.py|Traceback/.test(error.stack + error.message)) throw new Error(`reached: ${error.stack}`);
    for (const key of Reflect.ownKeys(error)) {
      if (!["message", "stack", "fileName", "lineNumber", "columnNumber", "code", "status", "retryAfter", "route", "details", "cause"].includes(key)) {
        throw new Error(`reached: ${String(key)}`);
      }
    }
  }
});
