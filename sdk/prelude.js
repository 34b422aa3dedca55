// Made by `python -m sdk.build` from sdk/src. Evaluated once in the zygote, before any script.
"use strict";
(() => {
  var __defProp = Object.defineProperty;
  var __export = (target, all) => {
    for (var name in all)
      __defProp(target, name, { get: all[name], enumerable: true });
  };

  // host.ts
  var found = globalThis.__host;
  delete globalThis.__host;
  var host = found;
  var setTimer = globalThis.setTimeout;
  var clearTimer = globalThis.clearTimeout;
  var changed = () => host.registrationsChanged?.();
  function warn(text) {
    host.log("warn", text);
  }
  function define(name, value, enumerable = true) {
    Object.defineProperty(globalThis, name, { value, writable: true, configurable: true, enumerable });
  }

  // bytes.ts
  var fromBase64Native = Uint8Array.fromBase64;
  var toBase64 = (bytes) => bytes.toBase64();
  var fromBase64 = (text) => fromBase64Native.call(Uint8Array, text);
  function viewOf(value) {
    if (value instanceof Uint8Array) return value;
    if (value instanceof ArrayBuffer) return new Uint8Array(value);
    if (ArrayBuffer.isView(value)) return new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
    return void 0;
  }

  // uncurried.ts
  var bind = Function.prototype.call.bind(Function.prototype.bind, Function.prototype.call);
  var uncurry = (method) => bind(method);
  var mapGet = uncurry(Map.prototype.get);
  var mapSet = uncurry(Map.prototype.set);
  var mapDelete = uncurry(Map.prototype.delete);
  var charCodeAt = uncurry(String.prototype.charCodeAt);
  var indexOf = uncurry(String.prototype.indexOf);
  var slice = uncurry(String.prototype.slice);
  var replace = uncurry(String.prototype.replace);
  var isArray = Array.isArray;

  // payload.ts
  var MOST_NAMES = 4e3;
  var camelNames = /* @__PURE__ */ new Map([["__proto__", "proto"]]);
  var snakeNames = /* @__PURE__ */ new Map();
  var UNDERSCORE = /(?<=[a-z0-9])_([a-z0-9])/g;
  var CAMEL = /^[a-z]+[0-9]*(?:[A-Z][a-z0-9]*)+$/;
  var CAPITAL = /[A-Z]/g;
  var keysOf = Object.keys;
  var toUpper = (_, letter) => letter.toUpperCase();
  var toLower = (letter) => `_${letter.toLowerCase()}`;
  function camelName(name) {
    if (indexOf(name, "_") < 0) return name;
    let known3 = mapGet(camelNames, name);
    if (known3 === void 0) {
      known3 = replace(name, UNDERSCORE, toUpper);
      if (camelNames.size < MOST_NAMES) mapSet(camelNames, name, known3);
    }
    return known3;
  }
  function camel(value) {
    if (typeof value !== "object" || value === null) return value;
    if (isArray(value)) {
      const list = new Array(value.length);
      for (let index = 0; index < list.length; index++) list[index] = camel(value[index]);
      return list;
    }
    const copy = {};
    const names = keysOf(value);
    for (let index = 0; index < names.length; index++) {
      const name = names[index];
      const field = value[name];
      copy[camelName(name)] = typeof field === "object" && field !== null ? camel(field) : field;
    }
    return copy;
  }
  var inherit = Object.setPrototypeOf;
  function both(value) {
    if (typeof value !== "object" || value === null) return value;
    if (isArray(value)) return value.map(both);
    const copy = inherit({}, value);
    for (const name of keysOf(value)) copy[camelName(name)] = both(value[name]);
    return copy;
  }
  function snakeName(name) {
    let known3 = mapGet(snakeNames, name);
    if (known3 === void 0) {
      known3 = CAMEL.test(name) ? replace(name, CAPITAL, toLower) : name;
      if (snakeNames.size < MOST_NAMES) mapSet(snakeNames, name, known3);
    }
    return known3;
  }
  function snake(value) {
    if (typeof value === "bigint") return String(value);
    if (typeof value !== "object" || value === null) return value;
    if (typeof value.toJSON === "function") return snake(value.toJSON());
    if (isArray(value)) return value.map(snake);
    const copy = {};
    for (const name of keysOf(value)) {
      const field = value[name];
      if (field === void 0 || typeof field === "function") continue;
      copy[snakeName(name)] = typeof field === "object" || typeof field === "bigint" ? snake(field) : field;
    }
    return copy;
  }
  function emojiName(emoji) {
    if (typeof emoji === "object" && emoji !== null) return emoji.id ? `${emoji.name ?? "_"}:${emoji.id}` : String(emoji.name);
    const text = String(emoji);
    const custom = /^<a?:(\w+:\d+)>$/.exec(text);
    return custom ? custom[1] : indexOf(text, "%") >= 0 ? decodeURIComponent(text) : slice(text, 0);
  }

  // entropy.ts
  var BLOCK = 64;
  var KEY = 32;
  var ROUNDS = 10;
  var CONSTANTS = [1634760805, 857760878, 2036477234, 1797285236];
  var key;
  var pool = new Uint8Array(8 * BLOCK);
  var left = 0;
  function seeded() {
    const seed = host.entropy?.() ?? "";
    if (seed.length !== 2 * KEY) throw new Error("there is no randomness before a script is loaded");
    const words = new Uint32Array(KEY / 4);
    for (let index = 0; index < words.length; index++) words[index] = parseInt(seed.slice(8 * index, 8 * index + 8), 16);
    return words;
  }
  function block(words, counter, out, at) {
    const start = new Uint32Array(16);
    start.set(CONSTANTS, 0);
    start.set(words, 4);
    start[12] = counter;
    const state = start.slice();
    const quarter = (a, b, c, d) => {
      const mix = (to, by, onto, turn) => {
        state[to] = state[to] + state[by];
        const mixed = state[onto] ^ state[to];
        state[onto] = mixed << turn | mixed >>> 32 - turn;
      };
      mix(a, b, d, 16);
      mix(c, d, b, 12);
      mix(a, b, d, 8);
      mix(c, d, b, 7);
    };
    for (let round = 0; round < ROUNDS; round++) {
      for (let column = 0; column < 4; column++) quarter(column, column + 4, column + 8, column + 12);
      quarter(0, 5, 10, 15);
      quarter(1, 6, 11, 12);
      quarter(2, 7, 8, 13);
      quarter(3, 4, 9, 14);
    }
    const view = new DataView(out.buffer, out.byteOffset);
    for (let index = 0; index < 16; index++) view.setUint32(at + 4 * index, state[index] + start[index], true);
  }
  function refill() {
    key ??= seeded();
    for (let index = 0; index < pool.length / BLOCK; index++) block(key, index, pool, index * BLOCK);
    key = new Uint32Array(pool.buffer.slice(0, KEY));
    pool.fill(0, 0, KEY);
    left = pool.length - KEY;
  }
  function fillRandom(bytes) {
    for (let at = 0; at < bytes.length; ) {
      if (left === 0) refill();
      const from = pool.length - left;
      const count2 = Math.min(left, bytes.length - at);
      bytes.set(pool.subarray(from, from + count2), at);
      pool.fill(0, from, from + count2);
      left -= count2;
      at += count2;
    }
  }

  // nonce.ts
  var prefix = "";
  var count = 0;
  function nonce() {
    if (prefix === "") prefix = drawn();
    return prefix + (count++).toString(36);
  }
  function drawn() {
    const bytes = new Uint8Array(12);
    fillRandom(bytes);
    return Array.from(bytes, (byte) => "0123456789abcdefghijklmnopqrstuv"[byte & 31]).join("");
  }

  // text.ts
  var fromCharCode = String.fromCharCode;
  function utf8(text) {
    const bytes = new Uint8Array(utf8Length(text));
    let at = 0;
    for (let index = 0; index < text.length; index++) {
      const code = text.charCodeAt(index);
      if (code < 128) bytes[at++] = code;
      else at = writePoint(bytes, at, pointAt(text, index, code), () => index++);
    }
    return bytes;
  }
  function utf8Length(text) {
    let length = text.length;
    for (let index = 0; index < text.length; index++) {
      const code = text.charCodeAt(index);
      if (code < 128) continue;
      const point = pointAt(text, index, code);
      length += point < 2048 ? 1 : 2;
      if (point > 65535) index++;
    }
    return length;
  }
  function pointAt(text, index, code) {
    if (code < 55296 || code > 57343) return code;
    const next = text.charCodeAt(index + 1);
    return code < 56320 && next >= 56320 && next <= 57343 ? text.codePointAt(index) : 65533;
  }
  function writePoint(bytes, at, point, second) {
    if (point < 2048) bytes[at++] = 192 | point >> 6;
    else {
      if (point < 65536) bytes[at++] = 224 | point >> 12;
      else {
        second();
        bytes[at++] = 240 | point >> 18;
        bytes[at++] = 128 | point >> 12 & 63;
      }
      bytes[at++] = 128 | point >> 6 & 63;
    }
    bytes[at++] = 128 | point & 63;
    return at;
  }

  // messages.ts
  var EPHEMERAL = 1 << 6;
  var COMPONENTS_V2 = 1 << 15;
  var SECOND_KIND = /* @__PURE__ */ new Set([9, 10, 11, 12, 13, 14, 17]);
  var SELECTS = /* @__PURE__ */ new Set([3, 5, 6, 7, 8]);
  var OURS = /* @__PURE__ */ new Set(["attachments", "files", "ephemeral", "replyTo", "messageId", "withResponse", "mentionReply"]);
  var SAFE_MENTIONS = Object.freeze({ parse: Object.freeze(["users"]), replied_user: true });
  var isBuilder = (value) => typeof value === "object" && value !== null && typeof value.toJSON === "function";
  function optionsOf(input) {
    if (typeof input === "string") return { content: input };
    if (Array.isArray(input)) return input.every((one) => typeof jsonOf(one).type === "number") ? { components: input } : { embeds: input };
    if (isBuilder(input)) return typeof jsonOf(input).type === "number" ? { components: [input] } : { embeds: [input] };
    if (typeof input === "object" && input !== null) return input;
    return { content: String(input) };
  }
  var jsonOf = (value) => isBuilder(value) ? value.toJSON() : value ?? {};
  async function prepare(input, fresh) {
    const options = optionsOf(input);
    const body = bodyOf(options);
    if (fresh) {
      body.allowed_mentions ??= SAFE_MENTIONS;
      refuseEmpty(body, options);
    }
    const wanted = [...options.files ?? [], ...options.attachments ?? []];
    if (wanted.length === 0) return options.attachments === void 0 ? { body } : { body: { ...body, attachments: [] } };
    const kept = wanted.filter((one) => isKept(one)).map(snake);
    const files = await Promise.all(wanted.filter((one) => !isKept(one)).map(fileOf));
    body.attachments = [...kept, ...files.map((file, index) => describedFile(file, index))];
    return { body, files };
  }
  function prepareNow(input, fresh) {
    if (typeof input === "string") return { body: fresh ? { content: input, allowed_mentions: SAFE_MENTIONS } : { content: input } };
    const options = optionsOf(input);
    if (options.files !== void 0 || options.attachments !== void 0) return prepare(options, fresh);
    const body = bodyOf(options);
    if (fresh) {
      body.allowed_mentions ??= SAFE_MENTIONS;
      refuseEmpty(body, options);
    }
    return { body };
  }
  function bodyOf(options) {
    const plain2 = {};
    for (const name of Object.keys(options)) if (!OURS.has(name)) plain2[name] = options[name];
    const body = snake(plain2);
    if (options.ephemeral) body.flags = (body.flags ?? 0) | EPHEMERAL;
    if (Array.isArray(body.components)) arrangeComponents(body);
    if (body.embed !== void 0) {
      body.embeds = [body.embed, ...body.embeds ?? []];
      delete body.embed;
    }
    return body;
  }
  function refuseEmpty(body, options) {
    const some = (list) => Array.isArray(list) && list.length > 0;
    const says = body.content !== void 0 && body.content !== null && body.content !== "";
    if (says || body.poll !== void 0 || body.message_reference?.type === 1) return;
    if ([body.embeds, body.components, body.sticker_ids, options.files, options.attachments].some(some)) return;
    throw Object.assign(new TypeError("a message needs content, embeds, components, files or a poll"), { code: "INVALID_INPUT" });
  }
  function arrangeComponents(body) {
    const arranged = [];
    let row = [];
    const flush = () => {
      if (row.length > 0) arranged.push({ type: 1, components: row });
      row = [];
    };
    for (const component of body.components) {
      const isButton = component?.type === 2;
      if (!isButton || row.length === 5) flush();
      if (isButton) row.push(component);
      else arranged.push(SELECTS.has(component?.type) ? { type: 1, components: [component] } : component);
    }
    flush();
    body.components = arranged;
    if (arranged.some((component) => SECOND_KIND.has(component?.type))) body.flags = (body.flags ?? 0) | COMPONENTS_V2;
  }
  var isKept = (file) => typeof file?.id === "string" && file.data === void 0 && file.base64 === void 0;
  async function fileOf(file) {
    const name = String(file.name ?? file.filename ?? nameIn(file.url ?? file.Url?.url) ?? "file");
    const about = { name, ...file.description !== void 0 && { description: String(file.description) } };
    const nested = file.Base64 ?? file.base64;
    if (typeof nested === "object" && nested !== null) return { ...about, ...named(nested), data: String(nested.data) };
    if (typeof nested === "string") return { ...about, data: nested };
    const address = typeof file.Url === "object" ? file.Url.url : typeof file.url === "object" ? file.url.url : file.url;
    if (address !== void 0) return { ...about, ...await fetched(String(address)) };
    const type = file.contentType ?? file.data?.type;
    return { ...about, ...type && { contentType: String(type) }, data: await encoded(file.data) };
  }
  var named = (file) => file.filename === void 0 ? {} : { name: String(file.filename) };
  var nameIn = (address) => typeof address === "string" ? /([^/?#]+)(?:[?#].*)?$/.exec(address)?.[1] ?? void 0 : void 0;
  async function fetched(url) {
    const answer = await host.op("fetch", { url, method: "GET", headers: [], body: null, redirect: "follow" });
    if (answer.status >= 400) {
      throw Object.assign(new Error(`the attachment ${url} could not be fetched: HTTP ${answer.status}`), {
        code: "FETCH_FAILED",
        status: answer.status
      });
    }
    const type = answer.headers.find(([name]) => name.toLowerCase() === "content-type");
    return { data: answer.body, ...type && { contentType: type[1] } };
  }
  async function encoded(data) {
    if (typeof data === "string") return toBase64(utf8(data));
    const view = viewOf(data);
    if (view !== void 0) return toBase64(view);
    if (typeof data?.arrayBuffer === "function") return toBase64(new Uint8Array(await data.arrayBuffer()));
    throw new TypeError("a file's data is text, bytes, a Blob or an address (url)");
  }
  var describedFile = (file, index) => ({
    id: String(index),
    filename: file.name,
    ...file.description !== void 0 && { description: file.description }
  });
  function sendMessage(channelId, prepared, replyTo) {
    const { body } = prepared;
    if (replyTo) body.message_reference = { type: 0, message_id: replyTo, fail_if_not_exists: false };
    if (body.nonce === void 0) {
      body.nonce = nonce();
      body.enforce_nonce = true;
    }
    return host.op("rest.createMessage", withFiles({ channelId, body }, prepared));
  }
  function withFiles(args, prepared) {
    return prepared.files === void 0 || prepared.files.length === 0 ? args : { ...args, files: prepared.files };
  }

  // context.ts
  var nothing = (what, event) => Object.assign(new TypeError(`there is no ${what} in a ${event} event`), { code: "INVALID_INPUT" });
  var EventContext = class {
    /** Discord's name of the event in camel case. */
    event;
    /** The payload as Discord sent it. */
    raw;
    #before;
    #msg;
    #looked = false;
    #replied;
    constructor(event, raw, before) {
      this.event = event;
      this.raw = raw;
      this.#before = before;
    }
    /** The payload with names in camel case. */
    get msg() {
      if (!this.#looked) {
        this.#looked = true;
        this.#msg = this.present(camel(this.raw));
      }
      return this.#msg;
    }
    set msg(value) {
      this.#looked = true;
      this.#msg = value;
    }
    /** What was there before an update or deletion, where flora still had it; else null. */
    get old() {
      return this.#before === void 0 ? null : this.msg?.old ?? camel(this.#before);
    }
    get guildId() {
      return this.raw?.guild_id;
    }
    get channelId() {
      return this.raw?.channel_id;
    }
    /** Where names in camel case are not all there is to it. */
    present(msg) {
      if (typeof msg !== "object" || msg === null) return msg;
      if (this.#before !== void 0) msg.old = camel(this.#before);
      switch (this.event) {
        case "messageUpdate":
          msg.old ??= null;
          Object.defineProperty(msg, "new", { value: msg, writable: true, configurable: true });
          break;
        case "messageDelete":
          msg.old ??= null;
          return msg;
        case "messageCreate":
          break;
        default:
          return msg;
      }
      if (msg.member && msg.author) msg.member.user ??= msg.author;
      return msg;
    }
    /** The message that the event is about. */
    get messageId() {
      const { raw, event } = this;
      return raw?.message_id ?? (event === "messageCreate" || event === "messageUpdate" ? raw?.id : void 0);
    }
    #channel() {
      const channel = this.channelId;
      if (channel === void 0) throw nothing("channel to answer in", this.event);
      return channel;
    }
    #message() {
      const messageId = this.messageId;
      if (messageId === void 0) throw nothing("message", this.event);
      return { channelId: this.#channel(), messageId };
    }
    /** Answers in the channel of the event, referring to its message. */
    async reply(input) {
      const channel = this.#channel();
      const options = typeof input === "object" && input !== null && !Array.isArray(input) ? input : {};
      const replyTo = options.replyTo === void 0 ? options.messageId ?? this.messageId : options.replyTo;
      const sent = (async () => sendMessage(channel, await prepareNow(input, true), replyTo))();
      this.#replied = sent;
      return both(await sent);
    }
    /** Sends into the channel of the event. */
    async send(input) {
      return both(await sendMessage(this.#channel(), await prepareNow(input, true)));
    }
    /** Changes the reply that was given here; where none was, the message of the event, which must be the bot's own. */
    async edit(input) {
      const replied = await this.#replied;
      const at = replied ? { channelId: replied.channel_id ?? this.#channel(), messageId: replied.id } : this.#editable();
      const prepared = await prepareNow(input, false);
      return both(await host.op("rest.updateMessage", withFiles({ ...at, body: prepared.body }, prepared)));
    }
    #editable() {
      if (this.messageId === void 0) throw new Error("Message edit requires a message payload");
      return this.#message();
    }
    /** Removes the message of the event. */
    async delete(reason) {
      await host.op("rest.deleteMessage", { ...this.#message(), ...reason && { reason } });
    }
    async deleteReply() {
      const replied = await this.#replied;
      if (replied === void 0) throw new Error("there is no reply to delete");
      await host.op("rest.deleteMessage", { channelId: replied.channel_id ?? this.#channel(), messageId: replied.id });
    }
    /** Reacts to the message of the event. */
    async react(emoji) {
      await host.op("rest.addMyMessageReaction", { ...this.#message(), emojiName: emojiName(emoji) });
    }
    /** Shows that something is being written, for ten seconds or until a message comes. */
    async typing() {
      await host.op("rest.triggerTypingIndicator", { channelId: this.#channel() });
    }
  };
  var ANSWER = { message: 4, deferMessage: 5, deferUpdate: 6, update: 7, choices: 8, modal: 9 };
  var INTERACTION = { command: 2, component: 3, autocomplete: 4, modal: 5 };
  var EPHEMERAL2 = 1 << 6;
  var application;
  var applicationId = () => application;
  var InteractionContext = class extends EventContext {
    stage = "open";
    /** The member was shown that the answer takes a while, and has not had one. */
    deferredForIt = false;
    #first;
    onAnswer;
    constructor(event, raw, before) {
      super(event, raw, before);
      application = raw.application_id ?? application;
    }
    get kind() {
      return this.raw.type;
    }
    get user() {
      return this.msg.user;
    }
    get member() {
      return this.msg.member ?? null;
    }
    get customId() {
      return this.raw.data?.custom_id;
    }
    /** What was chosen in a select menu. */
    get values() {
      return this.raw.data?.values ?? [];
    }
    get commandName() {
      return this.raw.data?.name;
    }
    /** What a modal's inputs hold, by their custom ids. */
    get fields() {
      const found2 = {};
      gatherFields(this.raw.data?.components ?? [], found2);
      return found2;
    }
    get messageId() {
      return this.raw.message?.id;
    }
    present(msg) {
      if (typeof msg !== "object" || msg === null) return msg;
      msg.interactionId = this.raw.id;
      msg.interactionToken = this.raw.token;
      msg.user ??= msg.member?.user;
      msg.messageId = this.raw.message?.id ?? null;
      if (this.raw.data) msg.data = both(this.raw.data);
      if (this.raw.data?.name !== void 0) msg.commandName = this.raw.data.name;
      return msg;
    }
    /** Answers: the first time for all to see (or, with `ephemeral`, for the member alone), afterwards by a follow-up. */
    async reply(input) {
      if (this.stage !== "open") await this.#settled();
      if (this.stage === "open") return this.#answer("message", "answered", () => prepareNow(input, true), input);
      if (this.stage === "deferred") return this.editReply(input, true);
      return this.followUp(input);
    }
    send(input) {
      return this.stage === "open" ? this.reply(input) : this.followUp(input);
    }
    /** Says that the answer takes a while. For components see `deferUpdate`. */
    async defer(options = {}) {
      const ephemeral = typeof options === "boolean" ? options : Boolean(options.ephemeral);
      await this.#settled();
      if (this.stage !== "open") return;
      await this.#answer("deferMessage", "deferred", () => ephemeral ? { body: { flags: EPHEMERAL2 } } : void 0);
    }
    /** Says that the message with the component may change in a while, or not at all. */
    async deferUpdate() {
      await this.#settled();
      if (this.stage === "open") await this.#answer("deferUpdate", "deferredUpdate", () => void 0);
    }
    /** Changes the message that the component belongs to. */
    async update(input) {
      await this.#settled();
      if (this.raw.message === void 0) throw nothing("message to update", this.event);
      if (this.stage === "open") return this.#answer("update", "answered", () => prepareNow(input, false), input);
      return this.editReply(input);
    }
    /** Changes the first answer. */
    async editReply(input, isFirst = false) {
      const prepared = await prepareNow(input, isFirst);
      await this.#settled();
      if (this.stage === "open") throw new Error("there is no reply to edit yet: use reply, defer or update");
      this.stage = this.stage === "deferred" ? "answered" : this.stage;
      this.deferredForIt = false;
      if (isFirst) delete prepared.body.enforce_nonce;
      const args = withFiles({ ...this.#original(), body: withoutEphemeral(prepared.body) }, prepared);
      return both(await host.op("rest.updateOriginalWebhookMessage", args));
    }
    async #settled() {
      await this.#first?.catch(() => void 0);
    }
    async edit(input) {
      if (this.stage !== "open") return this.editReply(input);
      return this.raw.message === void 0 ? this.reply(input) : this.update(input);
    }
    async deleteReply() {
      await this.#settled();
      this.stage = "answered";
      this.deferredForIt = false;
      await host.op("rest.deleteOriginalWebhookMessage", this.#original());
    }
    /** Of a component: its message. Of anything else: the answer. */
    async delete(reason) {
      return this.raw.message === void 0 ? this.deleteReply() : super.delete(reason);
    }
    /** Another message, after the first answer. */
    async followUp(input) {
      const prepared = await prepareNow(input, true);
      await this.#settled();
      if (this.stage === "open") return this.reply(input);
      if (this.stage === "deferred") return this.editReply(input, true);
      const args = withFiles({ ...this.#original(), query: { wait: true }, body: prepared.body }, prepared);
      return both(await host.op("rest.executeWebhook", args));
    }
    /** Opens a form. It must be the first answer: Discord takes none after a deferral. */
    async showModal(modal) {
      if (this.stage !== "open") {
        throw Object.assign(new Error(`a modal must be the first answer, and this interaction is ${this.stage} already`), {
          code: "ALREADY_ANSWERED"
        });
      }
      await this.#answer("modal", "answered", () => prepareModal(modal));
    }
    /** Suggestions for the option that is being typed. */
    async respond(choices) {
      const list = Array.from(choices, choiceOf).slice(0, 25);
      await this.#answer("choices", "answered", () => ({ body: { choices: list } }));
    }
    /** Takes the one first answer before anything is awaited, and gives it back when it could not be sent. */
    #answer(kind, stage, prepare2, input) {
      this.stage = stage;
      this.onAnswer?.();
      this.#first = this.#sendAnswer(kind, prepare2, input).catch((error) => {
        this.stage = "open";
        throw error;
      });
      return this.#first;
    }
    async #sendAnswer(kind, prepare2, input) {
      const prepared = await prepare2();
      const body = prepared === void 0 ? { type: ANSWER[kind] } : { type: ANSWER[kind], data: prepared.body };
      const { id, token } = this.raw;
      const query = wantsAnswer(input) ? { query: { with_response: true } } : {};
      const args = { interactionId: id, interactionToken: token, ...query, body };
      const answer = await host.op("rest.createInteractionResponse", prepared ? withFiles(args, prepared) : args);
      return both(answer?.resource?.message);
    }
    #original() {
      return { webhookId: this.raw.application_id, webhookToken: this.raw.token };
    }
  };
  var wantsAnswer = (input) => typeof input === "object" && input?.withResponse === true;
  function withoutEphemeral(body) {
    if (typeof body.flags === "number") body.flags &= ~EPHEMERAL2;
    if (body.flags === 0) delete body.flags;
    return body;
  }
  async function prepareModal(modal) {
    const given = typeof modal?.toJSON === "function" ? modal.toJSON() : modal;
    const { toJSON: _, ...plain2 } = optionsOf(given);
    const { body } = await prepareNow({ ...plain2, content: "-" }, false);
    delete body.content;
    delete body.flags;
    if (typeof body.title !== "string" || typeof body.custom_id !== "string") {
      throw new TypeError("a modal needs a title and a customId");
    }
    body.components = (body.components ?? []).map(inRow);
    return { body };
  }
  var inRow = (component) => component?.type === 4 ? { type: 1, components: [component] } : component;
  function choiceOf(choice) {
    if (typeof choice === "object" && choice !== null) return { ...choice, name: String(choice.name).slice(0, 100) };
    return { name: String(choice).slice(0, 100), value: choice };
  }
  function gatherFields(components, found2) {
    for (const component of components) {
      if (component.custom_id !== void 0) found2[component.custom_id] = component.value ?? component.values ?? null;
      if (component.components) gatherFields(component.components, found2);
      if (component.component) gatherFields([component.component], found2);
    }
  }

  // names.ts
  var EVENTS = [
    "ready",
    "applicationCommandPermissionsUpdate",
    "autoModerationRuleCreate",
    "autoModerationRuleUpdate",
    "autoModerationRuleDelete",
    "autoModerationActionExecution",
    "channelCreate",
    "channelUpdate",
    "channelDelete",
    "channelPinsUpdate",
    "channelInfo",
    "threadCreate",
    "threadUpdate",
    "threadDelete",
    "threadListSync",
    "threadMemberUpdate",
    "threadMembersUpdate",
    "entitlementCreate",
    "entitlementUpdate",
    "entitlementDelete",
    "guildCreate",
    "guildUpdate",
    "guildDelete",
    "guildAuditLogEntryCreate",
    "guildBanAdd",
    "guildBanRemove",
    "guildEmojisUpdate",
    "guildStickersUpdate",
    "guildIntegrationsUpdate",
    "guildMemberAdd",
    "guildMemberUpdate",
    "guildMemberRemove",
    "guildMembersChunk",
    "guildRoleCreate",
    "guildRoleUpdate",
    "guildRoleDelete",
    "guildScheduledEventCreate",
    "guildScheduledEventUpdate",
    "guildScheduledEventDelete",
    "guildScheduledEventUserAdd",
    "guildScheduledEventUserRemove",
    "guildScheduledEventExceptionCreate",
    "guildScheduledEventExceptionUpdate",
    "guildScheduledEventExceptionDelete",
    "guildSoundboardSoundCreate",
    "guildSoundboardSoundUpdate",
    "guildSoundboardSoundDelete",
    "guildSoundboardSoundsUpdate",
    "soundboardSounds",
    "guildJoinRequestCreate",
    "guildJoinRequestUpdate",
    "guildJoinRequestDelete",
    "integrationCreate",
    "integrationUpdate",
    "integrationDelete",
    "interactionCreate",
    "inviteCreate",
    "inviteDelete",
    "messageCreate",
    "messageUpdate",
    "messageDelete",
    "messageDeleteBulk",
    "messageReactionAdd",
    "messageReactionRemove",
    "messageReactionRemoveAll",
    "messageReactionRemoveEmoji",
    "messagePollVoteAdd",
    "messagePollVoteRemove",
    "presenceUpdate",
    "stageInstanceCreate",
    "stageInstanceUpdate",
    "stageInstanceDelete",
    "subscriptionCreate",
    "subscriptionUpdate",
    "subscriptionDelete",
    "typingStart",
    "voiceChannelEffectSend",
    "voiceChannelStatusUpdate",
    "voiceChannelStartTimeUpdate",
    "voiceStateUpdate",
    "voiceServerUpdate",
    "webhooksUpdate"
  ];
  var ALIASES = {
    __proto__: null,
    reactionAdd: "messageReactionAdd",
    reactionRemove: "messageReactionRemove",
    reactionRemoveAll: "messageReactionRemoveAll",
    reactionRemoveEmoji: "messageReactionRemoveEmoji"
  };
  var INTERACTION_EVENTS = ["componentInteraction", "modalSubmit", "autocomplete"];

  // nearest.ts
  function distance(from, to, limit) {
    if (Math.abs(from.length - to.length) > limit) return limit + 1;
    let row = Array.from({ length: to.length + 1 }, (_, index) => index);
    for (let i = 1; i <= from.length; i++) {
      const next = [i];
      for (let j = 1; j <= to.length; j++) {
        const change = from[i - 1] === to[j - 1] ? 0 : 1;
        next[j] = Math.min(next[j - 1] + 1, row[j] + 1, row[j - 1] + change);
      }
      row = next;
    }
    return row[to.length];
  }
  var plain = (name) => name.toLowerCase().replace(/[^a-z0-9]/g, "");
  function nearest(name, names) {
    const asked = plain(name);
    if (asked.length < 3) return void 0;
    const limit = asked.length < 5 ? 0 : Math.min(4, Math.max(1, Math.floor(asked.length / 4)));
    let best, bestDistance = limit + 1, part;
    for (const known3 of names) {
      const candidate = plain(known3);
      const far = distance(asked, candidate, limit);
      if (far < bestDistance) [best, bestDistance] = [known3, far];
      if (asked.length >= 6 && (candidate.endsWith(asked) || candidate.startsWith(asked) || `on${candidate}` === asked)) {
        if (part === void 0 || known3.length < part.length) part = known3;
      }
    }
    return best ?? part;
  }

  // names_check.ts
  var known = /* @__PURE__ */ new Set([...EVENTS, ...Object.keys(ALIASES), ...INTERACTION_EVENTS]);
  function canonical(event) {
    if (typeof event !== "string" || event === "") throw new TypeError("on() needs the name of an event");
    if (known.has(event)) return ALIASES[event] ?? event;
    if (event.startsWith("__")) return event;
    const meant = nearest(event, known);
    if (meant !== void 0) throw new TypeError(`there is no event "${event}"; did you mean "${meant}"?`);
    if (/^[a-z]{3,}[A-Z]/.test(event)) warn(`flora knows no event "${event}"; handlers run if Discord ever sends one`);
    return event;
  }

  // events.ts
  var handlers = /* @__PURE__ */ new Map();
  var byKind = /* @__PURE__ */ new Map();
  var originals = /* @__PURE__ */ new WeakMap();
  var internal = /* @__PURE__ */ new Map();
  var KINDS = /* @__PURE__ */ new Set(["componentInteraction", "modalSubmit", "autocomplete"]);
  var tableOf = (event) => KINDS.has(event) ? byKind : handlers;
  var routeInteraction;
  function setInteractionRouter(route2) {
    if (routeInteraction !== route2) changed();
    routeInteraction = route2;
  }
  function handleInternal(event, run2) {
    mapSet(internal, event, run2);
  }
  var listeningTo = (kind) => mapGet(byKind, kind) ?? [];
  function add(event, handler) {
    const table2 = tableOf(event);
    mapSet(table2, event, [...mapGet(table2, event) ?? [], handler]);
    changed();
  }
  function on(event, handler) {
    const name = canonical(event);
    if (typeof handler !== "function") throw new TypeError(`on("${event}") needs a function`);
    add(name, handler);
    return () => remove(name, handler);
  }
  function once(event, handler) {
    const name = canonical(event);
    if (typeof handler !== "function") throw new TypeError(`once("${event}") needs a function`);
    const single = (context) => {
      remove(name, single);
      return handler(context);
    };
    originals.set(single, handler);
    add(name, single);
    return () => remove(name, single);
  }
  function off(event, handler) {
    const name = canonical(event);
    if (handler !== void 0) return remove(name, handler);
    mapDelete(tableOf(name), name);
    changed();
  }
  function remove(name, handler) {
    const table2 = tableOf(name);
    const listening = mapGet(table2, name);
    if (listening === void 0) return;
    const index = listening.findIndex((one) => one === handler || originals.get(one) === handler);
    if (index < 0) return;
    const rest2 = listening.filter((_, at) => at !== index);
    if (rest2.length === 0) mapDelete(table2, name);
    else mapSet(table2, name, rest2);
    changed();
  }
  function eventNames() {
    const names = [...handlers.keys()];
    const wantsInteractions = byKind.size > 0 || routeInteraction !== void 0;
    return wantsInteractions && !handlers.has("interactionCreate") ? [...names, "interactionCreate"] : names;
  }
  async function runAll(listening, context, event) {
    let failed = false, failure;
    for (let index = 0; index < listening.length; index++) {
      try {
        await listening[index](context);
      } catch (error) {
        if (failed) host.uncaught(error, event);
        else [failed, failure] = [true, error];
      }
    }
    if (failed) throw failure;
  }
  function run(listening, context, event) {
    return listening.length === 1 ? listening[0](context) : runAll(listening, context, event);
  }
  var TILDE = 126;
  var none = [];
  function dispatch(event, payload) {
    let before;
    if (charCodeAt(event, 0) === TILDE && isArray(payload)) {
      event = slice(event, 1);
      before = payload[1];
      payload = payload[0];
    }
    const listening = mapGet(handlers, event);
    if (event === "interactionCreate") {
      if (payload?.type === void 0) return listening && run(listening, new EventContext(event, payload, before), event);
      if (routeInteraction === void 0 && byKind.size === 0 && listening === void 0) return void 0;
      const context = new InteractionContext(event, payload, before);
      return routeInteraction === void 0 ? void 0 : routeInteraction(context, listening ?? none);
    }
    if (listening !== void 0) return run(listening, new EventContext(event, payload, before), event);
    return mapGet(internal, event)?.(payload);
  }

  // clocks.ts
  var MOST_CRONS = 32;
  var OVERLAP = ["skip", "queue", "allow"];
  var CATCH_UP = ["skip", "once", "all"];
  var crons = /* @__PURE__ */ new Map();
  var timerHandlers = /* @__PURE__ */ new Map();
  var cronsJson = () => Array.from(crons.values(), (one) => one.json);
  var timerNames = () => [...timerHandlers.keys()];
  function oneOf(value, allowed, what) {
    if (value !== void 0 && !allowed.includes(value)) {
      throw new TypeError(`${what} is one of ${allowed.join(", ")}; not ${String(value)}`);
    }
  }
  function registerCron(name, schedule2, run2, options = {}) {
    if (typeof name !== "string" || name.trim() === "") throw new TypeError("a cron needs a name");
    if (typeof schedule2 !== "string" || schedule2.trim() === "") throw new TypeError(`cron "${name}" needs a schedule: "0 9 * * *"`);
    if (typeof run2 !== "function") throw new TypeError(`cron "${name}" needs a function`);
    const fields = schedule2.trim().split(/\s+/).length;
    if (!schedule2.startsWith("@") && fields !== 5) {
      throw new TypeError(`cron "${name}": "${schedule2}" has ${fields} fields, and a schedule has 5: minute hour day month weekday`);
    }
    if (crons.has(name)) throw new Error(`there are two crons named "${name}"`);
    if (crons.size >= MOST_CRONS) throw new RangeError(`a guild has at most ${MOST_CRONS} crons`);
    const overlap = options.overlap ?? (options.skipIfRunning === void 0 ? void 0 : options.skipIfRunning ? "skip" : "allow");
    oneOf(overlap, OVERLAP, `cron "${name}": overlap`);
    oneOf(options.catchUp, CATCH_UP, `cron "${name}": catchUp`);
    const timeZone = options.timeZone ?? options.timezone;
    const json = {
      name,
      schedule: schedule2,
      ...timeZone !== void 0 && { timeZone },
      ...overlap !== void 0 && { overlap },
      ...options.catchUp !== void 0 && { catchUp: options.catchUp }
    };
    crons.set(name, { json, run: run2 });
    handleInternal("__cron", runCron);
    changed();
  }
  var iso = (at) => typeof at === "string" ? at : new Date(Number(at)).toISOString();
  var CronContext = class {
    constructor(raw) {
      this.raw = raw;
      const scheduledAt = iso(raw.scheduledFor);
      const { name, runId, manual } = raw;
      this.msg = { name, scheduledAt, scheduledFor: scheduledAt, runId, manual: Boolean(manual) };
    }
    raw;
    event = "cron";
    msg;
    get name() {
      return this.msg.name;
    }
    get scheduledAt() {
      return this.msg.scheduledAt;
    }
    /** Whether somebody asked for this run, rather than the schedule. */
    get manual() {
      return this.msg.manual;
    }
  };
  function runCron(payload) {
    const found2 = crons.get(payload?.name);
    if (found2 === void 0) throw Object.assign(new Error(`there is no cron "${payload?.name}"`), { code: "NO_HANDLER" });
    return found2.run(new CronContext(payload));
  }
  var ask = (operation2) => (name) => host.op(`cron.${operation2}`, { name });
  var cron = Object.assign(registerCron, {
    list: () => host.op("cron.list", {}),
    pause: ask("pause"),
    resume: ask("resume"),
    /** Begins a run now, and answers its id. */
    run: ask("run"),
    runs: (options = {}) => host.op("cron.runs", options)
  });
  var UNITS = { ms: 1, s: 1e3, m: 6e4, h: 36e5, d: 864e5, w: 6048e5 };
  function duration(text) {
    if (typeof text === "number") return text;
    const parts = [...String(text).matchAll(/(\d+(?:\.\d+)?)\s*(ms|[smhdw])[a-z]*/gi)];
    const rest2 = String(text).replace(/(\d+(?:\.\d+)?)\s*(ms|[smhdw])[a-z]*/gi, "").replace(/[\s,]|and/gi, "");
    if (parts.length === 0 || rest2 !== "") throw new TypeError(`"${text}" is no duration; write "90s", "1h30m" or "3d"`);
    return parts.reduce((sum, part) => sum + Number(part[1]) * UNITS[part[2].toLowerCase()], 0);
  }
  function moment(when) {
    if (when instanceof Date) {
      if (Number.isNaN(when.getTime())) throw new TypeError("the date of a timer is no date");
      return when.getTime();
    }
    if (typeof when === "number") return when;
    if (typeof when === "string") return /^\d+(?:\.\d+)?\s*[a-z]/i.test(when) ? Date.now() + duration(when) : when;
    if (when?.in !== void 0) return Date.now() + duration(when.in);
    if (when?.at !== void 0) return moment(when.at);
    throw new TypeError('when? a Date, an ISO time, Unix milliseconds, "3d", { in: "3d" } or { at: date }');
  }
  var TimerContext = class {
    constructor(raw) {
      this.raw = raw;
    }
    raw;
    event = "timer";
    get name() {
      return this.raw.name;
    }
    get payload() {
      return this.raw.payload;
    }
    get scheduledAt() {
      return iso(this.raw.scheduledFor);
    }
    get msg() {
      const { name, payload, scheduledAt } = this;
      return { name, payload, scheduledAt, scheduledFor: scheduledAt };
    }
  };
  function onTimer(name, run2) {
    if (typeof name !== "string" || name === "") throw new TypeError("a timer's handler needs the timer's name");
    if (typeof run2 !== "function") throw new TypeError(`timer "${name}" needs a function`);
    if (timerHandlers.has(name)) throw new Error(`there are two handlers for timers named "${name}"`);
    timerHandlers.set(name, run2);
    handleInternal("__timer", runTimer);
    changed();
  }
  function runTimer(payload) {
    const run2 = timerHandlers.get(payload?.name);
    if (run2 === void 0) throw Object.assign(new Error(`nothing in this script handles the timer "${payload?.name}"`), { code: "NO_HANDLER" });
    return run2(new TimerContext(payload));
  }
  async function schedule(name, when, payload = null) {
    if (!timerHandlers.has(name)) {
      const meant = nearest(String(name), timerHandlers.keys());
      throw new TypeError(`no handler is registered for timers named "${name}"${meant ? `; did you mean "${meant}"?` : ": write timers.on"}`);
    }
    return (await host.op("timers.schedule", { name, at: moment(when), payload })).id;
  }
  async function cancel(which) {
    const asked = typeof which === "string" ? { id: which } : which;
    return (await host.op("timers.cancel", asked)).cancelled;
  }
  var timers = {
    on: onTimer,
    schedule,
    cancel,
    list: (options = {}) => host.op("timers.list", options)
  };

  // commands/cooldown.ts
  var MOST_KEYS = 5e3;
  var PER = /* @__PURE__ */ new Set(["user", "channel", "guild"]);
  function cooldownOf(given, where) {
    if (given === void 0 || given === null || given === 0) return void 0;
    const { seconds, per = "user" } = typeof given === "object" ? given : { seconds: given };
    if (!(seconds > 0) || !PER.has(per)) {
      throw new TypeError(`${where}: a cooldown is seconds, or { seconds, per: "user" | "channel" | "guild" }`);
    }
    return { seconds, per };
  }
  var Cooldowns = class {
    #until = /* @__PURE__ */ new Map();
    /** Seconds that are still to wait; 0 when it may be used, which then counts. */
    use(command, cooldown, ids) {
      const now = Date.now();
      const key2 = `${command} ${ids[cooldown.per] ?? ""}`;
      const until = this.#until.get(key2) ?? 0;
      if (until > now) return Math.ceil((until - now) / 1e3);
      if (this.#until.size >= MOST_KEYS) this.#sweep(now);
      this.#until.set(key2, now + cooldown.seconds * 1e3);
      return 0;
    }
    #sweep(now) {
      for (const [key2, until] of this.#until) if (until <= now) this.#until.delete(key2);
      if (this.#until.size >= MOST_KEYS) this.#until.clear();
    }
  };
  var cooldowns = new Cooldowns();

  // commands/options.ts
  var OPTION_TYPES = {
    subcommand: 1,
    subcommand_group: 2,
    string: 3,
    integer: 4,
    boolean: 5,
    user: 6,
    channel: 7,
    role: 8,
    mentionable: 9,
    number: 10,
    attachment: 11
  };
  var CHANNEL_TYPES = {
    text: 0,
    voice: 2,
    category: 4,
    announcement: 5,
    announcement_thread: 10,
    thread: 11,
    private_thread: 12,
    stage: 13,
    forum: 15,
    media: 16
  };
  var NAME = /^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$/u;
  var MOST = 25;
  var TEXT = OPTION_TYPES.string;
  var INTEGER = OPTION_TYPES.integer;
  var NUMBER = OPTION_TYPES.number;
  function refuse(where, what) {
    throw Object.assign(new TypeError(`${where}: ${what}`), { code: "INVALID_COMMAND" });
  }
  function checkName(where, name) {
    if (typeof name !== "string" || !NAME.test(name)) {
      refuse(where, `${JSON.stringify(name)} is no name: 1 to 32 letters, digits, - and _`);
    }
    if (name !== name.toLowerCase()) refuse(where, `the name "${name}" must be in lower case: "${name.toLowerCase()}"`);
    return name;
  }
  function checkDescription(where, text) {
    if (typeof text !== "string" || text.length < 1 || text.length > 100) {
      refuse(where, "a description of 1 to 100 characters is needed");
    }
    return text;
  }
  function typeNumber(where, type) {
    if (type === void 0 || type === null) return TEXT;
    if (typeof type === "number") {
      if (Number.isInteger(type) && type >= 1 && type <= 11) return type;
      refuse(where, `there is no option type ${type}`);
    }
    const name = String(type).toLowerCase().replace(/[-\s]/g, "_").replace(/([a-z])group$/, "$1_group");
    const known3 = OPTION_TYPES[name];
    if (known3 === void 0) {
      const meant = nearest(name, Object.keys(OPTION_TYPES));
      refuse(where, `there is no option type "${String(type)}"${meant ? `; did you mean "${meant}"?` : ""}`);
    }
    return known3;
  }
  function optionsJson(where, options, path, completions) {
    if (options === void 0) return [];
    const list = Array.isArray(options) ? options : namedOptions(options);
    if (list.length > MOST) refuse(where, `${list.length} options, and Discord takes ${MOST}`);
    const seen = /* @__PURE__ */ new Set();
    let sawOptional = false;
    return list.map((one) => {
      const given = typeof one?.toJSON === "function" ? one.toJSON() : one;
      const json = optionJson(where, given, path, completions);
      if (seen.has(json.name)) refuse(where, `there are two options "${json.name}"`);
      seen.add(json.name);
      if (json.type > 2 && json.required && sawOptional) {
        refuse(where, `the required option "${json.name}" must come before those that are not required`);
      }
      sawOptional ||= json.type > 2 && !json.required;
      return json;
    });
  }
  function namedOptions(options) {
    return Object.keys(options ?? {}).map((name) => ({ name, ...options[name] }));
  }
  function optionJson(outer, option, path, completions) {
    const name = checkName(outer, option?.name);
    const where = `${outer}, option "${name}"`;
    const type = typeNumber(where, option.type);
    const json = {
      type,
      name,
      description: checkDescription(where, option.description ?? (type > 2 ? name : void 0)),
      ...localized(where, option)
    };
    if (type <= 2) {
      const inner = [...option.options ?? [], ...(option.subcommands ?? []).map((one) => ({ ...one, type: one.type ?? 1 }))];
      json.options = optionsJson(where, inner, `${path} ${name}`, completions);
      return json;
    }
    json.required = Boolean(option.required);
    addBounds(where, option, type, json);
    addChoices(where, option, type, json);
    addCompletion(where, option, type, json, `${path} ${name}`, completions);
    const channels = option.channelTypes ?? option.channel_types;
    if (channels !== void 0) json.channel_types = channels.map((one) => channelType(where, one));
    return json;
  }
  function localized(where, given) {
    const { name_localizations: names, description_localizations: descriptions } = snake({
      nameLocalizations: given.nameLocalizations ?? given.name_localizations,
      descriptionLocalizations: given.descriptionLocalizations ?? given.description_localizations
    });
    for (const name of Object.values(names ?? {})) checkName(`${where}, localised`, name);
    for (const text of Object.values(descriptions ?? {})) checkDescription(`${where}, localised`, text);
    return { ...names && { name_localizations: names }, ...descriptions && { description_localizations: descriptions } };
  }
  function channelType(where, type) {
    const number = typeof type === "number" ? type : CHANNEL_TYPES[String(type)];
    if (number === void 0) refuse(where, `there is no channel type "${String(type)}"`);
    return number;
  }
  function addBounds(where, option, type, json) {
    const isText = type === TEXT;
    const least = (isText ? option.minLength ?? option.min_length : option.minValue ?? option.min_value) ?? option.min;
    const most = (isText ? option.maxLength ?? option.max_length : option.maxValue ?? option.max_value) ?? option.max;
    if (least === void 0 && most === void 0) return;
    if (!isText && type !== INTEGER && type !== NUMBER) refuse(where, "only texts and numbers have a least and a most");
    for (const bound of [least, most]) if (bound !== void 0 && !Number.isFinite(bound)) refuse(where, `${bound} is no number`);
    if (least > most) refuse(where, `the least, ${least}, is above the most, ${most}`);
    if (isText && (least < 0 || least > 6e3 || most < 1 || most > 6e3)) refuse(where, "a text has 0 to 6,000 characters");
    if (least !== void 0) json[isText ? "min_length" : "min_value"] = least;
    if (most !== void 0) json[isText ? "max_length" : "max_value"] = most;
  }
  function addChoices(where, option, type, json) {
    if (option.choices === void 0) return;
    if (type !== TEXT && type !== INTEGER && type !== NUMBER) refuse(where, "only texts and numbers have choices");
    const given = Array.isArray(option.choices) ? option.choices : Object.keys(option.choices).map((name) => ({ name, value: option.choices[name] }));
    if (given.length > MOST) refuse(where, `${given.length} choices, and Discord takes ${MOST}; use autocomplete`);
    json.choices = given.map((choice) => choiceJson(where, choice, type));
    const names = new Set(json.choices.map((choice) => choice.name));
    if (names.size < json.choices.length) refuse(where, "two choices have the same name");
  }
  function choiceJson(where, choice, type) {
    const { name, value, ...more } = typeof choice === "object" && choice !== null ? choice : { name: String(choice), value: choice };
    const json = { name, value: value ?? name, ...localized(where, more) };
    if (typeof json.name !== "string" || json.name.length < 1 || json.name.length > 100) {
      refuse(where, "the name of a choice has 1 to 100 characters");
    }
    const isText = typeof json.value === "string";
    if (isText !== (type === TEXT) || type === INTEGER && !Number.isInteger(json.value)) {
      refuse(where, `the choice "${json.name}" has the value ${JSON.stringify(json.value)}, which is of another type than the option`);
    }
    if (isText && json.value.length > 100) refuse(where, "the value of a choice has at most 100 characters");
    return json;
  }
  function addCompletion(where, option, type, json, path, completions) {
    if (!option.autocomplete) return;
    if (type !== TEXT && type !== INTEGER && type !== NUMBER) refuse(where, "only texts and numbers have autocomplete");
    if (json.choices !== void 0) refuse(where, "an option has choices or autocomplete, not both");
    json.autocomplete = true;
    if (typeof option.autocomplete === "function") completions.set(path, option.autocomplete);
  }
  function characters(json) {
    const longest = (text, other) => Math.max(text?.length ?? 0, ...Object.values(other ?? {}).map((one) => String(one).length));
    let count2 = longest(json.name, json.name_localizations) + longest(json.description, json.description_localizations);
    for (const choice of json.choices ?? []) count2 += longest(choice.name, choice.name_localizations) + String(choice.value).length;
    for (const option of json.options ?? []) count2 += characters(option);
    return count2;
  }

  // commands/used.ts
  var SUBCOMMAND = 1;
  var GROUP = 2;
  var UsedOptions = class {
    /** "group sub", "sub" or "". */
    path;
    values = {};
    focused;
    #data;
    constructor(data) {
      this.#data = data;
      const path = [];
      let options = data?.options ?? [];
      while (options[0]?.type === SUBCOMMAND || options[0]?.type === GROUP) {
        path.push(options[0].name);
        options = options[0].options ?? [];
      }
      this.path = path.join(" ");
      for (const option of options) {
        this.values[option.name] = option.value;
        if (option.focused) this.focused = option;
      }
    }
    /** Gives a context what its command's handler reads. */
    attachTo(context) {
      const words = this.path === "" ? [] : this.path.split(" ");
      const set = (name, value) => Object.defineProperty(context, name, { value, writable: true, configurable: true, enumerable: true });
      set("options", this.values);
      if (words.length > 0) set("subcommand", words.at(-1));
      if (words.length > 1) set("subcommandGroup", words[0]);
      const resolved = (kind) => (name) => this.#resolved(kind, name);
      for (const [method, kind] of RESOLVED) Object.defineProperty(context, method, { value: resolved(kind), configurable: true });
      if (this.#data?.target_id !== void 0) this.#attachTarget(context, set);
    }
    #attachTarget(context, set) {
      const { target_id: id, resolved = {} } = this.#data;
      set("targetId", id);
      const target = resolved.messages?.[id] ?? resolved.users?.[id];
      set("target", camel(target) ?? null);
      if (resolved.members?.[id]) set("targetMember", camel(resolved.members[id]));
    }
    /** The whole object that an option's id stands for. */
    #resolved(kind, name) {
      const id = this.values[name];
      return id === void 0 ? null : camel(this.#data?.resolved?.[kind]?.[id]) ?? null;
    }
  };
  var RESOLVED = [
    ["getUser", "users"],
    ["getMember", "members"],
    ["getRole", "roles"],
    ["getChannel", "channels"],
    ["getAttachment", "attachments"]
  ];
  var optionsOfUse = (data) => new UsedOptions(data);

  // commands/registry.ts
  var CHAT = 1;
  var USER = 2;
  var MESSAGE = 3;
  var MOST2 = { [CHAT]: 100, [USER]: 15, [MESSAGE]: 15 };
  var MOST_CHARACTERS = 8e3;
  var registered = /* @__PURE__ */ new Map();
  var commandsJson = () => Array.from(registered.values(), (one) => one.json);
  function compile(given, type = given?.type ?? CHAT) {
    const kind = typeof type === "number" ? type : type === "user" ? USER : type === "message" ? MESSAGE : CHAT;
    return kind === CHAT ? compileChat(given) : compileMenu(given, kind);
  }
  function compileChat(given) {
    const where = `slash "${String(given?.name)}"`;
    const name = checkName(where, given?.name);
    const completions = /* @__PURE__ */ new Map();
    const runs = /* @__PURE__ */ new Map();
    const nested = nestedOptions(where, given);
    const json = {
      type: CHAT,
      name,
      description: checkDescription(where, given.description),
      ...localized(where, given),
      ...permissions(where, given),
      options: optionsJson(where, nested ?? given.options, "", completions)
    };
    if (nested === void 0) {
      if (typeof given.run !== "function") refuse(where, "it needs a run function, or subcommands that have one");
      runs.set("", given.run);
    } else gatherRuns(where, nested, "", runs);
    if (json.options.length === 0) delete json.options;
    const count2 = characters(json);
    if (count2 > MOST_CHARACTERS) refuse(where, `${count2} characters in names, descriptions and choices; Discord takes ${MOST_CHARACTERS}`);
    return { json, runs, completions, mode: given.autoDefer ?? true, cooldown: cooldownOf(given.cooldown, where) };
  }
  function compileMenu(given, type) {
    const where = `${type === USER ? "userCommand" : "messageCommand"} "${String(given?.name)}"`;
    if (typeof given?.name !== "string" || given.name.length < 1 || given.name.length > 32) {
      refuse(where, "the name of a context menu has 1 to 32 characters");
    }
    if (typeof given.run !== "function") refuse(where, "it needs a run function");
    const { name_localizations: names } = localizedNames(given);
    const json = { type, name: given.name, ...names && { name_localizations: names }, ...permissions(where, given) };
    const runs = /* @__PURE__ */ new Map([["", given.run]]);
    return { json, runs, completions: /* @__PURE__ */ new Map(), mode: given.autoDefer ?? true, cooldown: cooldownOf(given.cooldown, where) };
  }
  var localizedNames = (given) => ({ name_localizations: given.nameLocalizations ?? given.name_localizations });
  function permissions(where, given) {
    const asked = given.defaultMemberPermissions ?? given.default_member_permissions ?? given.permissions;
    const nsfw = given.nsfw === void 0 ? {} : { nsfw: Boolean(given.nsfw) };
    if (asked === void 0) return nsfw;
    if (asked !== null && !/^\d+$/.test(String(asked))) refuse(where, `${String(asked)} are no permissions: give their bits`);
    return { default_member_permissions: asked === null ? null : String(asked), ...nsfw };
  }
  function nestedOptions(where, given) {
    const fromOptions = (Array.isArray(given.options) ? given.options : []).filter(
      (one) => [1, 2, "subcommand", "subcommand_group", "subcommandGroup"].includes(one?.type)
    );
    const subcommands = [...given.subcommands ?? [], ...given.groups ?? []].map((one) => ({
      ...one,
      type: one.subcommands !== void 0 || one.type === 2 || one.type === "subcommand_group" ? 2 : 1
    }));
    if (fromOptions.length === 0 && subcommands.length === 0) return void 0;
    const all = [...fromOptions, ...subcommands];
    if (fromOptions.length > 0 && fromOptions.length < given.options.length) {
      refuse(where, "it has subcommands, and so no options of its own");
    }
    return all;
  }
  function gatherRuns(where, options, path, runs) {
    for (const option of options) {
      const type = typeNumber(where, option.type);
      const own = path === "" ? option.name : `${path} ${option.name}`;
      if (type === 2) {
        if (path !== "") refuse(where, `the group "${option.name}" is inside another; Discord has one level of groups`);
        gatherRuns(where, [...option.options ?? [], ...(option.subcommands ?? []).map((one) => ({ ...one, type: 1 }))], own, runs);
        continue;
      }
      if (type !== 1) refuse(where, `"${option.name}" stands beside subcommands, and is none`);
      if (typeof option.run !== "function") refuse(where, `the subcommand "${own}" needs a run function`);
      runs.set(own, option.run);
    }
  }
  function registerCommands(given) {
    const added = given.map((one) => compile(one));
    const all = new Map(registered);
    for (const one of added) {
      const key2 = `${one.json.type} ${one.json.name}`;
      if (all.has(key2)) refuse(`command "${one.json.name}"`, "there are two of this name");
      all.set(key2, one);
    }
    for (const type of [CHAT, USER, MESSAGE]) {
      const count2 = Array.from(all.values()).filter((one) => one.json.type === type).length;
      if (count2 > MOST2[type]) refuse("commands", `${count2} of one kind, and Discord takes ${MOST2[type]}`);
    }
    for (const [key2, one] of all) registered.set(key2, one);
    changed();
  }
  var of = (context) => registered.get(`${context.raw.data?.type ?? CHAT} ${context.raw.data?.name}`);
  function commandOf(context) {
    const command = of(context);
    return command && { run: (given) => runCommand(command, given), autoDefer: command.mode };
  }
  function runCommand(command, context) {
    const used = optionsOfUse(context.raw.data);
    const handler = command.runs.get(used.path);
    if (handler === void 0) {
      const name = `/${command.json.name} ${used.path}`.trim();
      throw Object.assign(new Error(`nothing in this script handles ${name}`), { code: "NO_HANDLER" });
    }
    const { raw } = context;
    const ids = { user: raw.member?.user?.id ?? raw.user?.id, channel: raw.channel_id, guild: raw.guild_id };
    const wait = command.cooldown === void 0 ? 0 : cooldowns.use(`/${command.json.name}`, command.cooldown, ids);
    if (wait > 0) return context.reply({ content: `You can use this again in ${wait} s.`, ephemeral: true });
    used.attachTo(context);
    return handler(context);
  }
  function autocompleteOf(context) {
    const used = optionsOfUse(context.raw.data);
    const focused = used.focused;
    if (focused === void 0) return void 0;
    const path = ` ${[used.path, focused.name].filter((word) => word !== "").join(" ")}`;
    const handler = of(context)?.completions.get(path);
    if (handler === void 0) return void 0;
    used.attachTo(context);
    Object.defineProperty(context, "focused", { value: focused, configurable: true });
    Object.defineProperty(context, "value", { value: focused.value, configurable: true });
    return async (given) => {
      const choices = await handler(given);
      if (given.stage === "open") await given.respond(choices ?? []);
    };
  }

  // patterns.ts
  var PLACE = /\{(\w+)\}|\*/g;
  function patternOf(pattern) {
    if (pattern instanceof RegExp) return { text: String(pattern), test: new RegExp(pattern, pattern.flags.replace(/[gy]/g, "")), plain: false };
    if (typeof pattern !== "string" || pattern === "") throw new TypeError("a custom id is a text or a regular expression");
    let source = "", kept = 0, rest2 = 0;
    for (const found2 of pattern.matchAll(PLACE)) {
      source += RegExpEscape(pattern.slice(kept, found2.index));
      source += found2[0] === "*" ? `(?<rest${rest2++ || ""}>.*)` : `(?<${found2[1]}>[^:]+)`;
      kept = found2.index + found2[0].length;
    }
    if (kept === 0 && source === "") return { text: pattern, test: /$^/, plain: true };
    return { text: pattern, test: new RegExp(`^${source}${RegExpEscape(pattern.slice(kept))}$`, "s"), plain: false };
  }
  var RegExpEscape = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  function matchPattern(pattern, id) {
    if (pattern.plain) return pattern.text === id ? {} : void 0;
    const found2 = pattern.test.exec(id);
    return found2 === null ? void 0 : { ...found2.groups };
  }

  // interactions.ts
  var DEFER_AFTER_MS = 1500;
  var routes = [];
  function wantInteractions() {
    setInteractionRouter(route);
  }
  function routeNames() {
    return routes.map((one) => one.pattern.text);
  }
  function register(kind, pattern, handler) {
    if (typeof handler !== "function") throw new TypeError(`the handler of ${kind} "${String(pattern)}" is no function`);
    const routed = { kind, handler, pattern: patternOf(pattern) };
    if (routes.some((one) => one.kind === kind && one.pattern.text === routed.pattern.text)) {
      throw new Error(`there are two handlers for ${kind} "${routed.pattern.text}"`);
    }
    routes.push(routed);
    wantInteractions();
    return () => void (routes.includes(routed) && routes.splice(routes.indexOf(routed), 1));
  }
  var onButton = (pattern, handler) => register("button", pattern, handler);
  var onSelect = (pattern, handler) => register("select", pattern, handler);
  var onComponent = (pattern, handler) => register("component", pattern, handler);
  var onModal = (pattern, handler) => register("modal", pattern, handler);
  var BUTTON = 2;
  function routeOf(context) {
    const id = context.customId;
    if (id === void 0) return void 0;
    const { kind } = context;
    const own = kind === INTERACTION.modal ? "modal" : context.raw.data.component_type === BUTTON ? "button" : "select";
    for (const one of routes) {
      if (one.kind !== own && !(one.kind === "component" && kind === INTERACTION.component)) continue;
      const params = matchPattern(one.pattern, id);
      if (params === void 0) continue;
      Object.defineProperty(context, "params", { value: params, configurable: true });
      return one.handler;
    }
    return void 0;
  }
  function handlersOf(context, listening) {
    switch (context.kind) {
      case INTERACTION.command: {
        const command = commandOf(context);
        return command === void 0 ? listening : [command.run, ...listening];
      }
      case INTERACTION.autocomplete:
        return [autocompleteOf(context), ...listeningTo("autocomplete")].filter((one) => one !== void 0);
      case INTERACTION.component:
      case INTERACTION.modal: {
        const own = routeOf(context);
        const kind = context.kind === INTERACTION.modal ? "modalSubmit" : "componentInteraction";
        const found2 = [...own ? [own] : [], ...listeningTo(kind)];
        return found2.length > 0 ? found2 : listening;
      }
      default:
        return listening;
    }
  }
  function route(context, listening) {
    const found2 = handlersOf(context, listening);
    if (found2.length === 0) return nobody(context);
    if (context.kind === INTERACTION.autocomplete) return run(found2, context, context.event);
    const mode = context.kind === INTERACTION.command ? modeOf(context) : true;
    return inTime(context, found2, mode);
  }
  var modeOf = (context) => commandOf(context)?.autoDefer ?? true;
  function nobody(context) {
    if (context.kind === INTERACTION.autocomplete) return;
    const name = context.kind === INTERACTION.command ? `command ${context.commandName}` : `"${context.customId}"`;
    throw Object.assign(new Error(`nothing in this script handles ${name}`), { code: "NO_HANDLER" });
  }
  async function inTime(context, found2, mode) {
    const timer = mode === false ? void 0 : setTimer(() => deferInTime(context, mode), delayOf(mode));
    context.onAnswer = () => clearTimer(timer);
    try {
      await run(found2, context, context.event);
    } catch (error) {
      clearTimer(timer);
      if (context.deferredForIt) await sayItFailed(context);
      throw error;
    }
    if (context.stage !== "open") return;
    if (context.kind === INTERACTION.command) warn(`/${context.commandName} ended without an answer`);
    else await context.deferUpdate().catch((error) => host.uncaught(error, "deferral"));
  }
  var delayOf = (mode) => typeof mode === "number" ? mode : DEFER_AFTER_MS;
  function deferInTime(context, mode) {
    if (context.stage !== "open") return;
    const isComponent = context.kind === INTERACTION.component;
    const deferred = isComponent ? context.deferUpdate() : context.defer({ ephemeral: mode === "ephemeral" });
    context.deferredForIt = !isComponent;
    deferred.catch((error) => host.uncaught(error, "deferral"));
  }
  async function sayItFailed(context) {
    const content = "This server's bot script failed: an error was thrown. Whoever maintains the script finds more in its log.";
    await context.editReply(content).catch((error) => host.uncaught(error, "deferral"));
  }

  // commands/prefix.ts
  var known2 = /* @__PURE__ */ new Map();
  var prefixes = [];
  var onCooldown;
  var prefixNames = () => [...new Set(Array.from(known2.values(), (one) => one.command.name))];
  function registerPrefix(commands, options) {
    const all = options.help ? [...commands, helpCommand(options.help === true ? "help" : options.help)] : commands;
    prefixes = (typeof options.prefix === "string" ? [options.prefix] : [...options.prefix]).sort((a, b) => b.length - a.length);
    if (prefixes.some((one) => typeof one !== "string" || one === "")) throw new TypeError("a prefix is a text that is not empty");
    onCooldown = options.onCooldown;
    for (const command of all) registerOne(command);
    if (known2.size > 0) add("messageCreate", handle);
    changed();
  }
  function registerOne(command) {
    if (typeof command?.name !== "string" || command.name === "" || /\s/.test(command.name)) {
      throw new TypeError(`prefix: ${JSON.stringify(command?.name)} is no name: it has no spaces, and is not empty`);
    }
    if (typeof command.run !== "function") throw new TypeError(`prefix "${command.name}" needs a run function`);
    const one = { command, cooldown: cooldownOf(command.cooldown, `prefix "${command.name}"`) };
    for (const name of [command.name, ...command.aliases ?? []]) {
      if (known2.has(name)) throw new Error(`there are two prefix commands "${name}"`);
      known2.set(name, one);
    }
  }
  function splitArguments(text) {
    const words = [];
    for (const found2 of text.matchAll(/"((?:\\.|[^"\\])*)"|'((?:\\.|[^'\\])*)'(?=\s|$)|“([^”]*)”|(\S+)/gs)) {
      const quoted = found2[1] ?? found2[2] ?? found2[3];
      words.push(quoted === void 0 ? found2[4] : quoted.replace(/\\(["'\\])/g, "$1"));
    }
    return words;
  }
  function handle(context) {
    const { raw } = context;
    const content = raw?.content;
    if (typeof content !== "string" || content === "" || raw.author?.bot) return void 0;
    const text = content.trim();
    const prefix3 = prefixes.find((one) => text.startsWith(one));
    if (prefix3 === void 0) return void 0;
    const after = text.slice(prefix3.length).trim();
    const name = /^\S+/.exec(after)?.[0];
    const found2 = name === void 0 ? void 0 : known2.get(name);
    if (found2 === void 0) return void 0;
    const ids = { user: raw.author?.id, channel: raw.channel_id, guild: raw.guild_id };
    const wait = found2.cooldown === void 0 ? 0 : cooldowns.use(prefix3 + found2.command.name, found2.cooldown, ids);
    if (wait > 0) return onCooldown ? onCooldown(context, wait) : context.reply(`You can use this again in ${wait} s.`);
    const rest2 = after.slice(name.length).trim();
    attach(context, { args: splitArguments(rest2), rest: rest2, prefix: prefix3, commandName: found2.command.name });
    return found2.command.run(context);
  }
  function attach(context, values) {
    for (const name of Object.keys(values)) {
      Object.defineProperty(context, name, { value: values[name], writable: true, configurable: true, enumerable: true });
    }
  }
  function helpCommand(name) {
    return { name, description: "What this bot can do", run: (context) => context.reply({ content: helpText(context.args[0]), allowedMentions: { parse: [] } }) };
  }
  var DISCORDS_LIMIT = 2e3;
  function helpText(asked) {
    const prefix3 = prefixes[0];
    const one = asked === void 0 ? void 0 : known2.get(asked)?.command;
    if (asked !== void 0 && one === void 0) return `There is no command ${prefix3}${asked}.`;
    if (one !== void 0) return helpOf(prefix3, one);
    const shown = [...new Set(Array.from(known2.values(), (each) => each.command))].filter((each) => !each.hidden);
    const lines = shown.map((each) => `\`${prefix3}${each.name}\`${each.description ? `: ${each.description}` : ""}`);
    const text = lines.join("\n");
    return text.length <= DISCORDS_LIMIT ? text : `${text.slice(0, DISCORDS_LIMIT - 1)}…`;
  }
  function helpOf(prefix3, command) {
    const aliases = command.aliases?.length ? `
Also: ${command.aliases.map((name) => `\`${prefix3}${name}\``).join(", ")}` : "";
    const usage = command.usage === void 0 ? "" : ` ${command.usage}`;
    return `\`${prefix3}${command.name}${usage}\`${command.description ? `
${command.description}` : ""}${aliases}`;
  }

  // commands/bot.ts
  var defined = { slash: [], prefix: [] };
  var created = false;
  function prefix2(command) {
    if (typeof command?.run !== "function") throw new TypeError(`prefix "${String(command?.name)}" needs a run function`);
    defined.prefix.push(command);
    return command;
  }
  function slash(command) {
    compile(command);
    defined.slash.push(command);
    return command;
  }
  function userCommand(command) {
    return slash({ ...command, type: 2 });
  }
  function messageCommand(command) {
    return slash({ ...command, type: 3 });
  }
  function createBot(options = {}) {
    if (created) return warn("createBot was called before; this call is ignored");
    created = true;
    const commands = [...options.slashCommands ?? [], ...options.contextMenus ?? []];
    const withMode = commands.map((one) => options.autoDefer === void 0 ? one : { autoDefer: options.autoDefer, ...one });
    registerCommands(withMode);
    if (commands.length > 0) wantInteractions();
    const prefixed = options.commands ?? options.prefixCommands ?? [];
    const { prefix: sign = "!", help, onCooldown: onCooldown2 } = options;
    if (prefixed.length > 0 || help) registerPrefix(prefixed, { prefix: sign, help, onCooldown: onCooldown2 });
    registerAll(options.components, onComponent);
    registerAll(options.buttons, onButton);
    registerAll(options.selects, onSelect);
    registerAll(options.modals, onModal);
  }
  function registerAll(handlers2, register2) {
    for (const pattern of Object.keys(handlers2 ?? {})) register2(pattern, handlers2[pattern]);
  }
  function adoptDefined() {
    if (created || defined.slash.length === 0 && defined.prefix.length === 0) return;
    createBot({ slashCommands: defined.slash, commands: defined.prefix });
  }
  function registerSlashCommands(commands) {
    created = true;
    registerCommands(commands.map((one) => typeof one?.run === "function" || one?.subcommands ? one : { ...one, run: () => void 0 }));
    return Promise.resolve();
  }

  // commands/helpers.ts
  var helpers_exports = {};
  __export(helpers_exports, {
    flattenCommands: () => flattenCommands,
    flattenInteractionOptions: () => flattenInteractionOptions,
    getSubcommand: () => getSubcommand,
    getSubcommandGroup: () => getSubcommandGroup,
    handleSubcommand: () => handleSubcommand,
    hasRole: () => hasRole
  });
  var SUBCOMMAND2 = 1;
  var GROUP2 = 2;
  var firstOption = (context) => context?.raw?.data?.options?.[0] ?? context?.msg?.data?.options?.[0];
  function hasRole(context, roleId) {
    const roles = context?.raw?.member?.roles ?? context?.msg?.member?.roles ?? context?.member?.roles ?? context?.roles;
    return Array.isArray(roles) && roles.includes(String(roleId));
  }
  function getSubcommand(context) {
    const first = firstOption(context);
    if (first?.type === GROUP2) return first.options?.[0]?.name;
    return first?.type === SUBCOMMAND2 ? first.name : void 0;
  }
  function getSubcommandGroup(context) {
    const first = firstOption(context);
    return first?.type === GROUP2 ? first.name : void 0;
  }
  function flattenInteractionOptions(options = []) {
    const flat = {};
    for (const option of options) {
      if (option.type === SUBCOMMAND2 || option.type === GROUP2) Object.assign(flat, flattenInteractionOptions(option.options));
      else flat[option.name] = option.value;
    }
    return flat;
  }
  function flattenCommands(commands) {
    return commands.map(({ run: _, subcommands, ...command }) => ({
      ...command,
      ...subcommands && { options: subcommands.map(({ run: __, ...sub }) => ({ ...sub, type: "subcommand" })) }
    }));
  }
  async function handleSubcommand(context, handlers2) {
    const name = getSubcommand(context);
    const found2 = Array.isArray(handlers2) ? handlers2.find((one) => one.name === name)?.run : handlers2[name ?? ""];
    if (typeof found2 !== "function") return false;
    context.options ??= flattenInteractionOptions(context.raw?.data?.options);
    await found2(context);
    return true;
  }

  // console.ts
  var show = (values) => {
    let text = "";
    for (let index = 0; index < values.length; index++) text += (index > 0 ? " " : "") + host.preview(values[index]);
    return text;
  };
  var counts = /* @__PURE__ */ new Map();
  var started = /* @__PURE__ */ new Map();
  var since = (label) => `${label}: ${Date.now() - (started.get(label) ?? Date.now())} ms`;
  var console = {
    debug: (...values) => host.log("debug", show(values)),
    log: (...values) => host.log("info", show(values)),
    info: (...values) => host.log("info", show(values)),
    warn: (...values) => host.log("warn", show(values)),
    error: (...values) => host.log("error", show(values)),
    trace: (...values) => host.log("debug", `${show(values)}
${new Error().stack ?? ""}`.trim()),
    dir: (value) => host.log("info", show([value])),
    table: (value) => host.log("info", show([value])),
    assert: (holds, ...values) => {
      if (!holds) host.log("error", values.length > 0 ? `Assertion failed: ${show(values)}` : "Assertion failed");
    },
    count: (label = "default") => {
      counts.set(label, (counts.get(label) ?? 0) + 1);
      host.log("info", `${label}: ${counts.get(label)}`);
    },
    countReset: (label = "default") => void counts.delete(label),
    time: (label = "default") => void started.set(label, Date.now()),
    timeLog: (label = "default", ...values) => host.log("info", show([since(label), ...values])),
    timeEnd: (label = "default") => {
      host.log("info", since(label));
      started.delete(label);
    },
    group: (...values) => void (values.length > 0 && host.log("info", show(values))),
    groupCollapsed: (...values) => void (values.length > 0 && host.log("info", show(values))),
    groupEnd: () => void 0
  };

  // kv.ts
  var DEFAULT_STORE = "default";
  var MOST_TRIES = 20;
  var invalid = (text) => Object.assign(new TypeError(text), { code: "KV_INVALID_VALUE" });
  function written(value) {
    const view = viewOf(value);
    if (view !== void 0) return { bytes: toBase64(view) };
    if (value === void 0 || typeof value === "function" || typeof value === "symbol") {
      throw invalid(`${typeof value} cannot be stored; null, delete or some JSON can`);
    }
    return { value };
  }
  var read = (found2) => found2.bytes === void 0 ? found2.value : fromBase64(found2.bytes);
  var moment2 = (at) => at instanceof Date ? at.getTime() / 1e3 : at;
  function settings({ ttl, expiration, metadata, ifVersion } = {}) {
    return {
      ...ttl !== void 0 && { ttl },
      ...expiration !== void 0 && expiration !== null && { expiration: moment2(expiration) },
      ...metadata !== void 0 && { metadata },
      ...ifVersion !== void 0 && { ifVersion }
    };
  }
  var KvStore = class {
    name;
    constructor(name) {
      if (typeof name !== "string" || name === "") throw invalid("a store has a name");
      this.name = name;
    }
    #ask(operation2, key2, more = {}) {
      return host.op(`kv.${operation2}`, { store: this.name, key: String(key2), ...more });
    }
    /** The value, or null. */
    async get(key2) {
      const found2 = await this.#ask("get", key2);
      return found2 === null || found2 === void 0 ? null : read(found2);
    }
    /** The value with its metadata, expiry and version; null when there is none. */
    async getEntry(key2) {
      const found2 = await this.#ask("get", key2);
      if (!found2) return null;
      const { metadata, expiration, version } = found2;
      return { value: read(found2), metadata: metadata ?? void 0, expiration: expiration ?? void 0, version };
    }
    async getWithMetadata(key2) {
      return await this.getEntry(key2) ?? { value: null, metadata: void 0, expiration: void 0, version: 0 };
    }
    /** Many at once, as they were at one moment; null for those that are not there. */
    async getMany(keys) {
      const found2 = await host.op("kv.getMany", { store: this.name, keys: Array.from(keys, String) });
      return found2.map((one) => one === null ? null : read(one));
    }
    has(key2) {
      return this.#ask("has", key2);
    }
    /** Durable once it is awaited. With `ifVersion`, false when somebody else wrote meanwhile. */
    async set(key2, value, options) {
      const done = await this.#ask("set", key2, { ...written(value), ...settings(options) });
      return done?.ok ?? true;
    }
    /** Only where nothing is; whether it was stored. */
    async setIfAbsent(key2, value, options) {
      return (await this.#ask("setIfAbsent", key2, { ...written(value), ...settings(options) })).ok;
    }
    /** Only if the key still has the version that `getEntry` gave; whether it was stored. */
    async compareAndSet(key2, version, value, options) {
      return (await this.#ask("compareAndSet", key2, { version, ...written(value), ...settings(options) })).ok;
    }
    /** Reads, changes and writes, again if somebody else wrote meanwhile. `undefined` removes the key. */
    async update(key2, change, options) {
      for (let tries = 0; tries < MOST_TRIES; tries++) {
        const entry = await this.getEntry(key2);
        const version = entry?.version ?? 0;
        const value = await change(entry?.value ?? null);
        if (value === void 0) {
          if (version === 0 || await this.delete(key2, { ifVersion: version })) return void 0;
        } else if (await this.compareAndSet(key2, version, value, options)) return value;
      }
      throw Object.assign(new Error(`"${key2}" was written by others ${MOST_TRIES} times meanwhile`), { code: "KV_CONFLICT" });
    }
    /** Adds to a number and answers the sum; a key that is not there counts from 0. */
    async increment(key2, amount = 1, options) {
      return (await this.#ask("increment", key2, { amount, ...settings(options) })).value;
    }
    decrement(key2, amount = 1, options) {
      return this.increment(key2, -amount, options);
    }
    /** Whether there was one (and, with a version, still that one). */
    async delete(key2, options = {}) {
      const version = options.ifVersion === void 0 ? {} : { version: options.ifVersion };
      const done = await this.#ask("delete", key2, version);
      return done?.ok !== false && (done?.existed ?? true);
    }
    async updateMetadata(key2, metadata) {
      await this.#ask("updateMetadata", key2, { metadata: metadata ?? null });
    }
    /** A page of keys in the order of their bytes. */
    async list(options = {}) {
      const asked = { store: this.name };
      for (const name of ["prefix", "start", "end", "reverse", "limit", "cursor"]) {
        if (options[name] !== void 0 && options[name] !== null) asked[name] = options[name];
      }
      const page = await host.op("kv.list", asked);
      const keys = page.keys.map(withoutNulls);
      const { listComplete, cursor } = page;
      const answer = { keys, listComplete, ...cursor !== null && { cursor } };
      Object.defineProperty(answer, "list_complete", { value: listComplete });
      return answer;
    }
    /** Every key there is, page after page. */
    async *keys(options = {}) {
      for (let cursor; ; ) {
        const page = await this.list({ ...options, cursor });
        for (const key2 of page.keys) yield key2.name;
        cursor = page.cursor;
        if (page.listComplete || cursor === void 0) return;
      }
    }
    /** How many keys there are. */
    async count() {
      return (await host.op("kv.count", { store: this.name })).count;
    }
    /** Removes everything at once, and answers how much it was. */
    clear() {
      return host.op("kv.clear", { store: this.name });
    }
  };
  var withoutNulls = (key2) => {
    const { name, metadata, expiration, version } = key2;
    return { name, ...expiration !== null && { expiration }, ...metadata !== null && { metadata }, version };
  };
  var Transaction = class {
    #checks = [];
    #mutations = [];
    #store;
    constructor(store2) {
      this.#store = store2;
    }
    #at = (key2, store2) => ({ store: store2 ?? this.#store, key: String(key2) });
    /** It fails unless the key has this version; 0: unless there is none. */
    check(key2, version, store2) {
      this.#checks.push({ ...this.#at(key2, store2), version });
      return this;
    }
    set(key2, value, options = {}) {
      this.#mutations.push({ type: "set", ...this.#at(key2, options.store), ...written(value), ...settings(options) });
      return this;
    }
    delete(key2, store2) {
      this.#mutations.push({ type: "delete", ...this.#at(key2, store2) });
      return this;
    }
    increment(key2, amount = 1, options = {}) {
      this.#mutations.push({ type: "increment", ...this.#at(key2, options.store), amount, ...settings(options) });
      return this;
    }
    updateMetadata(key2, metadata, store2) {
      this.#mutations.push({ type: "updateMetadata", ...this.#at(key2, store2), metadata: metadata ?? null });
      return this;
    }
    /** Whether it was done; `check` says which of the conditions did not hold. */
    commit() {
      return host.op("kv.transact", { checks: this.#checks, mutations: this.#mutations });
    }
  };
  var store = (name) => new KvStore(name);
  var Kv = class extends KvStore {
    store(name) {
      return store(name);
    }
    /** The guild's stores, with how much is in each. */
    stores() {
      return host.op("kv.stores", {});
    }
    transaction(store2 = DEFAULT_STORE) {
      return new Transaction(store2);
    }
  };
  var kv = new Kv(DEFAULT_STORE);

  // operations.ts
  var OPERATIONS = [
    ["getChannel", true, "channelId"],
    ["deleteChannel", false, "channelId"],
    ["updateChannel", false, "channelId"],
    ["listChannelInvites", true, "channelId"],
    ["createChannelInvite", false, "channelId"],
    ["listMessages", true, "channelId"],
    ["createMessage", false, "channelId"],
    ["bulkDeleteMessages", false, "channelId"],
    ["listPins", true, "channelId"],
    ["createPin", false, "channelId messageId"],
    ["deletePin", false, "channelId messageId"],
    ["getMessage", true, "channelId messageId"],
    ["deleteMessage", false, "channelId messageId"],
    ["updateMessage", false, "channelId messageId"],
    ["crosspostMessage", false, "channelId messageId"],
    ["deleteAllMessageReactions", false, "channelId messageId"],
    ["listMessageReactionsByEmoji", true, "channelId messageId emojiName"],
    ["deleteAllMessageReactionsByEmoji", false, "channelId messageId emojiName"],
    ["addMyMessageReaction", false, "channelId messageId emojiName"],
    ["deleteMyMessageReaction", false, "channelId messageId emojiName"],
    ["deleteUserMessageReaction", false, "channelId messageId emojiName userId"],
    ["createThreadFromMessage", false, "channelId messageId"],
    ["setChannelPermissionOverwrite", false, "channelId overwriteId"],
    ["deleteChannelPermissionOverwrite", false, "channelId overwriteId"],
    ["getAnswerVoters", true, "channelId messageId answerId"],
    ["pollExpire", false, "channelId messageId"],
    ["listThreadMembers", true, "channelId"],
    ["joinThread", false, "channelId"],
    ["leaveThread", false, "channelId"],
    ["getThreadMember", true, "channelId userId"],
    ["addThreadMember", false, "channelId userId"],
    ["deleteThreadMember", false, "channelId userId"],
    ["createThread", false, "channelId"],
    ["listPrivateArchivedThreads", true, "channelId"],
    ["listPublicArchivedThreads", true, "channelId"],
    ["threadSearch", true, "channelId"],
    ["triggerTypingIndicator", false, "channelId"],
    ["listMyPrivateArchivedThreads", true, "channelId"],
    ["updateVoiceChannelStatus", false, "channelId"],
    ["listChannelWebhooks", true, "channelId"],
    ["createWebhook", false, "channelId"],
    ["getGuild", true, ""],
    ["updateGuild", false, ""],
    ["listGuildAuditLogEntries", true, ""],
    ["listAutoModerationRules", true, ""],
    ["createAutoModerationRule", false, ""],
    ["getAutoModerationRule", true, "ruleId"],
    ["deleteAutoModerationRule", false, "ruleId"],
    ["updateAutoModerationRule", false, "ruleId"],
    ["listGuildBans", true, ""],
    ["getGuildBan", true, "userId"],
    ["banUserFromGuild", false, "userId"],
    ["unbanUserFromGuild", false, "userId"],
    ["bulkBanUsersFromGuild", false, ""],
    ["listGuildChannels", true, ""],
    ["createGuildChannel", false, ""],
    ["bulkUpdateGuildChannels", false, ""],
    ["listGuildEmojis", true, ""],
    ["createGuildEmoji", false, ""],
    ["getGuildEmoji", true, "emojiId"],
    ["deleteGuildEmoji", false, "emojiId"],
    ["updateGuildEmoji", false, "emojiId"],
    ["updateGuildIncidentActions", false, ""],
    ["listGuildIntegrations", true, ""],
    ["deleteGuildIntegration", false, "integrationId"],
    ["listGuildInvites", true, ""],
    ["listGuildMembers", true, ""],
    ["updateMyGuildMember", false, ""],
    ["searchGuildMembers", true, ""],
    ["getGuildMember", true, "userId"],
    ["addGuildMember", false, "userId"],
    ["deleteGuildMember", false, "userId"],
    ["updateGuildMember", false, "userId"],
    ["addGuildMemberRole", false, "userId roleId"],
    ["deleteGuildMemberRole", false, "userId roleId"],
    ["guildSearch", true, ""],
    ["getGuildNewMemberWelcome", true, ""],
    ["getGuildsOnboarding", true, ""],
    ["putGuildsOnboarding", false, ""],
    ["getGuildPreview", true, ""],
    ["previewPruneGuild", true, ""],
    ["pruneGuild", false, ""],
    ["listGuildVoiceRegions", true, ""],
    ["getGuildJoinRequests", true, ""],
    ["actionGuildJoinRequest", false, "requestId"],
    ["listGuildRoles", true, ""],
    ["createGuildRole", false, ""],
    ["bulkUpdateGuildRoles", false, ""],
    ["guildRoleMemberCounts", true, ""],
    ["getGuildRole", true, "roleId"],
    ["deleteGuildRole", false, "roleId"],
    ["updateGuildRole", false, "roleId"],
    ["listGuildScheduledEvents", true, ""],
    ["createGuildScheduledEvent", false, ""],
    ["getGuildScheduledEvent", true, "guildScheduledEventId"],
    ["deleteGuildScheduledEvent", false, "guildScheduledEventId"],
    ["updateGuildScheduledEvent", false, "guildScheduledEventId"],
    ["createGuildScheduledEventException", false, "guildScheduledEventId"],
    ["deleteGuildScheduledEventException", false, "guildScheduledEventId exceptionId"],
    ["updateGuildScheduledEventException", false, "guildScheduledEventId exceptionId"],
    ["listGuildScheduledEventUsers", true, "guildScheduledEventId"],
    ["countGuildScheduledEventUsers", true, "guildScheduledEventId"],
    ["listGuildScheduledEventExceptionUsers", true, "guildScheduledEventId guildScheduledEventExceptionId"],
    ["listGuildSoundboardSounds", true, ""],
    ["createGuildSoundboardSound", false, ""],
    ["getGuildSoundboardSound", true, "soundId"],
    ["deleteGuildSoundboardSound", false, "soundId"],
    ["updateGuildSoundboardSound", false, "soundId"],
    ["listGuildStickers", true, ""],
    ["createGuildSticker", false, ""],
    ["getGuildSticker", true, "stickerId"],
    ["deleteGuildSticker", false, "stickerId"],
    ["updateGuildSticker", false, "stickerId"],
    ["listGuildTemplates", true, ""],
    ["createGuildTemplate", false, ""],
    ["syncGuildTemplate", false, "code"],
    ["deleteGuildTemplate", false, "code"],
    ["updateGuildTemplate", false, "code"],
    ["getActiveGuildThreads", true, ""],
    ["getGuildVanityUrl", true, ""],
    ["getSelfVoiceState", true, ""],
    ["updateSelfVoiceState", false, ""],
    ["getVoiceState", true, "userId"],
    ["updateVoiceState", false, "userId"],
    ["getGuildWebhooks", true, ""],
    ["getGuildWelcomeScreen", true, ""],
    ["updateGuildWelcomeScreen", false, ""],
    ["getGuildWidgetSettings", true, ""],
    ["updateGuildWidgetSettings", false, ""],
    ["getGuildWidget", true, ""],
    ["createInteractionResponse", false, "interactionId interactionToken"],
    ["getStageInstance", true, "channelId"],
    ["deleteStageInstance", false, "channelId"],
    ["updateStageInstance", false, "channelId"],
    ["getWebhook", true, "webhookId"],
    ["deleteWebhook", false, "webhookId"],
    ["updateWebhook", false, "webhookId"],
    ["getWebhookByToken", true, "webhookId webhookToken"],
    ["executeWebhook", false, "webhookId webhookToken"],
    ["deleteWebhookByToken", false, "webhookId webhookToken"],
    ["updateWebhookByToken", false, "webhookId webhookToken"],
    ["getOriginalWebhookMessage", true, "webhookId webhookToken"],
    ["deleteOriginalWebhookMessage", false, "webhookId webhookToken"],
    ["updateOriginalWebhookMessage", false, "webhookId webhookToken"],
    ["getWebhookMessage", true, "webhookId webhookToken messageId"],
    ["deleteWebhookMessage", false, "webhookId webhookToken messageId"],
    ["updateWebhookMessage", false, "webhookId webhookToken messageId"]
  ];

  // rest_legacy.ts
  var REPLY = 4;
  var DEFERRED = 5;
  var UPDATE = 7;
  var EPHEMERAL3 = 1 << 6;
  var REGISTERED = "commands are registered by createBot, and kept as the script says; they cannot be changed one by one";
  var withBody = ({ payload, ...args }) => payload === void 0 ? args : { ...args, body: { ...payload, ...args.body } };
  var threadAs = ({ threadId, channelId, ...args }) => ({ channelId: channelId ?? threadId, ...args });
  var originalAt = ({ token, interactionToken, webhookToken, interactionId: _, guildId: __, ...args }) => ({
    webhookId: args.applicationId ?? applicationId(),
    webhookToken: webhookToken ?? interactionToken ?? token,
    ...args
  });
  var callback = (type, { interactionId, token, interactionToken, ...data }) => ({
    interactionId,
    interactionToken: interactionToken ?? token,
    body: { type, ...Object.keys(data).length > 0 && { data } }
  });
  var reaction = ({ emoji, emojiName: emojiName2, ...args }) => ({ ...args, emojiName: emojiName2 ?? emoji });
  var unsupported = async () => {
    throw Object.assign(new Error(REGISTERED), { code: "NOT_SUPPORTED" });
  };
  function legacyOperations(now) {
    const as = (name, change = withBody) => (args = {}) => now[name](change(args));
    return {
      sendMessage: as("createMessage", ({ messageId, replyTo, ...args }) => ({ ...args, replyTo: replyTo ?? messageId })),
      editMessage: as("updateMessage"),
      bulkDeleteMessages: as("bulkDeleteMessages", ({ messageIds, messages, ...args }) => ({ ...args, messages: messages ?? messageIds })),
      pinMessage: as("createPin"),
      unpinMessage: as("deletePin"),
      fetchMessage: as("getMessage"),
      fetchMessages: as("listMessages"),
      addReaction: as("addMyMessageReaction", reaction),
      removeReaction: (args = {}) => now[args.userId ? "deleteUserMessageReaction" : "deleteMyMessageReaction"](reaction(args)),
      clearReactions: (args = {}) => args.emoji || args.emojiName ? now.deleteAllMessageReactionsByEmoji(reaction(args)) : now.deleteAllMessageReactions(args),
      sendInteractionResponse: as("createInteractionResponse", (args) => callback(REPLY, args)),
      deferInteractionResponse: as("createInteractionResponse", ({ ephemeral, ...args }) => callback(DEFERRED, ephemeral ? { ...args, flags: EPHEMERAL3 } : args)),
      updateInteractionResponse: as("createInteractionResponse", (args) => callback(UPDATE, args)),
      editOriginalInteractionResponse: as("updateOriginalWebhookMessage", originalAt),
      deleteOriginalInteractionResponse: as("deleteOriginalWebhookMessage", originalAt),
      createFollowupMessage: as("executeWebhook", (args) => ({ wait: true, ...originalAt(args) })),
      editFollowupMessage: as("updateWebhookMessage", originalAt),
      deleteFollowupMessage: as("deleteWebhookMessage", originalAt),
      upsertGuildCommands: async (args = {}) => both(await registerSlashCommands(args.commands ?? [])),
      createGuildCommand: unsupported,
      editGuildCommand: unsupported,
      deleteGuildCommand: unsupported,
      getGuildCommands: unsupported,
      getGuildCommand: unsupported,
      editGuildCommandPermissions: unsupported,
      getGuildCommandsPermissions: unsupported,
      getGuildCommandPermissions: unsupported,
      kickMember: as("deleteGuildMember"),
      banMember: as("banUserFromGuild"),
      unbanMember: as("unbanUserFromGuild"),
      addMemberRole: as("addGuildMemberRole"),
      removeMemberRole: as("deleteGuildMemberRole"),
      editMember: as("updateGuildMember"),
      editCurrentMember: as("updateMyGuildMember"),
      createChannel: as("createGuildChannel"),
      editChannel: as("updateChannel"),
      deleteChannel: as("deleteChannel"),
      createThread: as("createThread"),
      createThreadFromMessage: as("createThreadFromMessage"),
      joinThread: as("joinThread", threadAs),
      leaveThread: as("leaveThread", threadAs),
      addThreadMember: as("addThreadMember", threadAs),
      removeThreadMember: as("deleteThreadMember", threadAs),
      executeWebhook: as("executeWebhook", ({ token, webhookToken, ...args }) => ({ ...args, webhookToken: webhookToken ?? token })),
      editWebhook: webhook(now, "updateWebhook"),
      deleteWebhook: webhook(now, "deleteWebhook")
    };
  }
  var webhook = (now, name) => (args = {}) => {
    const { token, webhookToken = token, ...rest2 } = withBody(args);
    return webhookToken === void 0 ? now[name](rest2) : now[`${name}ByToken`]({ ...rest2, webhookToken });
  };

  // rest.ts
  var OWN = /* @__PURE__ */ new Set(["query", "body", "files", "reason", "guildId", "applicationId"]);
  var MESSAGES = {
    createMessage: true,
    executeWebhook: true,
    updateMessage: false,
    updateWebhookMessage: false,
    updateOriginalWebhookMessage: false
  };
  var WEBHOOK_QUERY = ["wait", "threadId", "withComponents"];
  function operation(name, readsOnly, path) {
    if (name in MESSAGES) return messageOperation(name, path, MESSAGES[name]);
    return async (args = {}) => {
      const { named: named2, loose } = split(name, args, path);
      const { body = {}, query, reason, files } = args;
      const asked = { ...named2 };
      const filled = { ...query, ...readsOnly ? loose : {} };
      if (Object.keys(filled).length > 0) asked.query = snakeQuery(filled);
      const sent = readsOnly || Array.isArray(body) ? body : { ...body, ...loose };
      if (!readsOnly && Object.keys(sent).length > 0) asked.body = snake(sent);
      if (reason !== void 0) asked.reason = String(reason);
      if (name === "createInteractionResponse") return both(await interactionResponse(asked, args));
      if (files === void 0) return both(await host.op(`rest.${name}`, asked));
      return both(await host.op(`rest.${name}`, withFiles(asked, await prepareNow({ content: "-", files }, false))));
    };
  }
  function split(name, args, path) {
    const named2 = {}, loose = {};
    for (const field of path) {
      const value = args[field] ?? (field === "webhookId" ? applicationId() : void 0);
      if (value === void 0 || value === null) throw missing(name, field);
      named2[field] = field === "emojiName" ? emojiName(value) : String(value);
    }
    for (const field of Object.keys(args)) if (!(field in named2) && !OWN.has(field)) loose[field] = args[field];
    return { named: named2, loose };
  }
  var missing = (name, field) => Object.assign(new TypeError(`rest.${name} needs ${field}`), { code: "INVALID_INPUT" });
  function snakeQuery(query) {
    const asked = {};
    for (const name of Object.keys(query)) {
      if (query[name] !== void 0) asked[snakeName(name)] = snake(query[name]);
    }
    return asked;
  }
  function messageOperation(name, path, fresh) {
    return async (args = {}) => {
      const { named: named2, loose } = split(name, args, path);
      const query = { ...args.query };
      if (name === "executeWebhook") {
        for (const field of WEBHOOK_QUERY) {
          if (loose[field] === void 0) continue;
          query[field] = loose[field];
          delete loose[field];
        }
      }
      const { replyTo, ...options } = { ...optionsOf(args.body ?? {}), ...loose };
      const prepared = await prepareNow({ ...options, ...args.files && { files: args.files } }, fresh);
      if (name === "createMessage") return both(await sendMessage(named2.channelId, prepared, replyTo));
      const asked = { ...named2, ...Object.keys(query).length > 0 && { query: snakeQuery(query) }, body: prepared.body };
      return both(await host.op(`rest.${name}`, withFiles(asked, prepared)));
    };
  }
  var NEW_MESSAGE = 4;
  var CHANGED_MESSAGE = 7;
  async function interactionResponse(asked, args) {
    const { type, data } = asked.body ?? {};
    if (type !== NEW_MESSAGE && type !== CHANGED_MESSAGE || data === void 0) {
      return host.op("rest.createInteractionResponse", asked);
    }
    const prepared = await prepareNow({ ...data, ...args.files && { files: args.files } }, type === NEW_MESSAGE);
    return host.op("rest.createInteractionResponse", withFiles({ ...asked, body: { type, data: prepared.body } }, prepared));
  }
  var table = {};
  for (const [name, readsOnly, path] of OPERATIONS) {
    table[name] = operation(name, readsOnly, path === "" ? [] : path.split(" "));
  }
  var byName = { ...table };
  var rest = Object.assign(table, legacyOperations(byName));

  // secrets.ts
  var SecretReference = class {
    #name;
    #asked;
    constructor(name) {
      this.#name = name;
    }
    /** Only headers may hold this form; the host puts the value in its place. */
    toString() {
      return `~flora.secret.${this.#name}~`;
    }
    toJSON() {
      return this.toString();
    }
    [Symbol.toPrimitive]() {
      return this.toString();
    }
    then(fulfilled, rejected) {
      this.#asked ??= host.op("secrets.get", { name: this.#name }).then((found2) => found2 ?? void 0);
      return this.#asked.then(fulfilled, rejected);
    }
    catch(rejected) {
      return this.then(void 0, rejected);
    }
    finally(run2) {
      return this.then().finally(run2);
    }
  };
  var secrets = {
    get(name) {
      if (typeof name !== "string" || name === "") throw new TypeError("secrets.get needs the name of a secret");
      return new SecretReference(name);
    },
    list: () => host.op("secrets.list", {})
  };
  var vars = {
    get: async (name) => await host.op("vars.get", { name }) ?? void 0,
    list: () => host.op("vars.list", {})
  };

  // main.ts
  var globals = {
    on,
    once,
    off,
    op: (name, args) => host.op(name, args),
    console,
    prefix: prefix2,
    slash,
    userCommand,
    messageCommand,
    createBot,
    registerSlashCommands,
    onButton,
    onSelect,
    onComponent,
    onModal,
    kv,
    store,
    secrets,
    vars,
    rest,
    cron,
    timers,
    schedule,
    cancel,
    duration,
    ...helpers_exports
  };
  for (const name of Object.keys(globals)) define(name, globals[name]);
  function registrations() {
    adoptDefined();
    const all = {
      events: eventNames(),
      commands: commandsJson(),
      crons: cronsJson(),
      components: routeNames(),
      timers: timerNames(),
      prefixCommands: prefixNames()
    };
    const found2 = { events: all.events };
    for (const name of Object.keys(all)) if (all[name].length > 0) found2[name] = all[name];
    return found2;
  }
  host.setDispatcher(dispatch);
  host.setRegistrations(registrations);
})();
