// What must be accepted, with the types that it must have. Never run; `tests/sdk/test_types.py` has it compiled.

const text: string = "";
const count: number = 0;

on("messageCreate", async ({ msg, raw, reply }) => {
  const author: User = msg.author;
  const attached: string[] = msg.attachments.map((one) => one.url);
  const answered: Message = await reply({ content: author.username + attached.length, allowedMentions: { parse: [] } });
  console.log(answered.id, raw.anything.at.all);
});
on("messageUpdate", ({ msg }) => console.log(msg.old?.content.length, msg.new.content.length));
on("reactionAdd", ({ msg }) => console.log(msg.emoji.name, msg.userId));
const stop: () => void = once("voiceStateUpdate", ({ msg, old }) => console.log(msg.channelId, old));
stop();
on("componentInteraction", (ctx) => ctx.update({ content: ctx.values.join() }));

slash({
  name: "typed",
  description: "Options have their types",
  options: [
    { name: "text", description: "t", required: true },
    { name: "count", description: "c", type: "integer", required: true, minValue: 1 },
    { name: "maybe", description: "m", type: "boolean" },
    { name: "who", description: "w", type: "user", required: true },
  ],
  run: async (ctx) => {
    const given: { text: string; count: number; maybe: boolean | undefined; who: string } = ctx.options;
    const user: User | null = ctx.getUser("who");
    await ctx.defer({ ephemeral: true });
    await ctx.editReply(`${given.text} ${given.count + 1} ${given.maybe ?? false} ${user?.globalName ?? ctx.user.username}`);
  },
});
slash({
  name: "group",
  description: "g",
  subcommands: [
    subcommand({ name: "one", description: "o", options: [{ name: "n", type: "number", required: true }], run: ({ options }) => options.n.toFixed() }),
    { name: "deep", description: "d", subcommands: [{ name: "two", description: "t", run: (ctx) => ctx.reply("x") }] },
  ],
  defaultMemberPermissions: PermissionFlags.ManageMessages,
});
createBot({
  prefix: ["!", "?"],
  help: true,
  commands: [prefix({ name: "echo", cooldown: { seconds: 1, per: "channel" }, run: ({ args, reply }) => reply(args.join(" ")) })],
  contextMenus: [
    userCommand({ name: "Who", run: ({ target, reply }) => reply(target.username) }),
    messageCommand({ name: "Quote", run: ({ target, reply }) => reply(target.content) }),
  ],
  buttons: { "vote:{poll}": ({ params }) => console.log(params.poll?.length) },
});

const entry: KvEntry<{ a: number }> | null = await kv.getEntry<{ a: number }>("a");
const sum: number = await kv.store("coins").increment("a", entry?.value.a);
const tried: boolean = await kv.setIfAbsent("lock", 1, { ttl: 60 });
const { ok } = await kv.transaction().check("a", entry?.version ?? 0).set("b", sum).commit();
for await (const key of kv.keys({ prefix: "x" })) console.log(key.length, ok, tried);
const updated: number | undefined = await kv.update<number>("n", (n) => (n ?? 0) + 1);

cron("daily", "0 9 * * *", ({ name, scheduledAt }) => console.log(name, scheduledAt), { timeZone: "Europe/Berlin" });
timers.on<{ text: string }>("remind", ({ payload }) => console.log(payload.text));
const id: string = await schedule("remind", { in: "3d" }, { text });
await cancel(id);
const key = secrets.get("KEY");
const response = await fetch("https://example.org", { headers: { authorization: `Bearer ${key}` }, signal: AbortSignal.timeout(count) });
const placeholder: string | undefined = await key;
const color: string | undefined = await vars.get("COLOR");
const body: { a: number } = await response.json();

const channel: Channel = await rest.getChannel({ channelId: "1" });
const messages: Message[] = await rest.listMessages({ channelId: channel.id, limit: 5 });
const sent: Message = await rest.sendMessage({ channelId: "1", content: "x", embeds: [embed().setTitle("t")] });
await rest.updateGuildMember({ userId: sent.author.id, nick: "x", reason: "because" });
await rest.banMember({ userId: "1", deleteMessageSeconds: 60 });

const url: URL = new URL("x", "https://a.b");
const match = new URLPattern({ pathname: "/:id" }).exec(url.href)?.pathname.groups["id"];
const bytes: Uint8Array = crypto.getRandomValues(new Uint8Array(8));
const form = new FormData();
form.append("file", new File([bytes], "name"));
for await (const part of new Response(form).body ?? []) console.log(part.length, match, updated, placeholder, color, body.a, messages);
console.log(structuredClone({ a: 1 }).a + 1, new TextDecoder().decode(await crypto.subtle.digest("SHA-256", bytes)));
const timer: number = setTimeout((a: string) => console.log(a), 5, "x");
clearTimeout(timer);

on("guildCreate", async () => {
  const role = await rest.createGuildRole({ name: "a", permissions: permissionBits(["BanMembers"]), reason: "why" });
  await rest.updateGuildRole({ roleId: role.id, hoist: true, query: { with: 1 } });
  await rest.bulkUpdateGuildRoles({ body: [{ id: role.id, position: 2 }] });
  await rest.createThread({ channelId: "1", name: "post", message: { embeds: [embed()] }, appliedTags: ["1"] });
  await rest.createGuildChannel({ name: "x", permissionOverwrites: [{ id: "1", type: 0, deny: PermissionFlags.ViewChannel }] });
  const guild = await rest.getGuild({ withCounts: true });
  const list = await kv.update<string[]>("names", (before) => [...(before ?? []), guild.name]);
  list.push((await rest.listGuildChannels()).length.toFixed());
});

const flat = flattenCommands([
  slash({ name: "a", description: "A", options: [{ name: "o", choices: { Half: 0.5 }, type: "number", min: 0 }], run() {} }),
]);
console.log(flat[0]?.options?.[0]?.choices?.[0]?.value);
