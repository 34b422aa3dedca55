// outcome: threw, memory
// deadline: 5
on("go", () => {
  throw Array.from({ length: 1e6 }, () => "xxxxxxxx");
});
