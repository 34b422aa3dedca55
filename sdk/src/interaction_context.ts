// What the handler of an interaction is given: a command, a component, a form, or what is being typed. Discord wants one
// first answer, within three seconds; everything after it is something else.

import { checkModalBody } from "./builders/message";
import { EventContext, nothing } from "./context";
import { host } from "./host";
import { type Prepared, optionsOf, prepareNow, withFiles } from "./messages";
import { both, snake } from "./payload";

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

