// What scripts send: a text, options or builders become the body that Discord takes, with defaults that hurt nobody.

import { checkMessage, MESSAGE_LIMITS } from "./builders/message";
import { toBase64, viewOf } from "./bytes";
import { host } from "./host";
import { snake } from "./payload";
import { nonce } from "./nonce";
import { textWithSecrets } from "./secrets";
import { utf8 } from "./text";

const EPHEMERAL = 1 << 6;
const COMPONENTS_V2 = 1 << 15;
/** Components that only messages of the second kind have: section, text, thumbnail, gallery, file, separator, container. */
const SECOND_KIND = new Set([9, 10, 11, 12, 13, 14, 17]);
const SELECTS = new Set([3, 5, 6, 7, 8]);
/** What the SDK understands itself; everything else goes to Discord by its own name. */
const OURS = new Set(["attachments", "files", "ephemeral", "replyTo", "messageId", "withResponse", "mentionReply"]);

export interface SentFile {
  name: string;
  data: string;
  contentType?: string;
  description?: string;
}

export interface Prepared {
  body: Record<string, any>;
  files?: SentFile[];
}

/** Mentions of members work; nobody pings a role or everyone by accident, nor for somebody else. */
const SAFE_MENTIONS = Object.freeze({ parse: Object.freeze(["users"]), replied_user: true });

const isBuilder = (value: any): boolean => typeof value === "object" && value !== null && typeof value.toJSON === "function";

/** What `reply` and its kin take: text, options, one builder or a list of them. */
export function optionsOf(input: unknown): Record<string, any> {
  if (typeof input === "string" && input.length <= MESSAGE_LIMITS.content) return { content: input };
  if (Array.isArray(input)) return input.every((one) => typeof jsonOf(one).type === "number") ? { components: input } : { embeds: input };
  if (isBuilder(input)) return typeof jsonOf(input).type === "number" ? { components: [input] } : { embeds: [input] };
  if (typeof input === "object" && input !== null) return input as Record<string, any>;
  return input === undefined || input === null ? {} : { content: String(input) }; // "undefined" is never meant
}

const jsonOf = (value: any): any => (isBuilder(value) ? value.toJSON() : (value ?? {}));

/** The body of a new or changed message; files are read, and those that are addresses fetched. */
export async function prepare(input: unknown, fresh: boolean): Promise<Prepared> {
  const options = optionsOf(input);
  const body = checkedBody(options, fresh);
  const wanted = [...(options.files ?? []), ...(options.attachments ?? [])];
  if (wanted.length === 0) return options.attachments === undefined ? { body } : { body: { ...body, attachments: [] } };
  const kept = wanted.filter((one) => isKept(one)).map(snake);
  const files = await Promise.all(wanted.filter((one) => !isKept(one)).map(fileOf));
  body.attachments = [...kept, ...files.map((file, index) => describedFile(file, index))];
  return { body, files };
}

/** Something that needs no waiting, which is nearly everything. */
export function prepareNow(input: unknown, fresh: boolean): Prepared | Promise<Prepared> {
  if (typeof input === "string" && input !== "" && input.length <= MESSAGE_LIMITS.content) {
    return { body: fresh ? { content: input, allowed_mentions: SAFE_MENTIONS } : { content: input } };
  }
  const options = optionsOf(input);
  if (options.files !== undefined || options.attachments !== undefined) return prepare(options, fresh);
  return { body: checkedBody(options, fresh) };
}

/** Throws, with the place of everything that is wrong, for what Discord would refuse. */
function checkedBody(options: Record<string, any>, fresh: boolean): Record<string, any> {
  const body = bodyOf(options);
  if (fresh) {
    body.allowed_mentions ??= SAFE_MENTIONS;
    refuseEmpty(body, options);
  }
  checkMessage(body, fresh ? "this message" : "this edit");
  return body;
}

function bodyOf(options: Record<string, any>): Record<string, any> {
  const plain: Record<string, any> = {};
  for (const name of Object.keys(options)) if (!OURS.has(name)) plain[name] = options[name];
  const body = snake(plain);
  if (options.ephemeral) body.flags = (body.flags ?? 0) | EPHEMERAL;
  if (Array.isArray(body.components)) arrangeComponents(body);
  if (body.embed !== undefined) {
    body.embeds = [body.embed, ...(body.embeds ?? [])];
    delete body.embed;
  }
  return body;
}

