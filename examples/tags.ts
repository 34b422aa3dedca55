// Tags: short texts that members keep by name. `/tag show rules`, `/tag edit rules` (a form), `/tag list`,
// `/tag delete`. Whoever made a tag may change it; so may those who manage messages.

interface Tag {
  text: string;
  author: string;
  uses: number;
}

const tags = kv.store("tags");
const keyOf = (name: string): string => name.trim().toLowerCase();

const find = (name: string): Promise<Tag | null> => tags.get(keyOf(name));

/** The names that begin with what is being typed. */
async function suggest(typed: string): Promise<string[]> {
  const { keys } = await tags.list({ prefix: keyOf(typed), limit: 25 });
  return keys.map((key) => key.name);
}

const mayChange = (ctx: InteractionContext, tag: Tag): boolean =>
  tag.author === ctx.user.id || hasPermissions(ctx.member.permissions, "ManageMessages");

const only = (ctx: InteractionContext, content: string) => ctx.reply({ content, ephemeral: true });

const name: SlashOption = {
  name: "name",
  description: "Which tag",
  required: true,
  maxLength: 50,
  autocomplete: (ctx) => suggest(ctx.value),
};

const show: SlashSubcommand = {
  name: "show",
  description: "Show a tag",
  options: [name],
  run: async (ctx) => {
    const tag = await find(ctx.options.name);
    if (tag === null) return only(ctx, `There is no tag "${escapeMarkdown(ctx.options.name)}".`);
    await ctx.reply({ content: tag.text, allowedMentions: { parse: [] } });
    await tags.update(keyOf(ctx.options.name), (now: Tag | null) => now && { ...now, uses: now.uses + 1 });
  },
};

const edit: SlashSubcommand = {
  name: "edit",
  description: "Write a tag, new or old",
  options: [{ ...name, minLength: 1 }],
  run: async (ctx) => {
    const key = keyOf(ctx.options.name);
    const tag = await find(key);
    if (tag !== null && !mayChange(ctx, tag)) return only(ctx, "Somebody else made this tag.");
    const text = inputText("text").setStyle(InputTextStyle.Paragraph).setMaxLength(1900).setRequired(true);
    if (tag !== null) text.setValue(tag.text);
    await ctx.showModal(modal(`tag:${key}`, `Tag ${key}`.slice(0, 45)).addComponents(label("What it says", text)));
  },
};

const remove: SlashSubcommand = {
  name: "delete",
  description: "Forget a tag",
  options: [name],
  run: async (ctx) => {
    const tag = await find(ctx.options.name);
    if (tag === null) return only(ctx, "There is no such tag.");
    if (!mayChange(ctx, tag)) return only(ctx, "Somebody else made this tag.");
    await tags.delete(keyOf(ctx.options.name));
    await only(ctx, "Forgotten.");
  },
};

const list: SlashSubcommand = {
  name: "list",
  description: "All tags",
  run: async (ctx) => ctx.reply({ ...(await page(0, ctx.user.id)), ephemeral: true }),
};

async function page(number: number, owner: string) {
  const { keys } = await tags.list({ limit: 1000 });
  const lines = keys.map((key) => `- ${escapeMarkdown(key.name)}`);
  return pageMessage({ name: "tags", page: number, owner }, pagesOfLines(lines, { title: "Tags", perPage: 20 }));
}

onModal("tag:*", async (ctx) => {
  const key = ctx.params.rest as string;
  const text = String(ctx.fields.text).trim();
  if (text === "") return only(ctx, "A tag needs a text.");
  const uses = (await find(key))?.uses ?? 0;
  await tags.set(key, { text, author: ctx.user.id, uses });
  await only(ctx, `\`/tag show ${key}\` shows it from now on.`);
});

onButton(pagePattern("tags"), async (ctx) => {
  const at = readPageId(ctx.customId);
  if (at !== undefined && at.owner === ctx.user.id) await ctx.update(await page(at.page, ctx.user.id));
});

createBot({
  slashCommands: [slash({ name: "tag", description: "Texts to keep", subcommands: [show, edit, remove, list] })],
});
