// The bot of the race in discord.js.
import { Client, Events } from "discord.js";
import { attacks } from "./attacks.mjs";

const api = process.env.RACE_API.replace(/\/v10$/, "");
const [shard, shards] = process.env.RACE_SHARD.split("/").map(Number);
const client = new Client({ intents: Number(process.env.RACE_INTENTS), rest: { api }, shards: [shard], shardCount: shards });
const counts = new Map();

// Microseconds of Unix time. This clock, like flora's, knows whole milliseconds only; half of one is the fair guess.
const moment = () => Date.now() * 1000 + 500;

// Who hosts scripts of others catches what their handlers throw.
function attack(said) {
  const [, name, argument] = said.split(" ");
  try {
    attacks[name](argument);
  } catch (error) {
    console.error(String(error));
  }
}

client.on(Events.MessageCreate, async (message) => {
  const author = message.author.id;
  counts.set(author, (counts.get(author) ?? 0) + 1);
  if (message.content.startsWith("!attack ")) attack(message.content);
  if (message.content.startsWith("!ping ")) {
    const entered = moment();
    await message.channel.send(`pong ${message.content.slice(6)} ${entered}`);
  }
});
client.on(Events.InteractionCreate, async (interaction) => {
  const entered = moment();
  if (interaction.isChatInputCommand() && interaction.commandName === "hello") await interaction.reply(`hello ${entered}`);
});
client.once(Events.ClientReady, () => console.log("ready"));
process.stdin.resume().on("end", () => process.exit(0));
await client.login(process.env.RACE_TOKEN);
