// outcome: memory, threw
// after: keeps, ends memory
on("go", () => {
  let text = "xy";
  const kept = [];
  for (;;) {
    text = text + text.length + text;
    kept.push(text);
    text.indexOf("nowhere");
  }
});
