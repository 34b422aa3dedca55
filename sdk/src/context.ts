// What a handler is given. Everything but the payload is made when it is asked for: most handlers look and return.

import { checkModalBody } from "./builders/message";
import { host } from "./host";
import { type Prepared, optionsOf, prepareNow, sendMessage, withFiles } from "./messages";
import { both, camel, emojiName, snake } from "./payload";

type Sent = Record<string, any>;

const nothing = (what: string, event: string): TypeError =>
  Object.assign(new TypeError(`there is no ${what} in a ${event} event`), { code: "INVALID_INPUT" });

export class EventContext {
  /** Discord's name of the event in camel case. */
  readonly event: string;
  /** The payload as Discord sent it. */
  readonly raw: any;
  #before: any;
  #msg: any;
  #looked = false;
  #replied: Promise<Sent> | undefined;

  constructor(event: string, raw: any, before: any) {
    this.event = event;
    this.raw = raw;
    this.#before = before;
  }

  /** The payload with names in camel case. */
  get msg(): any {
    if (!this.#looked) {
      this.#looked = true;
      this.#msg = this.present(camel(this.raw));
    }
    return this.#msg;
  }

  set msg(value: any) {
    this.#looked = true;
    this.#msg = value;
  }

  /** What was there before an update or deletion, where flora still had it; else null. */
  get old(): any {
    return this.#before === undefined ? null : (this.msg?.old ?? camel(this.#before));
  }

  get guildId(): string | undefined {
    return this.raw?.guild_id;
  }

  get channelId(): string | undefined {
    return this.raw?.channel_id;
  }

  /** Where names in camel case are not all there is to it. */
  protected present(msg: any): any {
    if (typeof msg !== "object" || msg === null) return msg;
    if (this.#before !== undefined) msg.old = camel(this.#before);
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
      case "ready":
        msg.guildIds = []; // as the original had it: a script is told of no other guild
        return msg;
      default:
        return msg;
    }
    if (msg.member && msg.author) msg.member.user ??= msg.author;
    return msg;
  }

  /** The message that the event is about. */
  protected get messageId(): string | undefined {
    const { raw, event } = this;
    return raw?.message_id ?? (event === "messageCreate" || event === "messageUpdate" ? raw?.id : undefined);
  }

