// discord.js against the local Discord: `node discord_js.mjs API_URL GATEWAY_URL TOKEN PAGE_URL`.
// Prints a line for each thing that worked; the test knows which lines there must be.

import { ApplicationCommandOptionType, AttachmentBuilder, Client, DiscordAPIError, EmbedBuilder, Events, GatewayIntentBits, Partials } from "discord.js";

const [api, , token, page] = process.argv.slice(2);
const told = (line) => console.log(line);
const check = (holds, what) => { if (!holds) throw new Error(what); };
const rest = { api: api.replace(/\/v10$/, ""), version: "10" };
const client = new Client({ intents: Object.values(GatewayIntentBits).filter((bit) => typeof bit === "number"), partials: Object.values(Partials), rest });

async function act(action) {
  const answer = await fetch(`${page}local/act`, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(action) });
  check(answer.ok, await answer.text());
}
const next = (event, fits) => new Promise((done) => {
  const heard = (...given) => { if (fits(...given)) { client.off(event, heard); done(given); } };
  client.on(event, heard);
});

async function everything() {
  const guild = client.guilds.cache.first();
  const channel = guild.channels.cache.find((one) => one.name === "general");
  told(`guild ${guild.name} with ${guild.members.cache.size} members, ${guild.roles.cache.size} roles`);
  const ada = guild.members.cache.find((one) => one.user.username === "ada");
  const sent = await channel.send({ content: "hello", embeds: [new EmbedBuilder().setTitle("A title")] });
  told("sent");
  check((await sent.edit("hi")).content === "hi", "edit");
  told("edited");
  await sent.react("🌸");
  check((await channel.messages.fetch({ message: sent.id, force: true })).reactions.cache.has("🌸"), "react");
  told("reacted");
  check((await sent.reply("indeed")).reference.messageId === sent.id, "reply");
  told("replied");
  const option = { type: ApplicationCommandOptionType.String, name: "who", description: "whom", required: true };
  const registered = await guild.commands.set([{ name: "hello", description: "greets", options: [option] }]);
  told(`registered ['${[...registered.values()].map((one) => one.name).join("', '")}']`);
  client.once(Events.InteractionCreate, async (used) => { await used.deferReply(); await used.followUp(`hello ${used.options.getString("who")}`); });
  await Promise.all([
    next(Events.MessageUpdate, (_, message) => message.content === "hello moon"),
    act({ as: ada.id, kind: "command", channel: channel.id, name: "hello", options: [{ name: "who", type: 3, value: "moon" }] }),
  ]);
  told("answered an interaction");
  check((await channel.messages.fetch({ limit: 1, cache: false })).first().content === "hello moon", "history");
  told("history");
  const file = await channel.send({ files: [new AttachmentBuilder(Buffer.from("green"), { name: "leaf.txt" })] });
  check(await (await fetch(file.attachments.first().url)).text() === "green", "upload");
  told("uploaded");
  await channel.messages.fetch("1").catch((error) => { if (error instanceof DiscordAPIError) told(`refused with ${error.code}`); });
  await act({ as: ada.id, kind: "fault", channel: channel.id, fault: "drop" });
  const resumed = next(Events.ShardResume, () => true);
  await Promise.all([next(Events.MessageCreate, (message) => message.content === "missed"), act({ as: ada.id, kind: "say", channel: channel.id, text: "missed" })]);
  await resumed;
  told("resumed and heard what was missed");
}

setTimeout(() => process.exit(1), 90_000).unref();
client.once(Events.ClientReady, () => {
  told("ready");
  everything().catch((error) => told(String(error.stack))).finally(() => client.destroy());
});
client.login(token);
