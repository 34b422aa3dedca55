// outcome: ok
// log: more promises were rejected
on("go", () => {
  for (let index = 0; index < 20000; index++) Promise.reject(new Error("flood " + index));
});
