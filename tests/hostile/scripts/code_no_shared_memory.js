// outcome: ok
on("go", () => {
  if (typeof SharedArrayBuffer !== "undefined" || typeof Atomics !== "undefined") throw new Error("reached: shared memory");
});
