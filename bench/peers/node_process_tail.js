dispatch("messageCreate", JSON.parse(process.argv[2])).then((answer) => {
  require("node:fs").writeSync(1, `0 ${answer}\n`);
  if (process.argv[3] === "hold") setInterval(() => {}, 1 << 30);
});
