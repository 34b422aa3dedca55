// What `*.test.ts` files find beside the globals of a script. Bundled before them; the host's side is stage.py.
const STORE = "~flora-test";
const waiting = [];

const call = async (name, args) => {
  const answer = await op("kv.get", { store: STORE, key: JSON.stringify({ name, args }) });
  return answer.value;
};

// -- expectations -------------------------------------------------------------------------------------------------

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
    toMatch: (wanted) => claim(wanted.test(value), `to match ${wanted}`),
    toBeTruthy: () => claim(Boolean(value), "to be truthy"),
    toThrow: (message) => {
      const error = thrown(value);
      claim(error !== undefined && (message === undefined || String(error).includes(message)), `to throw ${message ?? ""}`);
    },
  };
};

// -- the clock: Date moves with it, and so do timeouts, the expiry of keys and flora's own timers ----------------------

const { untilTimer, skipTime } = globalThis.__time;
delete globalThis.__time;

const RealDate = Date;
let ahead = 0;
const now = () => RealDate.now() + ahead;

const MovedDate = new Proxy(RealDate, {
  construct: (target, args, made) => Reflect.construct(target, args.length > 0 ? args : [now()], made === MovedDate ? target : made),
  apply: () => new RealDate(now()).toString(),
  get: (target, key) => (key === "now" ? now : Reflect.get(target, key)),
});

// -- what happens in the guild ------------------------------------------------------------------------------------

const GUILD = "999000000000000000", CHANNEL = "333000000000000000", APPLICATION = "222000000000000000";
const EPOCH = 1420070400000n;

let count = 0n;
const id = () => String(((BigInt(now()) - EPOCH) << 22n) + ++count);
const moment = () => new RealDate(now()).toISOString();

// Until the script waits for nothing but time: a look through the host in which nothing new was asked for or said.
const settled = async () => {
  for (let before = -1, seen = await call("settled"); seen !== before; ) [before, seen] = [seen, await call("settled")];
};

// From one thing that is due to the next, so that each finds the time that it was set for.
const pass = async (milliseconds, runs) => {
  for (let left = milliseconds; left > 0; ) {
    await settled();
    const { step, due } = await call("step", { left, timer: Math.min(Math.ceil(untilTimer()), left) });
    left -= step;
    ahead += step;
    skipTime(step);
    for (const timer of due) runs.push(await bot.dispatch("__timer", timer));
  }
  await settled();
};

const fullUser = (given = {}) => ({ global_name: null, discriminator: "0", avatar: null, bot: false, ...given });
const TESTER = { id: "111000000000000000", username: "tester", global_name: "Tester" };

const memberOf = ({ roles = [], permissions = "0", nick = null, joinedAt = "2026-01-01T00:00:00Z", ...user }) => ({
  user: fullUser(user), nick, roles, joined_at: joinedAt, permissions: String(permissions), flags: 0, pending: false,
});

const message = (author, more = {}) => ({
  id: id(), channel_id: CHANNEL, guild_id: GUILD, author, content: "", type: 0, timestamp: moment(), edited_timestamp: null,
  tts: false, mention_everyone: false, mentions: [], mention_roles: [], attachments: [], embeds: [], components: [],
  pinned: false, flags: 0, ...more,
});

// Options are given as plain values, and as { user }, { role }, { channel } or { attachment } where Discord sends an id.
const KINDS = { user: 6, channel: 7, role: 8, attachment: 11 };

const optionOf = (name, value, resolved) => {
  for (const kind of Object.keys(KINDS)) {
    const given = value?.[kind];
    if (given === undefined) continue;
    const object = typeof given === "string" ? { id: given } : given;
    (resolved[`${kind}s`] ??= {})[object.id] = kind === "user" ? fullUser(object) : object;
    return { name, type: KINDS[kind], value: object.id };
  }
  const type = typeof value === "boolean" ? 5 : typeof value !== "number" ? 3 : Number.isInteger(value) ? 4 : 10;
  return { name, type, value };
};

// "tag show" is the command tag with its subcommand show; three words are a command, a group and a subcommand.
const commandData = (words, options) => {
  const resolved = {};
  const [name, ...inner] = words.split(" ");
  let list = Object.entries(options).map(([key, value]) => optionOf(key, value, resolved));
  for (let depth = inner.length; depth > 0; depth--) {
    list = [{ name: inner[depth - 1], type: inner.length - depth + 1, options: list }];
  }
  return { id: id(), name, type: 1, guild_id: GUILD, options: list, ...(Object.keys(resolved).length > 0 && { resolved }) };
};

