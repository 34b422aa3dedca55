// outcome: cpu
on("go", async () => {
  for await (const _ of { [Symbol.asyncIterator]: () => ({ next: async () => ({ done: false }) }) });
});
