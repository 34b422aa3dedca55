// outcome: wall_time
// log: again and again
on("go", () => {
  setInterval(() => { throw new Error("again and again"); }, 0);
  return new Promise(() => undefined);
});
