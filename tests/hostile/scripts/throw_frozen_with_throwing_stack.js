// outcome: threw
on("go", () => {
  throw Object.freeze({ get stack() { throw new Error("stack"); }, get message() { throw new Error("message"); } });
});