const submitted = ([customId, value]) => {
  if (Array.isArray(value)) return { type: 18, component: { type: 3, custom_id: customId, values: value } };
  return { type: 18, component: { type: typeof value === "boolean" ? 23 : 4, custom_id: customId, value } };
};

const RESPONSES = { 4: "reply", 7: "reply", 8: "choices", 9: "modal" };

// What a run said, beside everything that it asked for.
const read = (run) => {
  const replies = [];
  const found = { replies, reply: undefined, modal: undefined, choices: undefined };
  for (const { name, args } of run.calls) {
    const kind = name === "rest.createInteractionResponse" ? RESPONSES[args.body.type] : undefined;
    if (kind === "modal") found.modal = args.body.data;
    else if (kind === "choices") found.choices = args.body.data.choices;
    else if (kind === "reply") replies.push(args.body.data);
    else if (/^rest\.(createMessage|executeWebhook|updateOriginalWebhookMessage)$/.test(name)) replies.push(args.body);
  }
  found.reply = replies[0];
  return { ...run, ...found };
};

const botOf = (who) => {
  const member = memberOf(who);
  const interaction = (type, data, more = {}) =>
    bot.dispatch("interactionCreate", {
      id: id(), application_id: APPLICATION, type, data, guild_id: GUILD, channel_id: CHANNEL, member, token: "token",
      version: 1, locale: "en-US", guild_locale: "en-US", entitlements: [], ...more,
    });
  const clicked = (more) => ({ message: message(fullUser({ id: APPLICATION, username: "flora", bot: true }), more) });
  const bot = {
    as: (other) => botOf({ ...TESTER, ...other }),
    user: member.user,
    dispatch: async (name, payload) => read(await call("dispatch", { name, payload })),
    message: (content, more = {}) => {
      const { user: author, ...rest } = member;
      return bot.dispatch("messageCreate", { ...message(author, { content, member: rest }), ...more });
    },
    react: (emoji, more = {}) =>
      bot.dispatch("messageReactionAdd", {
        user_id: member.user.id, member, channel_id: CHANNEL, guild_id: GUILD, message_id: id(), burst: false,
        emoji: typeof emoji === "string" ? { id: null, name: emoji } : emoji, ...more,
      }),
    command: (name, options = {}) => interaction(2, commandData(name, options)),
    complete: (name, option, typed, options = {}) => {
      const data = commandData(name, { ...options, [option]: typed });
      let list = data.options;
      while (list[0]?.options !== undefined) list = list[0].options;
      list.find((one) => one.name === option).focused = true;
      return interaction(4, data);
    },
    menu: (name, target) => {
      const isMessage = target.message !== undefined;
      const found = isMessage ? message(member.user, target.message) : fullUser({ id: id(), username: "target", ...target.user });
      const resolved = isMessage ? { messages: { [found.id]: found } } : { users: { [found.id]: found } };
      return interaction(2, { id: id(), name, type: isMessage ? 3 : 2, guild_id: GUILD, target_id: found.id, resolved });
    },
    press: (customId, values, more = {}) => {
      const data = { custom_id: customId, component_type: values === undefined ? 2 : 3, ...(values && { values }) };
      return interaction(3, data, clicked(more.message));
    },
    submit: (customId, fields, more = {}) => {
      const data = { custom_id: customId, components: Object.entries(fields).map(submitted) };
      return interaction(5, data, more.message === undefined ? {} : clicked(more.message));
    },
    cron: (name) => bot.dispatch("__cron", { name, scheduledFor: now(), runId: id(), manual: true }),
    timer: (name, payload = null) => bot.dispatch("__timer", { name, payload, scheduledFor: moment() }),
    advance: async (milliseconds) => {
      if (!(milliseconds >= 0 && milliseconds < Infinity)) throw new RangeError(`time passes by milliseconds, not by ${show(milliseconds)}`);
      globalThis.Date = MovedDate;
      const runs = [], mark = await call("mark");
      await pass(milliseconds, runs);
      const meanwhile = Object.entries(read(await call("since", mark)));
      return Object.defineProperties(runs, Object.fromEntries(meanwhile.map(([name, value]) => [name, { value }])));
    },
    respond: (operation, answer) => call("respond", { operation, answer }),
    secret: (name) => call("secret", name),
  };
  return bot;
};

Object.assign(globalThis, {
  test: (name, run) => void waiting.push({ name: String(name), run }),
  expect: (value) => expectation(value, false),
  bot: botOf({ ...TESTER, permissions: "8" }),
});

on("__test", async (context) => {
  const asked = context.raw ?? context.msg;
  if (asked.index < 0) await call("names", waiting.map((one) => one.name));
  else await waiting[asked.index].run();
});
