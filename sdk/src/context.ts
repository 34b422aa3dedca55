// What a handler is given. Everything but the payload is made when it is asked for: most handlers look and return.

import { host } from "./host";
import { prepareNow, sendMessage, withFiles } from "./messages";
import { both, camel, emojiName } from "./payload";

type Sent = Record<string, any>;

export const nothing = (what: string, event: string): TypeError =>
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
