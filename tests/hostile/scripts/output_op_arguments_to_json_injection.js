// outcome: ok
on("go", async () => {
  JSON.rawJSON && (await op("echo", JSON.rawJSON('"a\\nb"')));
  await op("echo", { toJSON: () => "a\nD\t1\tcrashed\t0\t0\t\nb" });
});
