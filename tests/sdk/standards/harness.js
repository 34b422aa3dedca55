// What the claims beside it are made with; loaded before each of them.
const tests = [];
const test = (name, run) => tests.push({ name, run });
const same = (a, b) => Object.is(a, b) || (typeof a === "object" && typeof b === "object" && a !== null && b !== null
  && Array.isArray(a) === Array.isArray(b) && Object.keys(a).length === Object.keys(b).length
  && Object.keys(a).every((key) => Object.hasOwn(b, key) && same(a[key], b[key])));
const show = (value) => JSON.stringify(value) ?? String(value);
const equal = (got, wanted, about = "") => {
  if (!same(got, wanted)) throw new Error(`${about} ${show(got)} is not ${show(wanted)}`);
};
const isOf = (error, kind) => (typeof kind === "string" ? error?.name === kind && error instanceof DOMException : error instanceof kind);
const throws = (kind, run, about = "") => {
  try {
    run();
  } catch (error) {
    if (isOf(error, kind)) return;
    throw new Error(`${about} threw ${error}, no ${kind.name ?? kind}`);
  }
  throw new Error(`${about} threw nothing`);
};
const rejects = async (kind, promise) => {
  let thrown;
  try {
    await promise;
  } catch (error) {
    thrown = error;
  }
  throws(kind, () => { if (thrown !== undefined) throw thrown; });
};
on("go", async () => {
  const failed = [];
  for (const { name, run } of tests) {
    try {
      await run();
    } catch (error) {
      failed.push(`${name}: ${error.message}`);
    }
  }
  console.log(JSON.stringify({ count: tests.length, failed }));
});