function refuseEmpty(body: Record<string, any>, options: Record<string, any>): void {
  const some = (list: unknown): boolean => Array.isArray(list) && list.length > 0;
  const says = body.content !== undefined && body.content !== null && body.content !== "";
  if (says || body.poll !== undefined || body.message_reference?.type === 1) return;
  if ([body.embeds, body.components, body.sticker_ids, options.files, options.attachments].some(some)) return;
  throw Object.assign(new TypeError("a message needs content, embeds, components, files or a poll"), { code: "INVALID_INPUT" });
}

/** Buttons and selects without a row get one, and what needs the flag of the second kind gets it. */
function arrangeComponents(body: Record<string, any>): void {
  const arranged: any[] = [];
  let row: any[] = [];
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

/** An attachment that a message has already, and keeps. */
const isKept = (file: any): boolean => typeof file?.id === "string" && file.data === undefined && file.base64 === undefined;

async function fileOf(file: any): Promise<SentFile> {
  const name = String(file.name ?? file.filename ?? nameIn(file.url ?? file.Url?.url) ?? "file");
  const about = { name, ...(file.description !== undefined && { description: String(file.description) }) };
  const nested = file.Base64 ?? file.base64;
  if (typeof nested === "object" && nested !== null) return { ...about, ...named(nested), data: String(nested.data) };
  if (typeof nested === "string") return { ...about, data: nested };
  const address = typeof file.Url === "object" ? file.Url.url : typeof file.url === "object" ? file.url.url : file.url;
  if (address !== undefined) return { ...about, ...(await fetched(String(address))) };
  const type = file.contentType ?? file.data?.type;
  return { ...about, ...(type && { contentType: String(type) }), data: await encoded(file.data) };
}

const named = (file: any) => (file.filename === undefined ? {} : { name: String(file.filename) });

const nameIn = (address: unknown): string | undefined =>
  typeof address === "string" ? (/([^/?#]+)(?:[?#].*)?$/.exec(address)?.[1] ?? undefined) : undefined;

async function fetched(url: string): Promise<{ data: string; contentType?: string }> {
  const answer = await host.op("fetch", { url: await textWithSecrets(url), method: "GET", headers: [], body: null, redirect: "follow" });
  if (answer.status >= 400) {
    throw Object.assign(new Error(`the attachment ${url} could not be fetched: HTTP ${answer.status}`), {
      code: "FETCH_FAILED",
      status: answer.status,
    });
  }
  const type = (answer.headers as [string, string][]).find(([name]) => name.toLowerCase() === "content-type");
  return { data: answer.body, ...(type && { contentType: type[1] }) };
}

async function encoded(data: any): Promise<string> {
  if (typeof data === "string") return toBase64(utf8(data));
  const view = viewOf(data);
  if (view !== undefined) return toBase64(view);
  if (typeof data?.arrayBuffer === "function") return toBase64(new Uint8Array(await data.arrayBuffer()));
  throw new TypeError("a file's data is text, bytes, a Blob or an address (url)");
}

const describedFile = (file: SentFile, index: number) => ({
  id: String(index),
  filename: file.name,
  ...(file.description !== undefined && { description: file.description }),
});

/** Sends a message, at most once however often the request is repeated. */
export function sendMessage(channelId: string, prepared: Prepared, replyTo?: string | null): Promise<any> {
  const { body } = prepared;
  if (replyTo) body.message_reference = { type: 0, message_id: replyTo, fail_if_not_exists: false };
  if (body.nonce === undefined) {
    body.nonce = nonce();
    body.enforce_nonce = true;
  }
  return host.op("rest.createMessage", withFiles({ channelId, body }, prepared));
}

export function withFiles<T extends object>(args: T, prepared: Prepared): T & { files?: SentFile[] } {
  return prepared.files === undefined || prepared.files.length === 0 ? args : { ...args, files: prepared.files };
}
