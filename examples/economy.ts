// Coins: `/daily`, `/pay`, `/balance`, `/rich`. Money must not come from nothing: payments are one transaction that
// checks what it read, the daily coins are claimed with a key that expires by itself, and everything else is an
// increment.

const DAILY = 100;
const DAY_S = 86_400;

const coins = kv.store("coins"); // member -> coins
const claims = kv.store("daily-claims");

const amount = (count: number): string => `**${count.toLocaleString("en")}** coin${count === 1 ? "" : "s"}`;

async function balanceOf(userId: string): Promise<number> {
  return (await coins.get(userId)) ?? 0;
}

const balance = slash({
  name: "balance",
  description: "How much you have",
  options: [{ name: "member", description: "Whose, if not yours", type: "user" }],
  run: async (ctx) => {
    const userId = ctx.options.member ?? ctx.user.id;
    const content = `${userMention(userId)}: ${amount(await balanceOf(userId))}`;
    await ctx.reply({ content, ephemeral: true, allowedMentions: { parse: [] } });
  },
});

const daily = slash({
  name: "daily",
  description: "Your coins of today",
  run: async (ctx) => {
    const next = Date.now() + DAY_S * 1000;
    if (!(await claims.setIfAbsent(ctx.user.id, next, { ttl: DAY_S }))) {
      const due: number | null = await claims.get(ctx.user.id);
      return ctx.reply({ content: `You had yours. The next come ${relativeTime(due ?? next)}.`, ephemeral: true });
    }
    const value = await coins.increment(ctx.user.id, DAILY);
    await ctx.reply(`Here are ${amount(DAILY)}. You have ${amount(value)}.`);
  },
});

/** False when the payer has too little. Somebody else's payment in between is seen, and then it is tried again. */
async function transfer(from: string, to: string, count: number): Promise<boolean> {
  for (let attempt = 0; attempt < 10; attempt++) {
    const payer = await coins.getWithMetadata(from);
    if ((payer.value ?? 0) < count) return false;
    const { ok } = await kv
      .transaction("coins")
      .check(from, payer.version)
      .increment(from, -count)
      .increment(to, count)
      .commit();
    if (ok) return true;
  }
  throw new Error("too many payments at once; nothing was paid");
}

const pay = slash({
  name: "pay",
  description: "Give somebody coins",
  cooldown: 2,
  options: [
    { name: "member", description: "To whom", type: "user", required: true },
    { name: "coins", description: "How many", type: "integer", required: true, minValue: 1, maxValue: 1_000_000 },
  ],
  run: async (ctx) => {
    const { member, coins: count } = ctx.options;
    if (member === ctx.user.id) return ctx.reply({ content: "That would change nothing.", ephemeral: true });
    if (!(await transfer(ctx.user.id, member, count))) {
      return ctx.reply({ content: `You have no ${amount(count)}.`, ephemeral: true });
    }
    await ctx.reply(`${userMention(ctx.user.id)} gave ${userMention(member)} ${amount(count)}.`);
  },
});

const rich = slash({
  name: "rich",
  description: "Who has the most",
  run: async (ctx) => ctx.reply({ ...(await ranking(0)), allowedMentions: { parse: [] } }),
});

async function ranking(page: number): Promise<MessageOptions> {
  const { keys } = await coins.list({ limit: 1000 });
  const names = keys.map((key) => key.name);
  const counts: (number | null)[] = names.length > 0 ? await coins.getMany(names) : [];
  const ranked = names
    .map((userId, index) => ({ userId, count: counts[index] ?? 0 }))
    .sort((a, b) => b.count - a.count);
  const lines = ranked.map((one, index) => `${index + 1}. ${userMention(one.userId)}: ${amount(one.count)}`);
  return pageMessage({ name: "rich", page }, pagesOfLines(lines, { title: "The richest", color: Colors.Gold }));
}

onButton(pagePattern("rich"), async (ctx) => {
  const at = readPageId(ctx.customId);
  if (at !== undefined) await ctx.update({ ...(await ranking(at.page)), allowedMentions: { parse: [] } });
});

createBot({ slashCommands: [balance, daily, pay, rich] });