  #channel(): string {
    const channel = this.channelId;
    if (channel === undefined) throw nothing("channel to answer in", this.event);
    return channel;
  }

  #message(): { channelId: string; messageId: string } {
    const messageId = this.messageId;
    if (messageId === undefined) throw nothing("message", this.event);
    return { channelId: this.#channel(), messageId };
  }

  /** Answers in the channel of the event, referring to its message. */
  async reply(input: unknown): Promise<any> {
    const channel = this.#channel();
    const options = typeof input === "object" && input !== null && !Array.isArray(input) ? (input as any) : {};
    const replyTo = options.replyTo === undefined ? (options.messageId ?? this.messageId) : options.replyTo;
    const sent = (async () => sendMessage(channel, await prepareNow(input, true), replyTo))();
    this.#replied = sent;
    return both(await sent);
  }

  /** Sends into the channel of the event. */
  async send(input: unknown): Promise<any> {
    return both(await sendMessage(this.#channel(), await prepareNow(input, true)));
  }

  /** Changes the reply that was given here; where none was, the message of the event, which must be the bot's own. */
  async edit(input: unknown): Promise<any> {
    const replied = await this.#replied;
    const at = replied ? { channelId: replied.channel_id ?? this.#channel(), messageId: replied.id } : this.#editable();
    const prepared = await prepareNow(input, false);
    return both(await host.op("rest.updateMessage", withFiles({ ...at, body: prepared.body }, prepared)));
  }

  #editable(): { channelId: string; messageId: string } {
    if (this.messageId === undefined) throw new Error("Message edit requires a message payload");
    return this.#message();
  }

  /** Removes the message of the event. */
  async delete(reason?: string): Promise<void> {
    await host.op("rest.deleteMessage", { ...this.#message(), ...(reason && { reason }) });
  }

  async deleteReply(): Promise<void> {
    const replied = await this.#replied;
    if (replied === undefined) throw new Error("there is no reply to delete");
    await host.op("rest.deleteMessage", { channelId: replied.channel_id ?? this.#channel(), messageId: replied.id });
  }

  /** Reacts to the message of the event. */
  async react(emoji: unknown): Promise<void> {
    await host.op("rest.addMyMessageReaction", { ...this.#message(), emojiName: emojiName(emoji) });
  }

  /** Shows that something is being written, for ten seconds or until a message comes. */
  async typing(): Promise<void> {
    await host.op("rest.triggerTypingIndicator", { channelId: this.#channel() });
  }
}

const ANSWER = { message: 4, deferMessage: 5, deferUpdate: 6, update: 7, choices: 8, modal: 9 } as const;
export const INTERACTION = { command: 2, component: 3, autocomplete: 4, modal: 5 } as const;
const EPHEMERAL = 1 << 6;

/** How far the answer to an interaction is: an interaction is answered once, everything after is something else. */
type Stage = "open" | "deferred" | "deferredUpdate" | "answered";

let application: string | undefined;

/** The bot's own application, once an interaction has told; its interactions' answers are webhooks of it. */
export const applicationId = (): string | undefined => application;

export class InteractionContext extends EventContext {
  stage: Stage = "open";
  /** The member was shown that the answer takes a while, and has not had one. */
  deferredForIt = false;
  #first: Promise<any> | undefined;
  onAnswer: (() => void) | undefined;

  constructor(event: string, raw: any, before: any) {
    super(event, raw, before);
    application = raw.application_id || application;
  }

  get kind(): number {
    return this.raw.type;
  }

  get user(): any {
    return this.msg.user;
  }

  get member(): any {
    return this.msg.member ?? null;
  }

  get customId(): string | undefined {
    return this.raw.data?.custom_id;
  }

  /** What was chosen in a select menu. */
  get values(): string[] {
    return this.raw.data?.values ?? [];
  }

  get commandName(): string | undefined {
    return this.raw.data?.name;
  }

  /** What a modal's inputs hold, by their custom ids. */
  get fields(): Record<string, any> {
    const found: Record<string, any> = {};
    gatherFields(this.raw.data?.components ?? [], found);
    return found;
  }

  protected override get messageId(): string | undefined {
    return this.raw.message?.id;
  }

  protected override present(msg: any): any {
    if (typeof msg !== "object" || msg === null) return msg;
    msg.interactionId = this.raw.id;
    msg.interactionToken = this.raw.token;
    msg.user ??= msg.member?.user;
    msg.messageId = this.raw.message?.id ?? null;
    if (this.raw.data) msg.data = both(this.raw.data);
    if (this.raw.data?.name !== undefined) msg.commandName = this.raw.data.name;
    return msg;
  }

  /** Answers: the first time for all to see (or, with `ephemeral`, for the member alone), afterwards by a follow-up. */
  override async reply(input: unknown): Promise<any> {
    if (this.stage !== "open") await this.#settled();
    if (this.stage === "open") return this.#answer("message", "answered", () => prepareNow(input, true), input);
    if (this.stage === "deferred") return this.editReply(input, true);
    return this.followUp(input);
  }

  override send(input: unknown): Promise<any> {
    return this.stage === "open" ? this.reply(input) : this.followUp(input);
  }

  /** Says that the answer takes a while. For components see `deferUpdate`. */
  async defer(options: { ephemeral?: boolean } | boolean = {}): Promise<void> {
    const ephemeral = typeof options === "boolean" ? options : Boolean(options.ephemeral);
    await this.#settled();
    if (this.stage !== "open") return;
    await this.#answer("deferMessage", "deferred", () => (ephemeral ? { body: { flags: EPHEMERAL } } : undefined));
  }

  /** Says that the message with the component may change in a while, or not at all. */
  async deferUpdate(): Promise<void> {
    await this.#settled();
    if (this.stage === "open") await this.#answer("deferUpdate", "deferredUpdate", () => undefined);
  }

  /** Changes the message that the component belongs to. */
  async update(input: unknown): Promise<any> {
    await this.#settled();
    if (this.raw.message === undefined) throw nothing("message to update", this.event);
    if (this.stage === "open") return this.#answer("update", "answered", () => prepareNow(input, false), input);
    return this.editReply(input);
  }

  /** Changes the first answer. */
  async editReply(input: unknown, isFirst = false): Promise<any> {
    const prepared = await prepareNow(input, isFirst);
    await this.#settled();
    if (this.stage === "open") throw new Error("there is no reply to edit yet: use reply, defer or update");
    this.stage = this.stage === "deferred" ? "answered" : this.stage;
    this.deferredForIt = false;
    if (isFirst) delete prepared.body.enforce_nonce;
    const args = withFiles({ ...this.#original(), body: withoutEphemeral(prepared.body) }, prepared);
    return both(await host.op("rest.updateOriginalWebhookMessage", args));
  }

  async #settled(): Promise<void> {
    await this.#first?.catch(() => undefined);
  }

  override async edit(input: unknown): Promise<any> {
    if (this.stage !== "open") return this.editReply(input);
    return this.raw.message === undefined ? this.reply(input) : this.update(input);
  }

  override async deleteReply(): Promise<void> {
    await this.#settled();
    this.stage = "answered";
    this.deferredForIt = false;
    await host.op("rest.deleteOriginalWebhookMessage", this.#original());
  }

  /** Of a component: its message. Of anything else: the answer. */
  override async delete(reason?: string): Promise<void> {
    return this.raw.message === undefined ? this.deleteReply() : super.delete(reason);
  }

  /** Another message, after the first answer. */
  async followUp(input: unknown): Promise<any> {
    const prepared = await prepareNow(input, true);
    await this.#settled();
    if (this.stage === "open") return this.reply(input);
    if (this.stage === "deferred") return this.editReply(input, true);
    const args = withFiles({ ...this.#original(), query: { wait: true }, body: prepared.body }, prepared);
    return both(await host.op("rest.executeWebhook", args));
  }

  /** Opens a form. It must be the first answer: Discord takes none after a deferral. */
  async showModal(modal: any): Promise<void> {
    if (this.stage !== "open") {
      throw Object.assign(new Error(`a modal must be the first answer, and this interaction is ${this.stage} already`), {
        code: "ALREADY_ANSWERED",
      });
    }
    await this.#answer("modal", "answered", () => prepareModal(modal));
  }

  /** Suggestions for the option that is being typed. */
  async respond(choices: Iterable<any>): Promise<void> {
    const list = Array.from(choices, choiceOf).slice(0, 25);
    await this.#answer("choices", "answered", () => ({ body: { choices: list } }));
  }

  /** Takes the one first answer before anything is awaited, and gives it back when it could not be sent. */
  #answer(
    kind: keyof typeof ANSWER,
    stage: Stage,
    prepare: () => Prepared | Promise<Prepared> | undefined,
    input?: unknown,
  ): Promise<any> {
    this.stage = stage;
    this.onAnswer?.();
    this.#first = this.#sendAnswer(kind, prepare, input).catch((error) => {
      this.stage = "open";
      throw error;
    });
    return this.#first;
  }

  async #sendAnswer(kind: keyof typeof ANSWER, prepare: () => any, input: unknown): Promise<any> {
    const prepared: Prepared | undefined = await prepare();
    const body = prepared === undefined ? { type: ANSWER[kind] } : { type: ANSWER[kind], data: prepared.body };
    const { id, token } = this.raw;
    const query = wantsAnswer(input) ? { query: { with_response: true } } : {};
    const args = { interactionId: id, interactionToken: token, ...query, body };
    const answer = await host.op("rest.createInteractionResponse", prepared ? withFiles(args, prepared) : args);
    return both(answer?.resource?.message);
  }

  #original(): { webhookId: string; webhookToken: string } {
    return { webhookId: this.raw.application_id, webhookToken: this.raw.token };
  }
}

const wantsAnswer = (input: unknown): boolean => typeof input === "object" && (input as any)?.withResponse === true;

/** A deferral has said already who may see the answer. */
function withoutEphemeral(body: Record<string, any>): Record<string, any> {
  if (typeof body.flags === "number") body.flags &= ~EPHEMERAL;
  if (body.flags === 0) delete body.flags;
  return body;
}

async function prepareModal(modal: any): Promise<Prepared> {
  const given = typeof modal?.toJSON === "function" ? modal.toJSON() : modal;
  const { toJSON: _, ...plain } = optionsOf(given);
  const body = snake(plain);
  if (Array.isArray(body.components)) body.components = body.components.map(inRow);
  checkModalBody(body);
  return { body };
}

/** A text input outside a row or label, as older forms have it. */
const inRow = (component: any): any => (component?.type === 4 ? { type: 1, components: [component] } : component);

function choiceOf(choice: any): { name: string; value: string | number } {
  if (typeof choice === "object" && choice !== null) return { ...choice, name: String(choice.name).slice(0, 100) };
  return { name: String(choice).slice(0, 100), value: choice };
}

function gatherFields(components: any[], found: Record<string, any>): void {
  for (const component of components) {
    if (component.custom_id !== undefined) found[component.custom_id] = component.value ?? component.values ?? null;
    if (component.components) gatherFields(component.components, found);
    if (component.component) gatherFields([component.component], found);
  }
}

