// outcome: ok
on("go", () => {
  const values = new Set(Array.from({ length: 100 }, Math.random));
  if (values.size < 100) throw new Error("repeats");
});
