// outcome: threw, memory
on("go", () => {
  throw Array.from({ length: 1e6 }, () => "xxxxxxxx");
});
