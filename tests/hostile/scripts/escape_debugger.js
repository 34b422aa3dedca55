// outcome: ok
on("go", () => {
  const other = globalThis.debuggerGlobal;
  if (other === undefined) return;
  const names = Reflect.ownKeys(other).filter((name) => !["undefined", "NaN", "Infinity"].includes(name));
  if (names.length > 0) throw new Error(`reached: ${names.map(String)}`);
  for (let value = other; value !== null; value = Object.getPrototypeOf(value)) {
    for (const name of Reflect.ownKeys(value)) {
      if (name === "constructor" && typeof value[name] === "function" && value[name] !== Object) {
        const made = Reflect.apply(value[name].constructor, null, ["return typeof Debugger"]);
        if (made() !== "undefined") throw new Error("reached: Debugger");
      }
    }
  }
});
