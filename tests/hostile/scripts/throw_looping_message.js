// outcome: cpu
on("go", () => {
  const error = new Error("text");
  Object.defineProperty(error, "message", { get() { for (;;); } });
  throw error;
});
