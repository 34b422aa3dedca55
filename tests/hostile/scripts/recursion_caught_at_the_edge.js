// outcome: ok
// Calls of the host at the very end of the stack fail cleanly, and leave the host whole.
on("go", async () => {
  const edge = () => {
    try {
      console.log("edge");
      clearTimeout(setTimeout(() => undefined, 1));
      queueMicrotask(() => undefined);
      op("echo", 1).catch(() => undefined);
    } catch {
      // there is hardly any stack left
    }
  };
  let left = 200;
  const dive = () => {
    try {
      dive();
    } catch {
      if (left-- > 0) edge();
    }
  };
  dive();
  await op("echo", 2);
});
