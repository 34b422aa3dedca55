// Where a person writes: words with mentions and files, or a command with a form for its options.

import { by, make, openMenu } from "./dom.js";
import { drawSticker, emojiEntries } from "./emoji.js";
import { interact, option as optionField } from "./fields.js";
import { editLast } from "./messages.js";
import { act, at, onState, problem, state } from "./world.js";

const text = by("text");
const picker = by("picker");
let reply = null;
let command = null; // { leaf, fields }
let picked = 0;
let offers = [];
let files = [];
let told = 0; // when the others were last told that we type

// Proposals: commands after "/", members, roles and channels after "@" and "#"

function leaves(root) {
  const found = [];
  const walk = (node, path) => {
    const under = (node.options || []).filter((one) => one.type <= 2);
    if (under.length === 0) found.push({ root, path, node });
    for (const one of under) walk(one, [...path, one]);
  };
  walk(root, []);
  return found;
}

const titled = (leaf) => `/${[leaf.root.name, ...leaf.path.map((one) => one.name)].join(" ")}`;

function commandOffers() {
  const typed = text.value.toLowerCase().trimEnd();
  return state.commands[1].flatMap(leaves).filter((leaf) => titled(leaf).startsWith(typed)).map((leaf) => ({
    title: titled(leaf), about: leaf.node.description || "", options: (leaf.node.options || []).map((one) => (one.required ? one.name : `${one.name}?`)), take: () => choose(leaf),
  }));
}

