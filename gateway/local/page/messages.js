// The list of messages.

import { by, colour, keyed, make, openMenu } from "./dom.js";
import { drawComponent, drawEmbed, drawFile } from "./components.js";
import { drawEmoji, drawSticker, emojiEntries } from "./emoji.js";
import { interact } from "./fields.js";
import { inline, rich } from "./markdown.js";
import { act, at, channelOf, isThread, load, MANAGE_MESSAGES, may, member, nameOf, state, tint } from "./world.js";

const TOGETHER_MS = 7 * 60 * 1000;
const THINKING = 1 << 7;
const COMPONENTS_V2 = 1 << 15;
const SYSTEM = {
  6: (message) => `${authorOf(message)} pinned a message to this channel.`,
  7: (message) => `${authorOf(message)} came into the guild.`,
  18: (message) => `${authorOf(message)} started a thread: ${message.content}`,
};
let replyTo = null;
let editing = null;

export const onReply = (reply) => { replyTo = reply; };
const authorOf = (message) => (message.webhook_id ? message.author.username : member(message.author.id) ? nameOf(message.author.id) : message.author.global_name || message.author.username);
const shortTime = (date) => date.toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });

export function drawMessages() {
  const scroll = by("scroll");
  const around = JSON.stringify([state.me, state.allowed, state.members.map((one) => [one.user.id, one.nick, one.roles]), state.roles, state.channels.map((one) => one.name), state.commands[3].map((one) => one.name)]);
  let before = null;
  const items = state.messages.map((message) => {
    const first = begins(message, before);
    const newDay = !before || new Date(before.timestamp).toDateString() !== new Date(message.timestamp).toDateString();
    before = message;
    const own = editing === message.id;
    return { key: message.id, seen: JSON.stringify([message, first, newDay, own]) + around, item: { message, first, newDay } };
  });
  keyed(by("messages"), items, ({ message, first, newDay }) => drawMessage(message, first, newDay));
  by("earlier").hidden = !state.more;
  by("welcome").hidden = state.messages.length > 0;
  if (low) scroll.scrollTop = scroll.scrollHeight;
}

function begins(message, before) {
  return !before || before.author.id !== message.author.id || message.referenced_message || message.interaction_metadata || before.type in SYSTEM
    || before.ephemeral !== message.ephemeral || new Date(message.timestamp) - new Date(before.timestamp) > TOGETHER_MS;
}

function drawMessage(message, first, newDay) {
  const when = new Date(message.timestamp);
  const item = make("li", { className: `message ${first ? "first" : ""} ${message.ephemeral ? "ephemeral" : ""}` });
  if (newDay) item.append(make("p", { className: "day" }, when.toLocaleDateString(undefined, { dateStyle: "long" })));
  if (message.type in SYSTEM) {
    item.append(make("p", { className: "system" }, SYSTEM[message.type](message), " ", make("time", { dateTime: message.timestamp }, shortTime(when))));
    return item;
  }
  if (message.mention_everyone || message.mentions.some((one) => one.id === state.me)) item.classList.add("mentions");
  const body = make("div", { className: "body" });
  if (first) body.append(...head(message, when));
  body.append(...content(message));
  item.append(make("div", { className: "beside" }, first ? avatar(message.author) : make("time", { dateTime: message.timestamp }, shortTime(when))), body, tools(message));
  return item;
}

export function avatar(user) {
  const name = user.global_name || user.username;
  const face = make("span", { className: "avatar", "aria-hidden": "true" }, user.id === state.bot ? make("img", { src: "/flora.svg", alt: "" }) : name.slice(0, 1).toUpperCase());
  if (user.id !== state.bot) face.style.setProperty("--hue", Number((BigInt(user.id) % 1009n) * 137n % 360n));
  return face;
}

export const named = (id, text) => {
  const name = make("span", { className: "author" }, text);
  const colourOf = tint(id);
  if (colourOf) name.style.setProperty("--tint", colour(colourOf));
  return name;
};

