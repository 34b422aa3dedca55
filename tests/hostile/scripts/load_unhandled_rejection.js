// outcome: ok
// log: nobody listens
on("go", () => undefined);
Promise.reject(new Error("nobody listens"));