function mentionOffers() {
  const found = /(^|\s)([@#])([\w.-]*)$/.exec(text.value.slice(0, text.selectionStart));
  if (!found) return [];
  const [, , sign, begun] = found;
  const names = sign === "#"
    ? state.channels.map((one) => [`#${one.name}`, "channel"])
    : [...state.members.map((one) => [`@${one.user.username}`, one.user.global_name || ""]), ...state.roles.filter((one) => !one.name.startsWith("@")).map((one) => [`@${one.name}`, "role"])];
  if (names.some(([name]) => name.slice(1).toLowerCase() === begun.toLowerCase())) return [];
  return names.filter(([name]) => name.slice(1).toLowerCase().startsWith(begun.toLowerCase())).slice(0, 10).map(([title, about]) => ({
    title, about, take: () => { text.setRangeText(`${title} `, text.selectionStart - begun.length - 1, text.selectionStart, "end"); propose(); text.focus(); },
  }));
}

function propose() {
  offers = command || !state ? [] : text.value.startsWith("/") ? commandOffers() : mentionOffers();
  picked = Math.min(picked, Math.max(0, offers.length - 1));
  picker.hidden = offers.length === 0;
  picker.replaceChildren(...offers.map((offer, place) => {
    const item = make("li", { id: `offer-${place}`, role: "option", "aria-selected": String(place === picked) }, make("strong", {}, offer.title), " ", make("span", {}, offer.about), ...(offer.options || []).map((name) => make("code", {}, name)));
    item.onmousedown = (event) => { event.preventDefault(); offer.take(); };
    return item;
  }));
  if (offers.length) text.setAttribute("aria-activedescendant", `offer-${picked}`); else text.removeAttribute("aria-activedescendant");
  picker.children[picked]?.scrollIntoView({ block: "nearest" });
}

// A chosen command

function choose(leaf) {
  const specs = (leaf.node.options || []).toSorted((one, other) => Number(Boolean(other.required)) - Number(Boolean(one.required)));
  const fields = specs.map((spec) => ({ spec, ...optionField(spec, ask) }));
  command = { leaf, fields };
  text.value = titled(leaf);
  fit();
  propose();
  by("options").querySelector("legend").replaceChildren(titled(leaf), make("span", { className: "soft" }, ` ${leaf.node.description || ""}`));
  by("options").querySelector("div").replaceChildren(...fields.map(({ spec, element }) => make("div", { className: "field" },
    make("span", { className: "name" }, spec.name, spec.required ? make("span", { className: "required" }, " required") : null), element,
    make("small", {}, spec.description || ""))));
  by("options").hidden = fields.length === 0;
  (by("options").querySelector("input, select") || text).focus();
}

function filled() {
  return command.fields.flatMap(({ spec, value }) => {
    const given = value();
    return given === undefined ? [] : [{ name: spec.name, type: spec.type, value: given }];
  });
}

const nested = (leaf, options) => leaf.path.reduceRight((inner, one) => [{ name: one.name, type: one.type, options: inner }], options);

async function ask(spec, typed) {
  const others = filled().filter((one) => one.name !== spec.name && one.type !== 11);
  const given = [...others, { name: spec.name, type: spec.type, value: typed, focused: true }];
  const { choices } = await act({ kind: "autocomplete", name: command.leaf.root.name, options: nested(command.leaf, given) });
  return choices;
}

// Files

function showFiles() {
  by("files").hidden = files.length === 0;
  by("files").replaceChildren(...files.map((file) => make("li", {}, file.name, " ", make("button", { type: "button", "aria-label": `Do not send ${file.name}`, onclick: () => { files = files.filter((one) => one !== file); showFiles(); } }, "×"))));
}

const addFiles = (more) => { files = [...files, ...more].slice(0, 10); showFiles(); };

by("attach").onclick = () => by("chosen").click();
by("chosen").onchange = () => { addFiles(by("chosen").files); by("chosen").value = ""; };
text.onpaste = (event) => { if (event.clipboardData.files.length) { event.preventDefault(); addFiles(event.clipboardData.files); } };
document.addEventListener("dragover", (event) => event.preventDefault());
document.addEventListener("drop", (event) => { event.preventDefault(); addFiles(event.dataTransfer.files); });

// Emoji and stickers

by("smile").onclick = () => openMenu(by("smile"), "Emoji and stickers", [
  ...state.stickers.map((one) => [drawSticker(one), () => act({ kind: "say", text: "", stickers: [one.id] }), "emoji", `Sticker ${one.name}`]),
  ...emojiEntries((_, words) => { text.setRangeText(words, text.selectionStart, text.selectionEnd, "end"); fit(); text.focus(); }),
]);

// Sending

function clear() {
  reply = command = null;
  picked = 0;
  files = [];
  text.value = "";
  fit();
  showFiles();
  propose();
  by("options").querySelector("div").replaceChildren();
  by("options").hidden = by("replying").hidden = true;
}

function mentioned(words) {
  const known = [
    ...state.members.map((one) => [`@${one.user.username}`, `<@${one.user.id}>`]),
    ...state.roles.filter((one) => !one.name.startsWith("@")).map((one) => [`@${one.name}`, `<@&${one.id}>`]),
    ...state.channels.map((one) => [`#${one.name}`, `<#${one.id}>`]),
  ].sort((one, other) => other[0].length - one[0].length);
  return words.replace(/[@#][\w.-]+/g, (word) => known.find(([name]) => name.toLowerCase() === word.toLowerCase())?.[1] || word);
}

by("composer").onsubmit = async (event) => {
  event.preventDefault();
  if (!command && offers.length > 0 && text.value.startsWith("/")) { offers[picked].take(); if (command.fields.length) return; }
  const words = text.value.trim();
  if (!words && files.length === 0) return;
  if (command) {
    const { leaf, fields } = command;
    const uploads = fields.flatMap((field) => field.files?.() || []);
    const options = filled();
    clear();
    text.focus();
    await interact({ kind: "command", name: leaf.root.name, options: nested(leaf, options) }, uploads);
    return;
  }
  const action = { kind: "say", text: mentioned(words), reply };
  const sent = files.map((file, place) => [`files[${place}]`, file]);
  clear();
  text.focus();
  const given = await act(action, sent);
  if (given.failed && !text.value) { text.value = words; fit(); }
};

export function replyTo(id, name) {
  reply = id;
  by("replying").hidden = false;
  by("replying").querySelector("span").textContent = `Replying to ${name}`;
  text.focus();
}
by("replying").querySelector("button").onclick = () => { reply = null; by("replying").hidden = true; text.focus(); };

export function write(words) {
  text.value = words;
  fit();
  propose();
  text.focus();
}

function fit() {
  text.style.height = "auto";
  text.style.height = `${Math.min(text.scrollHeight + 2, 200)}px`;
}

text.oninput = () => {
  if (command && text.value !== titled(command.leaf)) { command = null; by("options").hidden = true; by("options").querySelector("div").replaceChildren(); }
  fit();
  propose();
  problem("");
  if (text.value && !text.value.startsWith("/") && Date.now() - told > 8000) { told = Date.now(); act({ kind: "type" }); }
};

text.onkeydown = (event) => {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (offers.length && step) { picked = (picked + step + offers.length) % offers.length; propose(); event.preventDefault(); return; }
  if (offers.length && event.key === "Tab") { offers[picked].take(); event.preventDefault(); return; }
  if (event.key === "ArrowUp" && !text.value) { editLast(); event.preventDefault(); return; }
  if (event.key !== "Enter" || event.shiftKey) return;
  event.preventDefault();
  if (offers.length && !text.value.startsWith("/")) offers[picked].take();
  else by("composer").requestSubmit();
};
by("composer").addEventListener("keydown", (event) => { if (event.key === "Escape") { clear(); text.focus(); } });

// Commands may come or go while one is being typed.
onState(() => { if (!command && text.value.startsWith("/")) propose(); });

export function forget() { if (at.channel) { reply = null; by("replying").hidden = true; } }
