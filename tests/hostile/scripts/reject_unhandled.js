// outcome: ok
// log: nobody listens
on("go", () => {
  Promise.reject(new Error("nobody listens"));
});
