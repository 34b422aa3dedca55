// outcome: ok
// Setting properties that the host might read later catches no call of the host.
on("go", async () => {
  for (const name of ["__core", "__host", "__mailbox", "limits", "control"]) {
    Object.defineProperty(globalThis, name, { get() { throw new Error("reached"); }, set() { throw new Error("reached"); } });
  }
  await op("echo", 1);
  console.log("text");
});
