// outcome: wall_time, cpu
// after: keeps, ends killed
on("go", () => {
  setInterval(() => {
    for (let index = 0; index < 300; index++) Promise.reject(index);
  }, 1);
  return new Promise(() => undefined);
});
