// What a message may be made of, and each of Discord's rules on it.

import { checkComponents, checkModal, COMPONENT_LIMITS, displayedLength } from "./check-components";
import type { Button, MessageComponent, Modal, Select } from "./component-types";
import { MessageFlags } from "./constants";
import { checkEmbed, EMBED_LIMITS, type Embed, type EmbedData, embedLength } from "./embed";
import { hasFlag } from "./permissions";
import type { Poll } from "./poll";
import { Check } from "./problems";
import type { Buildable, Snowflake } from "./wire";

export interface AllowedMentions {
  parse?: ("users" | "roles" | "everyone")[];
  users?: Snowflake[];
  roles?: Snowflake[];
  repliedUser?: boolean;
}

/** A file to send: its content, or an address that the host fetches; with an `id` alone, one that an edit keeps. */
export interface AttachmentData {
  name?: string;
  filename?: string;
  description?: string;
  contentType?: string;
  data?: Uint8Array | ArrayBuffer | string;
  base64?: string;
  url?: string;
  id?: Snowflake;
}

/** What `ctx.reply`, `ctx.edit` and their like take. */
export interface MessageOptions {
  content?: string | null;
  embeds?: Buildable<EmbedData | Embed>[];
  components?: Buildable<MessageComponent | Button | Select>[];
  attachments?: AttachmentData[];
  files?: AttachmentData[];
  allowedMentions?: AllowedMentions;
  poll?: Buildable<Poll>;
  stickerIds?: Snowflake[];
  tts?: boolean;
  flags?: number;
  /** Only whoever used the command sees it. */
  ephemeral?: boolean;
  /** `null`: no reference to the message that is answered. */
  replyTo?: Snowflake | null;
}

export const MESSAGE_LIMITS = {
  content: 2000,
  embeds: 10,
  files: 10,
  stickers: 3,
  pollQuestion: 300,
  pollAnswer: 55,
  pollAnswers: 10,
  pollHours: 768,
} as const;
const L = MESSAGE_LIMITS;

type Body = Record<string, unknown>;

/** Throws DefinitionError when Discord would refuse the body (in Discord's words) of a message. */
export function checkMessage(body: Body, what = "this message"): void {
  const check = new Check("");
  check.at("content").optionalText(body["content"], 0, L.content);
  if (Array.isArray(body["embeds"])) checkEmbeds(check.at("embeds"), body["embeds"] as Embed[]);
  if (body["components"] !== undefined && body["components"] !== null) {
    checkComponents(check.at("components"), body["components"]);
  }
  if (Array.isArray(body["attachments"])) check.at("attachments").list(body["attachments"], 0, L.files);
  if (Array.isArray(body["sticker_ids"])) check.at("stickerIds").list(body["sticker_ids"], 0, L.stickers);
  if (typeof body["poll"] === "object" && body["poll"] !== null)
    checkPoll(check.at("poll"), body["poll"] as Partial<Poll>);
  checkV2(check, body);
  check.throwIfAny(what);
}

/** Throws DefinitionError when Discord would refuse the modal. */
export function checkModalBody(modal: Modal): void {
  const check = new Check("");
  checkModal(check, modal);
  check.throwIfAny("this modal");
}

function checkEmbeds(check: Check, embeds: Embed[]): void {
  if (!check.list(embeds, 0, L.embeds) || !check.objects(embeds, "write embed() or its plain object")) return;
  embeds.forEach((embed, index) => checkEmbed(check.at(index), embed));
  const length = embeds.reduce((sum, embed) => sum + embedLength(embed), 0);
  if (length > EMBED_LIMITS.total) {
    check.fail(`have ${length} characters together, of at most ${EMBED_LIMITS.total}`, "send them in several messages");
  }
}

function checkV2(check: Check, body: Body): void {
  check.at("flags").optionalNumber(body["flags"], 0, Number.MAX_SAFE_INTEGER);
  if (typeof body["flags"] !== "number" || !hasFlag(body["flags"], MessageFlags.IS_COMPONENTS_V2)) return;
  for (const key of ["content", "embeds", "poll", "sticker_ids"]) {
    const value = body[key];
    const isThere = Array.isArray(value) ? value.length > 0 : value !== undefined && value !== null && value !== "";
    if (isThere)
      check.at(key).fail("does not go with Components V2", "say it in a textDisplay, or leave the V2 parts out");
  }
  const length = displayedLength(body["components"]);
  if (length > COMPONENT_LIMITS.text) {
    check.at("components").fail(`show ${length} characters of at most ${COMPONENT_LIMITS.text}`, "shorten the texts");
  }
}

function checkPoll(check: Check, poll: Partial<Poll>): void {
  check.at("question").text(poll.question?.text, 1, L.pollQuestion);
  check.at("duration").optionalNumber(poll.duration, 1, L.pollHours);
  if (!check.at("answers").list(poll.answers, 1, L.pollAnswers)) return;
  (poll.answers as (Poll["answers"][number] | null | undefined)[]).forEach((answer, index) => {
    check.at("answers").at(index).at("text").optionalText(answer?.poll_media?.text, 1, L.pollAnswer);
  });
}
