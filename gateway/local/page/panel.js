// Beside the chat: what the script says, what it is, what it keeps, what Discord sent it, and how Discord may misbehave.

import { by, bytes, make, unchanged } from "./dom.js";
import { write } from "./composer.js";
import { inline } from "./markdown.js";
import { goTo, numbered, withPlaces } from "./source.js";
import { act, at, heard, lines, load, state } from "./world.js";

export const TABS = { log: ["Log", drawLog], script: ["Script", drawScript], data: ["Data", drawData], events: ["Events", drawEvents], faults: ["Faults", drawFaults] };
const LEVELS = ["debug", "info", "warn", "error"];
const TEMPLATES = {
  GUILD_MEMBER_ADD: () => ({ ...state.members[0], user: { id: "1", username: "newcomer", global_name: "Newcomer", discriminator: "0", avatar: null }, roles: [], joined_at: new Date().toISOString() }),
  GUILD_MEMBER_REMOVE: () => ({ user: state.members[0].user }),
  MESSAGE_DELETE: () => ({ id: state.messages.at(-1)?.id || "1", channel_id: state.channel }),
  VOICE_STATE_UPDATE: () => ({ channel_id: state.channel, user_id: state.me, session_id: "local", deaf: false, mute: false, self_deaf: false, self_mute: false, self_video: false, suppress: false, request_to_speak_timestamp: null }),
  PRESENCE_UPDATE: () => ({ user: { id: state.me }, status: "online", activities: [], client_status: { desktop: "online" } }),
  INVITE_CREATE: () => ({ channel_id: state.channel, code: "flower", created_at: new Date().toISOString(), max_age: 86400, max_uses: 0, temporary: false, uses: 0 }),
  CHANNEL_CREATE: () => ({ id: "1", type: 0, name: "new-channel", position: 9, permission_overwrites: [] }),
};
let tab = "log";
let looking = null;
let least = "debug";
let wanted = "";
let cleared = 0;
let seen = 0; // the last line that was in sight

function drawTabs() {
  by("tabs").replaceChildren(...Object.entries(TABS).map(([name, [label]]) => {
    const here = name === tab;
    const button = make("button", { type: "button", role: "tab", id: `tab-${name}`, "aria-selected": String(here), "aria-controls": "panel", tabIndex: here ? 0 : -1 }, label);
    button.onclick = () => show(name);
    return button;
  }));
  by("panel").setAttribute("aria-labelledby", `tab-${tab}`);
}
by("tabs").onkeydown = (event) => {
  const names = Object.keys(TABS);
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (!step) return;
  show(names[(names.indexOf(tab) + step + names.length) % names.length]);
  by(`tab-${tab}`).focus();
};

export function show(name) {
  tab = name;
  at.events = name === "events" ? at.events ?? 0 : at.events;
  by("panel").replaceChildren();
  by("panel").seen = null;
  drawTabs();
  load();
  drawPanel();
}

export function drawPanel() {
  if (!by("tabs").childElementCount) drawTabs();
  if (tab === "log") seen = at.log;
  clearTimeout(looking);
  if (state.panel?.crons.some((one) => one.outcome === "under way")) looking = setTimeout(load, 300); // nobody tells when it ends
  mark("script", Boolean(state.panel?.problem));
  mark("log", lines.some((line) => line.level === "error" && line.id > seen));
  TABS[tab][1](by("panel"));
}

// A dot where there is something wrong to be read.
function mark(name, wrong) {
  by(`tab-${name}`).classList.toggle("alarm", wrong);
  by(`tab-${name}`).title = wrong ? "There is an error" : "";
}

// Log

function drawLog(panel) {
  if (!panel.querySelector("#log")) {
    const level = make("select", { id: "level", "aria-label": "Lowest level shown" }, LEVELS.map((name) => make("option", { value: name, selected: name === least }, name)));
    level.onchange = () => { least = level.value; redraw(panel); };
    const search = make("input", { type: "search", placeholder: "Filter", "aria-label": "Filter the log", value: wanted, oninput: () => { wanted = search.value; redraw(panel); } });
    const empty = make("button", { type: "button", onclick: () => { cleared = at.log; redraw(panel); } }, "Clear");
    panel.replaceChildren(make("div", { className: "row" }, level, search, empty), make("p", { className: "soft nothing" }, "What the script logs comes here, with its errors and each deploy."), make("ol", { id: "log", tabIndex: 0, "aria-label": "Log" }));
  }
  redraw(panel);
}

