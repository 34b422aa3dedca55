// outcome: ok
// No sloppy frame of the host is on the stack to be asked for its caller.
on("go", () => {
  const spy = new Function(`
    const caller = arguments.callee.caller;
    if (caller) throw new Error("reached: " + caller);
    return 1;
  `);
  [3, 1].sort(spy);
  JSON.stringify({ toJSON: spy });
  op("echo", { toJSON: spy });
  console.log({ toJSON: spy });
  setTimeout(() => undefined, { valueOf: spy });
  clearTimeout({ valueOf: spy });
  op({ toString: spy }, 1);
});
