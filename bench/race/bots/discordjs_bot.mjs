// The bot of the race in discord.js.
import { Client, Events } from "discord.js";

const api = process.env.RACE_API.replace(/\/v10$/, "");
const client = new Client({ intents: Number(process.env.RACE_INTENTS), rest: { api } });
const counts = new Map();

client.on(Events.MessageCreate, async (message) => {
  const author = message.author.id;
  counts.set(author, (counts.get(author) ?? 0) + 1);
  if (message.content.startsWith("!spin ")) {
    const end = Date.now() + Number(message.content.slice(6));
    while (Date.now() < end);
  }
  if (message.content.startsWith("!ping ")) await message.channel.send("pong " + message.content.slice(6));
});
client.on(Events.InteractionCreate, async (interaction) => {
  if (interaction.isChatInputCommand() && interaction.commandName === "hello") await interaction.reply("hello");
});
client.once(Events.ClientReady, () => console.log("ready"));
process.stdin.resume().on("end", () => process.exit(0));
await client.login(process.env.RACE_TOKEN);
