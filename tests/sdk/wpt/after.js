// Waits for every test of the file, ends those that do not by themselves, and tells the runner how each went.
setTimeout(timeout, PATIENCE_MS);
{
  const { tests, harness } = await globalThis.__ended;
  const facts = tests.map(({ name, status, message }) => [name, status, message]);
  if (harness.status === harness.ERROR) facts.push(["(the harness)", 1, harness.message]);
  for (let start = 0; start < facts.length; start += 200) await op("wpt.results", facts.slice(start, start + 200));
}
