// outcome: threw
// error: RangeError: .*arguments|too much recursion
on("go", () => Math.max.apply(null, { length: 1e7 }));
