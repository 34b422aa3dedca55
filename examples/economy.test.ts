import "./economy";

const anna = bot.as({ id: "1" }),
  ben = bot.as({ id: "2" });
const coinsOf = async (who: typeof bot) =>
  Number(/\*\*([\d,]+)\*\*/.exec((await who.command("balance")).reply.content)![1]!.replace(",", ""));

test("daily coins come once a day", async () => {
  expect((await anna.command("daily")).reply.content).toContain("You have **100** coins");
  expect((await anna.command("daily")).reply.content).toMatch(/The next come <t:\d+:R>/);
  await bot.advance(25 * 3_600_000);
  expect((await anna.command("daily")).reply.content).toContain("**200**");
});

test("coins are paid, and nobody pays what they have not", async () => {
  await anna.command("daily");

  expect((await anna.command("pay", { member: { user: "2" }, coins: 70 })).reply.content).toBe(
    "<@1> gave <@2> **70** coins.",
  );
  await bot.advance(3000);
  expect((await anna.command("pay", { member: { user: "2" }, coins: 31 })).reply.content).toContain("You have no");
  expect([await coinsOf(anna), await coinsOf(ben)]).toEqual([30, 70]);
});

test("payments at the same moment make no coins", async () => {
  const members = Array.from({ length: 6 }, (_, index) => bot.as({ id: String(10 + index) }));
  for (const member of members) await member.command("daily");

  const pay = (member: typeof bot, to: number) =>
    member.command("pay", { member: { user: String(10 + to) }, coins: 60 });
  await Promise.all(members.map((member, index) => pay(member, (index + 1) % 6)));
  const balances = await Promise.all(members.map(coinsOf));

  expect(balances.reduce((sum, one) => sum + one, 0)).toBe(600);
  expect(balances.every((one) => one >= 0)).toBe(true);
});

test("the richest come first", async () => {
  await anna.command("daily");
  await ben.command("daily");
  await anna.command("pay", { member: { user: "2" }, coins: 1 });

  expect((await anna.command("rich")).reply.embeds[0].description).toBe(
    "1. <@2>: **101** coins\n2. <@1>: **99** coins",
  );
});
