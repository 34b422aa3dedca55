// outcome: memory, threw
// after: keeps, ends memory
on("go", () => {
  let value = ["x".repeat(1000)];
  for (let depth = 0; depth < 25; depth++) value = [value, value];
  return JSON.stringify(value).length;
});
