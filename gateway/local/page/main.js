// The chat page: draws the state whenever the server says that something changed.

import { by, make, unchanged } from "./dom.js";
import { forget, replyTo, write } from "./composer.js";
import { drawMessages, onReply } from "./messages.js";
import "./modal.js";
import { drawPanel } from "./panel.js";
import { drawPeople } from "./people.js";
import { at, channelOf, load, onState, state } from "./world.js";

const SIGNS = { 5: "📢", 10: "🧵", 11: "🧵", 12: "🔒" };
const read = new Map(); // the last message seen of each channel
let typingTimer = null;
let drawn = null;

function draw() {
  by("silent").hidden = true;
  by("app").hidden = false;
  by("guild").textContent = state.guild.name;
  by("connected").textContent = state.outage ? "Discord is down" : state.connected ? "flora is connected" : "flora is not connected";
  by("connected").className = state.connected && !state.outage ? "good" : "bad";
  drawGuilds();
  drawChannels();
  drawPeople();
  drawPlace();
  drawMessages();
  drawTyping();
  drawPanel();
}

function drawGuilds() {
  by("guilds").hidden = state.guilds.length < 2;
  by("guild").hidden = state.guilds.length > 1;
  if (!unchanged(by("guilds"), state.guilds)) by("guilds").replaceChildren(...state.guilds.map((one) => make("option", { value: one.id }, one.name)));
  by("guilds").value = at.guild;
}

function drawChannels() {
  read.set(at.channel, state.messages.at(-1)?.id || channelOf(at.channel)?.last_message_id);
  for (const one of state.channels) if (!read.has(one.id)) read.set(one.id, one.last_message_id);
  if (unchanged(by("channels"), [state.channels, at.channel, [...read]])) return;
  const parents = state.channels.filter((one) => !(one.type in SIGNS) || one.type === 5);
  const ordered = parents.flatMap((one) => [one, ...state.channels.filter((child) => child.parent_id === one.id)]);
  by("channels").replaceChildren(...ordered.map((channel) => {
    const here = channel.id === at.channel;
    const unread = !here && channel.last_message_id && channel.last_message_id !== read.get(channel.id);
    const button = make("button", { type: "button", className: `${here ? "here" : ""} ${unread ? "unread" : ""}`, "aria-current": here ? "true" : null }, make("span", { "aria-hidden": "true" }, SIGNS[channel.type] || "#"), ` ${channel.name}`, unread ? make("span", { className: "quiet" }, " (new messages)") : null);
    button.onclick = () => go(channel.id);
    return make("li", { className: channel.parent_id ? "thread" : "" }, button);
  }));
}

function go(channel) {
  Object.assign(at, { channel, limit: 50 });
  forget();
  close();
  load();
}

function drawPlace() {
  const channel = channelOf(at.channel);
  by("channel").textContent = `${SIGNS[channel.type] || "#"} ${channel.name}`;
  by("topic").textContent = channel.topic || "";
  const place = `${at.guild}/${at.channel}`;
  if (place !== drawn) { drawn = place; by("messages").replaceChildren(); requestAnimationFrame(() => { by("scroll").scrollTop = by("scroll").scrollHeight; }); }
  const hints = [...(state.panel?.examples || []).map((one) => one.say).filter(Boolean), "!ping", ...state.commands[1].map((one) => `/${one.name}`)];
  if (unchanged(by("welcome"), [channel.name, hints])) return;
  by("welcome").replaceChildren(make("img", { src: "/flora.svg", alt: "", width: 56, height: 56 }), make("h3", {}, `This is #${channel.name}`), make("p", {}, "A Discord on this machine: nothing leaves it. Say something to the bot:"),
    make("div", { className: "row" }, [...new Set(hints)].slice(0, 8).map((hint) => make("button", { type: "button", onclick: () => write(hint) }, hint))),
    make("p", { className: "soft" }, "/ begins a command, @ and # name somebody and somewhere, ↑ edits your last message, Escape leaves whatever is open."));
}

function drawTyping() {
  clearTimeout(typingTimer);
  const who = state.typing.map((one) => one.name);
  by("typing").textContent = who.length ? `${who.join(", ")} ${who.length > 1 ? "are" : "is"} typing …` : "";
  if (who.length) typingTimer = setTimeout(load, 1000 * Math.max(...state.typing.map((one) => one.left)) + 50);
}

// Drawers on small screens, colours, keys

const close = () => { document.body.dataset.drawer = ""; };
const toggle = (name) => { document.body.dataset.drawer = document.body.dataset.drawer === name ? "" : name; };
by("open-nav").onclick = () => toggle("nav");
by("open-side").onclick = () => toggle("side");
by("guilds").onchange = (event) => { Object.assign(at, { guild: event.target.value, channel: null, limit: 50 }); load(); };

const SCHEMES = ["light dark", "light", "dark"];
const scheme = (name) => { document.documentElement.style.colorScheme = name; };
scheme(localStorage.getItem("scheme") || SCHEMES[0]);
by("theme").onclick = () => {
  const next = SCHEMES[(SCHEMES.indexOf(localStorage.getItem("scheme") || SCHEMES[0]) + 1) % SCHEMES.length];
  localStorage.setItem("scheme", next);
  scheme(next);
};

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") close();
  if (event.altKey && (event.key === "ArrowDown" || event.key === "ArrowUp") && state) {
    const all = [...by("channels").querySelectorAll("button")];
    const here = all.findIndex((one) => one.hasAttribute("aria-current"));
    all[(here + (event.key === "ArrowDown" ? 1 : -1) + all.length) % all.length].click();
    event.preventDefault();
  }
  if (event.key === "/" && document.activeElement === document.body) { write("/"); event.preventDefault(); }
});

onReply(replyTo);
onState(draw);
new EventSource("/local/events").onmessage = () => load();
load();
