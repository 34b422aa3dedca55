// outcome: ok
on("go", async () => {
  const answer = await op("echo", JSON.parse('{"__proto__": {"polluted": 1}, "constructor": {"prototype": {"polluted": 1}}}'));
  if ({}.polluted !== undefined || answer.polluted !== undefined) throw new Error("polluted");
});
