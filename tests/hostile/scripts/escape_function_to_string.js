// outcome: ok
// The text of the host's functions tells nothing that leads further, and their names are no globals.
on("go", () => {
  const text = String(setTimeout) + String(op) + String(queueMicrotask);
  for (const name of text.match(/[A-Za-z_]\w+/g) ?? []) {
    if (/^(addTimer|uncaught|host|TypeErrorHere)$/.test(name) && (0, eval)(`typeof ${name}`) !== "undefined") throw new Error(`reached: ${name}`);
  }
});