function head(message, when) {
  const lines = [];
  const answered = message.referenced_message;
  if (answered) {
    const go = make("button", { type: "button", className: "answered" }, "↱ ", named(answered.author.id, authorOf(answered)), " ", (answered.content || "(no words)").slice(0, 100));
    go.onclick = () => by("messages").querySelector(`[data-key="${answered.id}"]`)?.scrollIntoView({ block: "center" });
    lines.push(go);
  } else if (message.message_reference && message.message_reference.type !== 1) lines.push(make("p", { className: "soft" }, "↱ the message was deleted"));
  const used = message.interaction_metadata;
  if (used && used.type === 2) lines.push(make("p", { className: "soft" }, "↱ ", named(used.user.id, nameOf(used.user.id)), " used ", make("strong", {}, used.name ? `/${used.name}` : "a command")));
  lines.push(make("p", { className: "head" }, named(message.author.id, authorOf(message)), message.author.bot || message.webhook_id ? make("span", { className: "badge" }, "APP") : null,
    make("time", { dateTime: message.timestamp, title: when.toLocaleString() }, shortTime(when))));
  return lines;
}

function content(message) {
  if (editing === message.id) return [editor(message)];
  const parts = [];
  if (message.flags & THINKING) parts.push(make("p", { className: "thinking" }, `${authorOf(message)} is thinking`, make("span", { className: "dots", "aria-hidden": "true" }, "…")));
  if (message.message_snapshots?.length) {
    parts.push(make("p", { className: "soft" }, "↱ Forwarded"), ...message.message_snapshots.map((one) => make("blockquote", {}, rich(one.message.content))));
  }
  if (message.content && !(message.flags & COMPONENTS_V2)) {
    const text = rich(message.content);
    if (/^(\p{Extended_Pictographic}\uFE0F?\s*){1,6}$/u.test(message.content)) text.classList.add("big");
    parts.push(text);
  }
  for (const sticker of message.sticker_items || []) parts.push(drawSticker(sticker));
  const placed = message.flags & COMPONENTS_V2 ? [] : message.attachments;
  parts.push(...placed.map(drawFile), ...message.embeds.map(drawEmbed));
  if (message.poll) parts.push(drawPoll(message));
  parts.push(...(message.components || []).map((one) => drawComponent(one, message)));
  if (message.edited_timestamp) parts.splice(message.content ? 1 : parts.length, 0, make("span", { className: "soft edited", title: new Date(message.edited_timestamp).toLocaleString() }, "(edited)"));
  if (message.reactions?.length) parts.push(make("div", { className: "row reactions" }, message.reactions.map((one) => drawReaction(message, one))));
  if (message.ephemeral) {
    const away = make("button", { type: "button", className: "as-link" }, "Dismiss message");
    away.onclick = () => act({ kind: "delete", message: message.id });
    parts.push(make("p", { className: "soft" }, "👁 Only you can see this. ", away));
  }
  return parts;
}

function drawReaction(message, one) {
  const emoji = one.emoji.id ? `${one.emoji.name}:${one.emoji.id}` : one.emoji.name;
  const button = make("button", { type: "button", className: one.me ? "mine" : "", "aria-pressed": String(one.me) }, drawEmoji(one.emoji), ` ${one.count}`);
  button.onclick = () => act({ kind: "react", message: message.id, emoji });
  return button;
}

function drawPoll(message) {
  const { poll } = message;
  const counts = new Map(poll.results.answer_counts.map((one) => [one.id, one]));
  const total = poll.results.answer_counts.reduce((sum, one) => sum + one.count, 0);
  const mine = poll.answers.map((one) => one.answer_id).filter((id) => counts.get(id)?.me_voted);
  const answers = poll.answers.map((one) => {
    const count = counts.get(one.answer_id)?.count || 0;
    const button = make("button", { type: "button", className: "answer", disabled: poll.results.is_finalized, "aria-pressed": String(mine.includes(one.answer_id)) },
      make("span", {}, one.poll_media.emoji ? `${one.poll_media.emoji.name} ` : "", one.poll_media.text || ""), make("span", {}, `${count}`));
    button.style.setProperty("--share", `${total ? (100 * count) / total : 0}%`);
    button.onclick = () => {
      const others = poll.allow_multiselect ? mine.filter((id) => id !== one.answer_id) : [];
      act({ kind: "vote", message: message.id, answers: mine.includes(one.answer_id) ? others : [...others, one.answer_id] });
    };
    return button;
  });
  return make("div", { className: "poll", role: "group", "aria-label": "Poll" }, make("p", {}, make("strong", {}, ...inline(poll.question.text))), answers,
    make("p", { className: "soft" }, `${total} votes${poll.results.is_finalized ? ", closed" : poll.allow_multiselect ? ", several answers" : ""}`));
}

