// outcome: memory, cpu
// deadline: 20
// after: keeps, ends killed, memory
on("go", () => {
  const map = new WeakMap();
  const keys = [];
  for (;;) {
    const key = {};
    keys.push(key);
    map.set(key, new Array(10).fill(key));
  }
});
