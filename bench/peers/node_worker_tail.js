{
  const { parentPort } = require("node:worker_threads");
  parentPort.on("message", async (event) => parentPort.postMessage(await dispatch("messageCreate", JSON.parse(event))));
}
