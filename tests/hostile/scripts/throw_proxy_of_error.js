// outcome: threw
on("go", () => {
  throw new Proxy(new Error("inner"), {});
});
