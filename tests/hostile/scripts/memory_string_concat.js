// outcome: memory, threw
// after: keeps, ends memory
on("go", () => {
  const kept = [];
  let text = "x";
  for (let index = 0; ; index++) {
    text += text.slice(0, 1000) + index;
    kept.push([text, text.charCodeAt(5)]);
  }
});
