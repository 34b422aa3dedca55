// For each line on stdin: a new worker without permissions, timed from asking to its first handler's answer, then ended
// unless the line says `hold`.
const [bundle, event] = Deno.args;

const held = [];
const once = (how) =>
  new Promise((resolve, reject) => {
    const began = performance.now();
    const worker = new Worker(bundle, { type: "module", deno: { permissions: "none" } });
    worker.onerror = (failure) => reject(new Error(failure.message));
    worker.onmessage = ({ data }) => {
      const took = performance.now() - began;
      if (how === "hold") held.push(worker);
      else worker.terminate();
      resolve(`${took} ${data}`);
    };
    worker.postMessage(event);
  });

const lines = Deno.stdin.readable.pipeThrough(new TextDecoderStream());
for await (const text of lines) for (const line of text.split("\n")) if (line !== "") console.log(await once(line));
