// outcome: ok
on("go", async () => {
  for (const delay of [NaN, -1, -Infinity, "x", undefined, null, 0n === 1n, [], {}]) {
    await new Promise((resolve) => setTimeout(resolve, delay));
  }
  setTimeout(() => undefined, Infinity);
  setTimeout(() => undefined, 1e300);
  for (const id of [NaN, -1, "x", undefined, null, {}]) clearTimeout(id);
});
