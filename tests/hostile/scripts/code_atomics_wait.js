// outcome: threw
// error: ReferenceError: Atomics is not defined
on("go", () => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0));
