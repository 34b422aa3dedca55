// For each line on stdin: a new worker thread, timed from asking to its first handler's answer, then ended unless the
// line says `hold`.
const { Worker } = require("node:worker_threads");
const { createInterface } = require("node:readline");

const [bundle, event] = process.argv.slice(2);

const once = (how) =>
  new Promise((resolve, reject) => {
    const began = performance.now();
    const worker = new Worker(bundle);
    worker.once("error", reject);
    worker.once("message", async (answer) => {
      const took = performance.now() - began;
      if (how !== "hold") await worker.terminate();
      resolve(`${took} ${answer}`);
    });
    worker.postMessage(event);
  });

(async () => {
  for await (const line of createInterface({ input: process.stdin })) console.log(await once(line));
})();
