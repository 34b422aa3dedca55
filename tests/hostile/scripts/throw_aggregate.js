// outcome: threw
// error: AggregateError
on("go", () => Promise.any([Promise.reject(1), Promise.reject(new Error("two"))]));
