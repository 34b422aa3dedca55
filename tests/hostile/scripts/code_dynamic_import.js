// outcome: threw
on("go", async () => {
  await import("fs");
});