function redraw(panel) {
  const log = panel.querySelector("#log");
  const shown = lines.filter((line) => line.id > cleared && LEVELS.indexOf(line.level) >= LEVELS.indexOf(least) && `${line.text} ${line.detail}`.toLowerCase().includes(wanted.toLowerCase()));
  panel.querySelector(".nothing").hidden = shown.length > 0;
  if (unchanged(log, [shown.at(-1)?.id, shown.length, least, wanted, cleared])) return;
  const low = log.scrollHeight - log.scrollTop - log.clientHeight < 40;
  log.replaceChildren(...shown.map(drawLine));
  if (low) log.scrollTop = log.scrollHeight;
}

function drawLine(line) {
  const time = make("time", { dateTime: line.at }, new Date(line.at).toLocaleTimeString([], { hour12: false }));
  const words = [time, " ", make("span", { className: "level" }, line.level), " ", line.text];
  const detail = () => withPlaces(line.detail, state.panel?.sources || {}, showPlace);
  const body = line.detail ? make("details", {}, make("summary", {}, ...words), make("pre", {}, detail())) : make("div", {}, ...words);
  return make("li", { className: `${line.level} ${line.kind}` }, body);
}

// Script, crons, examples

function showPlace(file, line) {
  show("script");
  goTo(by("panel"), file, line);
}

const detached = () => make("p", { className: "soft" }, "No runtime stands behind this page. Start flora with `flora dev` to see the script, its crons and its data here.");

function drawScript(panel) {
  const view = state.panel;
  if (unchanged(panel, ["script", view])) return;
  if (!view) { panel.replaceChildren(detached()); return; }
  const open = new Set([...panel.querySelectorAll("details[open]")].map((one) => one.dataset.name).filter((name) => name in view.sources));
  panel.replaceChildren(...[
    make("p", {}, make("strong", {}, view.project || "Script"), view.state ? make("span", { className: `state ${view.state}` }, view.state) : null),
    view.problem && make("pre", { className: "bad", role: "alert" }, withPlaces(view.problem, view.sources, showPlace)),
    view.crons.length > 0 && make("h3", {}, "Crons"),
    view.crons.length > 0 && make("ul", { className: "cards" }, view.crons.map(drawCron)),
    view.examples.length > 0 && make("h3", {}, "Try an example"),
    view.examples.length > 0 && make("ul", { className: "cards" }, view.examples.map(drawExample)),
    Object.keys(view.sources).length > 0 && make("h3", {}, "Source"),
    ...Object.entries(view.sources).toSorted(([one], [other]) => (other === view.project) - (one === view.project)).map(([name, source], place) => make("details", { "data-name": name, open: open.size ? open.has(name) : place === 0 }, make("summary", {}, name), numbered(source))),
    view.go_live && make("h3", {}, "Going live"),
    view.go_live && make("p", {}, ...inline(view.go_live)),
  ].filter(Boolean));
}

// "in 12 hours", with the whole moment to be seen.
function moment(text, words) {
  const when = new Date(text);
  if (!text || Number.isNaN(when.getTime())) return text ? `${words} ${text}` : null;
  const minutes = (when - Date.now()) / 60000;
  const [count, unit] = Math.abs(minutes) < 90 ? [minutes, "minute"] : Math.abs(minutes) < 2880 ? [minutes / 60, "hour"] : [minutes / 1440, "day"];
  const away = new Intl.RelativeTimeFormat("en", { numeric: "auto" }).format(Math.round(count), unit);
  return make("time", { dateTime: text, title: when.toLocaleString() }, `${words} ${away}`);
}

function drawCron(cron) {
  const run = make("button", { type: "button", "aria-label": `Run ${cron.name} now` }, "Run now");
  run.onclick = () => act({ kind: "cron", name: cron.name });
  return make("li", {}, make("div", {}, make("strong", {}, cron.name), " ", make("code", {}, cron.schedule), make("p", { className: "soft" }, moment(cron.next, "next"), cron.next && cron.last ? ", " : "", moment(cron.last, "last"), cron.outcome ? `: ${cron.outcome}` : "")), run);
}

