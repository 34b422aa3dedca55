// outcome: ok, memory
// after: keeps, ends memory, killed
on("go", () => {
  let chain = null;
  try {
    for (;;) chain = { chain };
  } catch {
    globalThis.chain = chain;
  }
});
