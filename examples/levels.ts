// Levels: who writes gets points, at most once a minute, and a level from time to time. `/level` and the user menu's
// "Level" show them; `/levels role` gives a role from a level on.

const points = kv.store("points");
const resting = kv.store("points-resting"); // members who had points within the last minute
const rewards = kv.store("level-roles"); // level, padded so that the keys sort -> role

/** 100 points for the first level, and for each further one half as many again. */
function levelOf(count: number): number {
  let level = 0;
  for (let left = count, price = 100; left >= price; left -= price, price = Math.round(price * 1.5)) level++;
  return level;
}

const keyOf = (level: number): string => String(level).padStart(3, "0");

on("messageCreate", async (ctx) => {
  const { author, member } = ctx.msg;
  if (author.bot || member === undefined) return;
  if (!(await resting.setIfAbsent(author.id, true, { ttl: 60 }))) return;
  const gained = 15 + (Number(BigInt(ctx.msg.id) >> 22n) % 11); // 15 to 25, by when it was written
  const value = await points.increment(author.id, gained);
  const level = levelOf(value);
  if (level === levelOf(value - gained)) return;
  const role: string | null = await rewards.get(keyOf(level));
  if (role !== null && !member.roles.includes(role)) {
    await rest.addGuildMemberRole({ userId: author.id, roleId: role, reason: `level ${level}` });
  }
  await ctx.reply({ content: `${userMention(author.id)} has reached level ${level}.`, allowedMentions: { parse: [] } });
});

async function describe(userId: string): Promise<string> {
  const count: number = (await points.get(userId)) ?? 0;
  return `${userMention(userId)}: level ${levelOf(count)}, ${count} points`;
}

const show = slash({
  name: "level",
  description: "Your level",
  options: [{ name: "member", description: "Whose, if not yours", type: "user" }],
  run: async (ctx) => {
    const content = await describe(ctx.options.member ?? ctx.user.id);
    await ctx.reply({ content, ephemeral: true });
  },
});

const menu = userCommand({
  name: "Level",
  run: async (ctx) => ctx.reply({ content: await describe(ctx.targetId), ephemeral: true }),
});

const roles = slash({
  name: "levels",
  description: "What levels bring",
  defaultMemberPermissions: PermissionFlags.ManageRoles,
  subcommands: [
    {
      name: "role",
      description: "A role from a level on",
      options: [
        { name: "level", description: "Which level", type: "integer", required: true, minValue: 1, maxValue: 100 },
        { name: "role", description: "Which role", type: "role", required: true },
      ],
      run: async (ctx) => {
        const { level, role } = ctx.options;
        await rewards.set(keyOf(level), role);
        await ctx.reply({ content: `Level ${level} brings ${roleMention(role)}.`, ephemeral: true });
      },
    },
  ],
});

createBot({ slashCommands: [show, menu, roles] });