function drawExample(example) {
  const take = make("button", { type: "button", className: "accent", "aria-label": `Try ${example.title}` }, "Try it");
  take.onclick = async () => {
    const given = await act({ kind: "example", name: example.name });
    if (!given.failed && example.say) write(example.say);
  };
  return make("li", {}, make("div", {}, make("strong", {}, example.title), make("p", { className: "soft" }, example.about), make("details", {}, make("summary", {}, "Source"), numbered(example.source))), take);
}

// Data

function drawData(panel) {
  const view = state.panel;
  if (unchanged(panel, ["data", view?.stores])) return;
  if (!view) { panel.replaceChildren(detached()); return; }
  if (view.stores.length === 0) { panel.replaceChildren(make("p", { className: "soft" }, "The script keeps nothing yet. What it stores with `kv` shows here.")); return; }
  panel.replaceChildren(...view.stores.map((store) => make("details", { open: true }, make("summary", {}, `${store.name}: ${store.keys} ${store.keys === 1 ? "key" : "keys"}`, store.bytes ? `, ${bytes(store.bytes)}` : ""),
    make("table", {}, make("tbody", {}, store.sample.map(([key, value]) => make("tr", {}, make("th", { scope: "row" }, key), make("td", {}, value))))))));
}

// Events: what went to the gateway, and a way to send one

function drawEvents(panel) {
  if (!panel.querySelector("#heard")) {
    const body = make("textarea", { id: "event-body", rows: 6, spellcheck: false, "aria-label": "Body of the event, as JSON", value: "{}" });
    const name = make("input", { id: "event-name", list: "event-names", value: "GUILD_MEMBER_ADD", "aria-label": "Name of the event", required: true });
    const fill = () => { if (TEMPLATES[name.value]) body.value = JSON.stringify(TEMPLATES[name.value](), null, 2); };
    name.onchange = fill;
    fill();
    const form = make("form", { id: "injecting" }, make("div", { className: "row" }, name, make("button", { type: "submit", className: "accent" }, "Send to the bot")), body, make("p", { className: "bad", role: "alert" }));
    form.onsubmit = (event) => {
      event.preventDefault();
      const wrong = form.querySelector(".bad");
      wrong.textContent = "";
      try { act({ kind: "inject", name: name.value.trim(), body: JSON.parse(body.value) }); } catch (error) { wrong.textContent = `This is not JSON: ${error.message}`; }
    };
    panel.replaceChildren(make("datalist", { id: "event-names" }, Object.keys(TEMPLATES).map((value) => make("option", { value }))), make("h3", {}, "Send an event"), form,
      make("h3", {}, "What Discord sent"), make("ol", { id: "heard" }));
  }
  const list = panel.querySelector("#heard");
  if (unchanged(list, heard.at(-1)?.id)) return;
  const known = new Map([...list.children].map((element) => [Number(element.dataset.id), element]));
  list.replaceChildren(...heard.toReversed().slice(0, 100).map((event) => known.get(event.id)
    || make("li", { "data-id": event.id }, make("details", {}, make("summary", {}, event.name), make("pre", { tabIndex: 0 }, JSON.stringify(event.body, null, 2))))));
}

// Faults

const FAULTS = [
  ["drop", "Drop the connection", "The socket falls without a goodbye. flora resumes and misses nothing."],
  ["freeze", "Freeze the connection", "Half-open: it stays and nothing passes. flora notices by its heartbeat."],
  ["reconnect", "Ask to reconnect (op 7)", "What Discord does when it updates its servers."],
  ["invalidate", "End the session (op 9)", "flora must identify anew."],
  ["500", "Fail three requests (500)", "Discord's servers have a hiccup."],
  ["429", "Refuse three requests (429)", "A shared rate limit is reached."],
];

function drawFaults(panel) {
  if (unchanged(panel, ["faults", state.outage])) return;
  const entry = ([name, label, about]) => make("li", {}, make("div", {}, make("strong", {}, label), make("p", { className: "soft" }, about)), make("button", { type: "button", "aria-label": `${label} now`, onclick: () => act({ kind: "fault", fault: name }) }, "Now"));
  panel.replaceChildren(make("p", { className: "soft" }, "A bad day at Discord, on demand: see how the script takes it."),
    make("ul", { className: "cards" }, FAULTS.map(entry), entry(["outage", state.outage ? "End the outage" : "Begin an outage", "Nothing answers until it is ended."])));
}
