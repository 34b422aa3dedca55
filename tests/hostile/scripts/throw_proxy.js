// outcome: threw
on("go", () => {
  throw new Proxy({}, {
    get() { throw new Error("trap"); },
    getPrototypeOf() { throw new Error("trap"); },
    ownKeys() { throw new Error("trap"); },
  });
});
