// outcome: threw
on("go", async () => {
  await import("file:///etc/passwd");
});
