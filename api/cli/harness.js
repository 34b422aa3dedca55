// What `*.test.ts` files find beside the globals of a script. Bundled before them; the host's side is testing.py.
const STORE = "~flora-test";
const waiting = [];

const call = async (name, args) => {
  const key = JSON.stringify({ name, args });
  const answer = typeof op === "function" ? (await op("kv.get", { store: STORE, key })).value : await kv.store(STORE).get(key);
  return typeof answer === "string" ? JSON.parse(answer) : answer;
};

const show = (value) => (value instanceof Error ? String(value) : JSON.stringify(value) ?? String(value));

const same = (a, b) => {
  if (Object.is(a, b)) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && same(a[key], b[key]));
};

const thrown = (run) => {
  try {
    run();
  } catch (error) {
    return error;
  }
  return undefined;
};

const expectation = (value, negated) => {
  const claim = (holds, text) => {
    if (holds === negated) throw new Error(`expected ${show(value)} ${negated ? "not " : ""}${text}`);
  };
  return {
    get not() {
      return expectation(value, !negated);
    },
    toBe: (wanted) => claim(Object.is(value, wanted), `to be ${show(wanted)}`),
    toEqual: (wanted) => claim(same(value, wanted), `to equal ${show(wanted)}`),
    toContain: (wanted) =>
      claim(typeof value === "string" ? value.includes(wanted) : value.some((one) => same(one, wanted)), `to contain ${show(wanted)}`),
    toBeTruthy: () => claim(Boolean(value), "to be truthy"),
    toThrow: (message) => {
      const error = thrown(value);
      claim(error !== undefined && (message === undefined || String(error).includes(message)), `to throw ${message ?? ""}`);
    },
  };
};

let lastId = 1_300_000_000_000_000_000n;
const id = () => String(++lastId);
const GUILD = "999000000000000000";
const user = { id: "111000000000000000", username: "tester", global_name: "Tester", discriminator: "0", avatar: null, bot: false };
const member = { user, nick: null, roles: [], joined_at: "2026-01-01T00:00:00Z", permissions: "8", flags: 0 };

const TYPES = { string: 3, number: 4, boolean: 5 };
const interaction = (type, data) => ({
  id: id(), application_id: "222000000000000000", type, data, guild_id: GUILD, channel_id: "333000000000000000",
  member, token: "token", version: 1, locale: "en-US", entitlements: [],
});

const bot = {
  dispatch: (name, payload) => call("dispatch", { name, payload }),
  message: (content, more = {}) =>
    bot.dispatch("messageCreate", {
      id: id(), channel_id: "333000000000000000", guild_id: GUILD, author: user, member, content, type: 0,
      timestamp: "2026-01-01T00:00:00Z", edited_timestamp: null, tts: false, mention_everyone: false, mentions: [],
      mention_roles: [], attachments: [], embeds: [], pinned: false, flags: 0, ...more,
    }),
  command: (name, options = {}) =>
    bot.dispatch("interactionCreate", interaction(2, {
      id: id(), name, type: 1, guild_id: GUILD,
      options: Object.entries(options).map(([key, value]) => ({ name: key, type: TYPES[typeof value] ?? 3, value })),
    })),
  press: (customId, values) =>
    bot.dispatch("interactionCreate", {
      ...interaction(3, { custom_id: customId, component_type: values === undefined ? 2 : 3, ...(values && { values }) }),
      message: { id: id(), channel_id: "333000000000000000", author: user, content: "", components: [], embeds: [] },
    }),
  cron: (name) => bot.dispatch("__cron", { name, scheduledFor: Date.now(), runId: id(), manual: true }),
  respond: (operation, answer) => call("respond", { operation, answer }),
};

Object.assign(globalThis, {
  test: (name, run) => void waiting.push({ name: String(name), run }),
  expect: (value) => expectation(value, false),
  bot,
});

on("__test", async (context) => {
  const asked = context.msg?.index === undefined ? context.raw : context.msg;
  if (asked.index < 0) await call("names", waiting.map((one) => one.name));
  else await waiting[asked.index].run();
});
