// outcome: ok
// Whatever is reachable from any value, `constructor.constructor` is this realm's Function, whose code sees nothing more.
on("go", (context) => {
  const seen = new Set();
  const odd = [];
  const walk = (value, path, depth) => {
    if (value === null || (typeof value !== "object" && typeof value !== "function") || seen.has(value) || depth > 12) return;
    seen.add(value);
    if (/python|__class__|__globals__|__subclasses__|gi_frame|f_back/.test(path)) odd.push(path);
    for (const name of ["__class__", "__globals__", "__dict__", "__self__", "__closure__", "__code__", "__module__"]) {
      try {
        if (value[name] !== undefined) odd.push(`${path}.${name}`);
      } catch {}
    }
    for (const key of Reflect.ownKeys(value)) {
      const found = Reflect.getOwnPropertyDescriptor(value, key);
      for (const part of [found?.value, found?.get, found?.set]) walk(part, `${path}.${String(key)}`, depth + 1);
    }
    walk(Reflect.getPrototypeOf(value), `${path}.[[Prototype]]`, depth + 1);
  };
  walk(globalThis, "globalThis", 0);
  walk(context, "context", 0);
  if (odd.length > 0) throw new Error(`reached: ${odd.slice(0, 5)}`);
  if (seen.size < 500) throw new Error(`saw ${seen.size} objects only: the walk is broken`);
});
