// outcome: ok
// A stack may name the house's frames; it must not name a path of the machine.
on("go", () => {
  const stack = new Error("x").stack;
  if (/\.py|\/(home|usr|opt|tmp|root|var)\//.test(stack)) throw new Error(`reached: ${stack}`);
});
