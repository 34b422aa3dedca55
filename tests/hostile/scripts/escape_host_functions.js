// outcome: ok
// What the host hands over are this realm's plain functions, none of which is Python's.
on("go", (context) => {
  for (const value of [on, op, console.log, setTimeout, setInterval, clearTimeout, clearInterval, queueMicrotask, context, context.msg]) {
    if (value === null) continue;
    if (!(value instanceof Object)) throw new Error("reached: another realm");
    if (value.constructor.constructor !== Function) throw new Error("reached: another Function");
    if (typeof value === "function" && /native code/.test(Function.prototype.toString.call(value))) throw new Error("reached: a native function");
  }
});
