// The smallest script: answer one event. Try it with `flora try examples/ping.js messageCreate '{"content": "!ping"}'`.
on("messageCreate", async ({ msg }) => {
  if (msg.content !== "!ping") return;
  console.log("pong!", msg);
});
