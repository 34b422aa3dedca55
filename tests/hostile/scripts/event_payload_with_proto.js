// event: go {"__proto__": {"polluted": true}, "toJSON": 1, "then": 2, "constructor": {"prototype": {"polluted": true}}}
// outcome: ok
on("go", ({ msg }) => {
  if ({}.polluted !== undefined || [].polluted !== undefined) throw new Error("polluted");
  if (msg.then !== 2) throw new Error("changed");
});
