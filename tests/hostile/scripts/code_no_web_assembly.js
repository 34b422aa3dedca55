// outcome: ok
on("go", () => {
  if (typeof WebAssembly !== "undefined") throw new Error("reached: WebAssembly");
});
