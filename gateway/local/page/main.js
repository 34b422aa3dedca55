// The chat page: draws the state whenever the server says that something changed.

import { by, make, unchanged } from "./dom.js";
import { forget, replyTo, write } from "./composer.js";
import { drawMessages, onReply } from "./messages.js";
import "./modal.js";
import { drawPanel, show } from "./panel.js";
import { drawPeople } from "./people.js";
import { drawPlaces, onLeave, signOf } from "./places.js";
import { at, channelOf, load, onState, state } from "./world.js";

let typingTimer = null;
let drawn = null;

function draw() {
  by("silent").hidden = true;
  by("app").hidden = false;
  by("guild").textContent = state.guild.name;
  by("connected").textContent = state.outage ? "Discord is down" : state.connected ? "flora is connected" : "flora is not connected";
  by("connected").className = state.connected && !state.outage ? "good" : "bad";
  drawGuilds();
  drawPlaces();
  drawPeople();
  drawPlace();
  drawMessages();
  drawTyping();
  drawRunning();
  drawPanel();
}

function drawGuilds() {
  by("guilds").hidden = state.guilds.length < 2;
  by("guild").hidden = state.guilds.length > 1;
  if (!unchanged(by("guilds"), state.guilds)) by("guilds").replaceChildren(...state.guilds.map((one) => make("option", { value: one.id }, one.name)));
  by("guilds").value = at.guild;
}

function drawPlace() {
  const channel = channelOf(at.channel);
  const name = state.direct ? "flora, directly" : channel.name;
  by("channel").textContent = `${signOf(channel)} ${name}`;
  by("topic").textContent = state.direct ? "Between the two of you. Scripts of flora hear what is said in their guild, and nothing here." : channel.topic || "";
  const place = `${at.guild}/${at.channel}`;
  if (place !== drawn) { drawn = place; by("messages").replaceChildren(); requestAnimationFrame(() => { by("scroll").scrollTop = by("scroll").scrollHeight; }); }
  const hints = state.direct ? [] : [...spoken(), ...state.commands[1].map((one) => `/${one.name}`)];
  if (unchanged(by("welcome"), [name, hints])) return;
  by("welcome").replaceChildren(make("img", { src: "/flora.svg", alt: "", width: 56, height: 56 }), make("h3", {}, `This is ${state.direct ? name : `#${name}`}`), make("p", {}, `A Discord on this machine: nothing leaves it.${hints.length ? " Say something to the bot:" : ""}`),
    make("div", { className: "row" }, [...new Set(hints)].slice(0, 8).map((hint) => make("button", { type: "button", onclick: () => write(hint) }, hint))),
    make("p", { className: "soft" }, "/ begins a command, @ and # name somebody and somewhere, ↑ edits your last message, Escape leaves whatever is open."));
}

// Words that the script listens for, as far as its source tells.
function spoken() {
  const sources = Object.values(state.panel?.sources || {}).join("\n");
  return [...sources.matchAll(/["'`](![a-z][\w-]*)["'`]/g)].map((found) => found[1]);
}

// Does the script run? In the header, and in so many words where it does not.
function drawRunning() {
  const view = state.panel;
  const button = by("running");
  button.hidden = !view?.project;
  button.textContent = view ? `${view.project} ${view.state}` : "";
  button.className = `state ${view?.state || ""}`;
  by("broken").hidden = !view?.problem;
  by("broken").querySelector("span").textContent = (view?.problem || "").split("\n")[0];
}
by("running").onclick = by("broken").querySelector("button").onclick = () => { show("script"); document.body.dataset.drawer = "side"; };

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

// From the channels to the words to what stands beside them, and round again.
function nextPart(step) {
  const parts = [["places", "nav [aria-current]"], ["composer", "#text"], ["side", "[role=tab][aria-selected=true]"]];
  const here = parts.findIndex(([id]) => by(id).contains(document.activeElement));
  const [id, inside] = parts[(here + step + parts.length) % parts.length];
  document.body.dataset.drawer = { places: "nav", side: "side" }[id] || "";
  document.querySelector(inside)?.focus();
}

by("help").onclick = () => by("keys").showModal();

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") close();
  if (event.altKey && (event.key === "ArrowDown" || event.key === "ArrowUp") && state) {
    const all = [...by("channels").querySelectorAll("button.open")];
    const here = all.findIndex((one) => one.hasAttribute("aria-current"));
    all[(here + (event.key === "ArrowDown" ? 1 : -1) + all.length) % all.length].click();
    event.preventDefault();
  }
  if (event.key === "F6") { nextPart(event.shiftKey ? -1 : 1); event.preventDefault(); }
  if (event.key === "?" && document.activeElement === document.body) by("help").click();
  if (event.key === "/" && document.activeElement === document.body) { write("/"); event.preventDefault(); }
});

onReply(replyTo);
onLeave(() => { forget(); close(); });
onState(draw);
new EventSource("/local/events").onmessage = () => load();
load();
