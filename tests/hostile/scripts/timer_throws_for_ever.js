// outcome: wall_time, cpu
// log: again and again
on("go", () => {
  setInterval(() => { throw new Error("again and again"); }, 0);
  return new Promise(() => undefined);
});
