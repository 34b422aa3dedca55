// Where one can be: channels under their categories, threads under their channels, who is in a voice channel.

import { by, make, openMenu, unchanged } from "./dom.js";
import { named } from "./messages.js";
import { act, at, channelOf, isThread, load, member, nameOf, state } from "./world.js";

export const SIGNS = { 2: "🔊", 4: "", 5: "📢", 10: "🧵", 11: "🧵", 12: "🔒", 13: "🎙", 15: "💬" };
const VOICE = [2, 13];
const [CATEGORY, FORUM] = [4, 15];
const read = new Map(); // the last message seen of each channel
let leave = () => {};

export const onLeave = (listener) => { leave = listener; };
export const signOf = (channel) => (channel ? SIGNS[channel.type] ?? "#" : "@");

export function go(channel) {
  Object.assign(at, { channel, limit: 50 });
  leave();
  load();
}

export function drawPlaces() {
  read.set(at.channel, state.messages.at(-1)?.id || channelOf(at.channel)?.last_message_id);
  for (const one of state.channels) if (!read.has(one.id)) read.set(one.id, one.last_message_id);
  const news = unread().length;
  document.title = `${news ? `(${news}) ` : ""}${state.direct ? "flora" : `#${channelOf(at.channel)?.name}`} · ${state.guild.name}`;
  if (unchanged(by("channels"), [state.channels, state.voice, state.members, at.channel, at.as, [...read]])) return;
  by("channels").replaceChildren(...ordered(null).flatMap(drawPlace), drawDirect());
}

const unread = () => state.channels.filter((one) => one.id !== at.channel && one.last_message_id && one.last_message_id !== read.get(one.id));
const ordered = (parent) => state.channels.filter((one) => !isThread(one) && (one.parent_id || null) === parent)
  .toSorted((one, other) => (one.type === CATEGORY) - (other.type === CATEGORY) || one.position - other.position);

function drawPlace(channel) {
  if (channel.type === CATEGORY) return [make("li", { className: "category" }, channel.name), ...ordered(channel.id).flatMap(drawPlace)];
  const threads = state.channels.filter((one) => isThread(one) && one.parent_id === channel.id).map((one) => drawOpened(one, "thread"));
  if (channel.type === FORUM) return [make("li", { className: "forum" }, make("span", { "aria-hidden": "true" }, SIGNS[FORUM]), ` ${channel.name}`), ...threads];
  return VOICE.includes(channel.type) ? [drawVoice(channel)] : [drawOpened(channel, ""), ...threads];
}

function drawOpened(channel, kind) {
  const here = channel.id === at.channel;
  const fresh = unread().includes(channel);
  const button = make("button", { type: "button", className: `open ${here ? "here" : ""} ${fresh ? "unread" : ""}`, "aria-current": here ? "true" : null }, make("span", { "aria-hidden": "true" }, signOf(channel)), ` ${channel.name}`, fresh ? make("span", { className: "quiet" }, " (new messages)") : null);
  button.onclick = () => go(channel.id);
  return make("li", { className: kind }, button);
}

function drawDirect() {
  const button = make("button", { type: "button", className: `open ${state.direct ? "here" : ""}`, "aria-current": state.direct ? "true" : null }, make("span", { "aria-hidden": "true" }, "@"), " flora, directly");
  button.onclick = () => go(state.direct ? at.channel : "direct");
  return make("li", {}, button);
}

function drawVoice(channel) {
  const inside = state.voice.filter((one) => one.channel_id === channel.id);
  const button = make("button", { type: "button", className: channel.id === at.channel ? "here" : "" }, make("span", { "aria-hidden": "true" }, SIGNS[channel.type]), ` ${channel.name}`);
  button.onclick = () => openMenu(button, `Voice channel ${channel.name}`, voiceMenu(channel));
  return make("li", {}, button, inside.length ? make("ul", { className: "inside", "aria-label": `In ${channel.name}` }, inside.map(drawInside)) : null);
}

function drawInside(one) {
  const signs = [one.self_mute || one.mute ? ["muted", "🔇"] : null, one.self_deaf || one.deaf ? ["deaf", "🙉"] : null, one.self_video ? ["camera", "📷"] : null, one.self_stream ? ["shares the screen", "🖥"] : null];
  return make("li", {}, named(one.user_id, member(one.user_id) ? nameOf(one.user_id) : "someone"), ...signs.filter(Boolean).map(([title, sign]) => make("span", { title, role: "img", "aria-label": title }, ` ${sign}`)));
}

function voiceMenu(channel) {
  const mine = state.voice.find((one) => one.user_id === state.me);
  const here = mine?.channel_id === channel.id;
  const voice = (place, flags) => () => act({ kind: "voice", place, flags });
  const turn = (flag, on, off) => here && [mine[flag] ? off : on, voice(channel.id, { [flag]: !mine[flag] })];
  return [
    here ? ["Leave", voice(null)] : ["Join", voice(channel.id)],
    turn("self_mute", "Mute", "Unmute"), turn("self_deaf", "Deafen", "Undeafen"),
    turn("self_video", "Camera on", "Camera off"), turn("self_stream", "Share the screen", "Stop sharing"),
    ["Open its chat", () => go(channel.id)],
  ];
}
