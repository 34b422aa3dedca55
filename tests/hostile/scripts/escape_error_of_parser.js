// outcome: ok
on("go", () => {
  try {
    JSON.parse("{");
  } catch (error) {
    if (/\.py|Traceback/.test(error.stack)) throw new Error(`reached: ${error.stack}`);
    if (error.constructor.constructor("return this")() !== globalThis) throw new Error("reached: another realm");
  }
});
