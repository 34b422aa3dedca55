// outcome: cpu
on("go", () => {
  for (const _ of { [Symbol.iterator]: () => ({ next: () => ({ done: false }) }) });
});
