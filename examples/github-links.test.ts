import "./github-links";

const issue = {
  title: "It rains",
  html_url: "https://github.com/a/b/issues/7",
  state: "open",
  user: { login: "anna" },
  labels: [{ name: "weather" }],
};

test("a link is shown with what is behind it, and asked for once", async () => {
  await bot.respond("fetch", { status: 200, json: issue });
  const first = await bot.message("Look: https://github.com/a/b/issues/7 and a/b#7");
  const again = await bot.message("a/b#7 again");

  expect(first.reply.embeds.length).toBe(1);
  expect(first.reply.embeds[0].title).toBe("It rains");
  expect(first.reply.embeds[0].footer.text).toBe("Issue by anna, open");
  expect(first.calls.filter((call) => call.name === "fetch").length).toBe(1);
  expect(again.calls.filter((call) => call.name === "fetch").length).toBe(0);
  expect(again.reply.embeds[0].description).toBe("`weather`");
});

test("the token goes along, and the script does not see it", async () => {
  const stands = await bot.secret("GITHUB_TOKEN");
  await bot.respond("fetch", { status: 200, json: { ...issue, pull_request: { merged_at: "2026-01-01" } } });
  const run = await bot.message("https://github.com/a/b/pull/7");
  const { headers } = run.calls.find((call) => call.name === "fetch")!.args;

  expect(headers.find(([name]: [string]) => name === "authorization")[1]).toBe(`Bearer ${stands}`);
  expect(run.reply.embeds[0].footer.text).toBe("Pull request by anna, merged");
});

test("what is not there is not shown", async () => {
  await bot.respond("fetch", { status: 404, json: {} });
  expect((await bot.message("a/b#8")).replies).toEqual([]);

  await bot.respond("fetch", { status: 500, json: {} });
  const failed = await bot.message("a/b#9");
  expect(failed.replies).toEqual([]);
  expect(failed.logs[0].level).toBe("warn");
});
