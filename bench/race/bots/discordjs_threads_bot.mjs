// The bot of the race in discord.js, each guild's handlers in a worker thread of its own: who hosts scripts that way
// keeps the connection in the main thread, lets each guild's thread say what is to be sent, limits its heap as flora does
// and starts it anew when it has ended.
import { Worker, isMainThread, parentPort } from "node:worker_threads";
import { Client, Events } from "discord.js";
import { attacks } from "./attacks.mjs";

if (isMainThread) host();
else guild();

function guild() {
  const counts = new Map();
  parentPort.on("message", ({ id, author, content }) => {
    const entered = Date.now() * 1000 + 500; // as in the other bot
    if (content === undefined) return parentPort.postMessage({ id, text: `hello ${entered}` });
    counts.set(author, (counts.get(author) ?? 0) + 1);
    if (content.startsWith("!attack ")) attack(content);
    if (content.startsWith("!ping ")) parentPort.postMessage({ id, text: `pong ${content.slice(6)} ${entered}` });
  });
}

function attack(said) {
  const [, name, argument] = said.split(" ");
  try {
    attacks[name](argument);
  } catch (error) {
    console.error(String(error));
  }
}

async function host() {
  const api = process.env.RACE_API.replace(/\/v10$/, "");
  const client = new Client({ intents: Number(process.env.RACE_INTENTS), rest: { api } });
  const asked = new Map();
  const threads = new Map();
  const start = (guild) => {
    const thread = new Worker(new URL(import.meta.url), { resourceLimits: { maxOldGenerationSizeMb: 64 } });
    thread.on("message", ({ id, text }) => {
      const answer = asked.get(id);
      asked.delete(id);
      answer?.(text);
    });
    thread.on("error", (error) => console.error(String(error)));
    thread.on("exit", () => start(guild));
    threads.set(guild, thread);
  };
  for (const guild of process.env.RACE_GUILDS.split(",")) start(guild);
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
