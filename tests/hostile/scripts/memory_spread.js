// outcome: threw, memory
on("go", () => {
  const many = new Array(5e6).fill(1);
  return Math.max(...many);
});
