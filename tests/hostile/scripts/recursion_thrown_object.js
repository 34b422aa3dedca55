// outcome: threw
on("go", () => {
  let nested = {};
  for (let depth = 0; depth < 200000; depth++) nested = { nested };
  throw nested;
});