// What can be done with a message

function tools(message) {
  const author = authorOf(message);
  const tool = (label, sign, run) => {
    const button = make("button", { type: "button", "aria-label": label, title: label }, sign);
    button.onclick = () => run(button);
    return button;
  };
  const own = message.author.id === state.me;
  const react = tool(`React to ${author}`, "☺", (button) => openMenu(button, "Choose a reaction", emojiEntries((emoji) => act({ kind: "react", message: message.id, emoji }))));
  const reply = tool(`Reply to ${author}`, "↩", () => replyTo(message.id, author));
  const more = tool(`More for the message of ${author}`, "⋯", (button) => openMenu(button, `With the message of ${author}`, [
    own && ["Edit", () => edit(message.id)],
    may(MANAGE_MESSAGES) && [message.pinned ? "Unpin" : "Pin", () => act({ kind: "pin", message: message.id })],
    ...state.commands[3].map((command) => [`Apps: ${command.name}`, () => interact({ kind: "context", type: 3, name: command.name, target: message.id })]),
    mayBeginThread(message) && ["Start a thread", () => openMenu(button, "A thread", [threadForm(message)])],
    ["Copy text", () => navigator.clipboard?.writeText(message.content)],
    ["Copy id", () => navigator.clipboard?.writeText(message.id)],
    (own || may(MANAGE_MESSAGES)) && ["Delete", () => act({ kind: "delete", message: message.id }), "danger-text"],
  ]));
  return make("div", { className: "tools" }, message.ephemeral ? [] : [react, reply, more]);
}

// Where there is none yet, and where this is none.
const mayBeginThread = (message) => !state.direct && !isThread(channelOf(at.channel)) && !state.channels.some((one) => one.id === message.id);

function threadForm(message) {
  const name = make("input", { "aria-label": "Name of the thread", placeholder: "Name of a thread …", required: true, maxLength: 100 });
  const form = make("form", { className: "row" }, name, make("button", { type: "submit" }, "Start"));
  form.onsubmit = (event) => { event.preventDefault(); by("menu").hidePopover(); act({ kind: "thread", message: message.id, name: name.value }); };
  return form;
}

export function edit(id) {
  editing = id;
  drawMessages();
  const box = by("messages").querySelector(`[data-key="${id}"] textarea`);
  box?.focus();
  box?.setSelectionRange(box.value.length, box.value.length);
}

export function editLast() {
  const mine = state.messages.findLast((one) => one.author.id === state.me && one.type === 0);
  if (mine) edit(mine.id);
}

function editor(message) {
  const text = make("textarea", { value: message.content, rows: 2, maxLength: 2000, "aria-label": "Edit the message" });
  const end = () => { editing = null; drawMessages(); by("text").focus(); };
  text.onkeydown = async (event) => {
    if (event.key === "Escape") { event.stopPropagation(); end(); }
    if (event.key !== "Enter" || event.shiftKey) return;
    event.preventDefault();
    await act({ kind: "edit", message: message.id, text: text.value });
    end();
    load();
  };
  return make("div", { className: "editor" }, text, make("p", { className: "soft" }, "Enter saves, Escape leaves it as it was"));
}

// The newest message stays in sight when the form below grows.
let low = true;
by("scroll").onscroll = () => { low = by("scroll").scrollHeight - by("scroll").scrollTop - by("scroll").clientHeight < 80; };
new ResizeObserver(() => { if (low) by("scroll").scrollTop = by("scroll").scrollHeight; }).observe(by("scroll"));

by("earlier").onclick = () => { at.limit += 100; load(); };
