// The bot of the race in discord.js, each guild's handlers in a worker thread of its own: who hosts scripts that way
// keeps the connection in the main thread, and lets each guild's thread say what is to be sent.
import { Worker, isMainThread, parentPort } from "node:worker_threads";
import { Client, Events } from "discord.js";

if (isMainThread) host();
else guild();

function guild() {
  const counts = new Map();
  parentPort.on("message", ({ id, author, content }) => {
    if (content === undefined) return parentPort.postMessage({ id, text: "hello" });
    counts.set(author, (counts.get(author) ?? 0) + 1);
    if (content.startsWith("!spin ")) {
      const end = Date.now() + Number(content.slice(6));
      while (Date.now() < end);
    }
    if (content.startsWith("!ping ")) parentPort.postMessage({ id, text: "pong " + content.slice(6) });
  });
}

async function host() {
  const api = process.env.RACE_API.replace(/\/v10$/, "");
  const client = new Client({ intents: Number(process.env.RACE_INTENTS), rest: { api } });
  const asked = new Map();
  const threads = new Map();
  for (const id of process.env.RACE_GUILDS.split(",")) {
    const thread = new Worker(new URL(import.meta.url));
    thread.on("message", ({ id, text }) => {
      const answer = asked.get(id);
      asked.delete(id);
      answer?.(text);
    });
    threads.set(id, thread);
  }
  client.on(Events.MessageCreate, (message) => {
    if (message.content.startsWith("!ping ")) asked.set(message.id, (text) => message.channel.send(text));
    threads.get(message.guildId)?.postMessage({ id: message.id, author: message.author.id, content: message.content });
  });
  client.on(Events.InteractionCreate, (interaction) => {
    if (!interaction.isChatInputCommand() || interaction.commandName !== "hello") return;
    asked.set(interaction.id, (text) => interaction.reply(text));
    threads.get(interaction.guildId)?.postMessage({ id: interaction.id });
  });
  client.once(Events.ClientReady, () => console.log("ready"));
  process.stdin.resume().on("end", () => process.exit(0));
  await client.login(process.env.RACE_TOKEN);
}
