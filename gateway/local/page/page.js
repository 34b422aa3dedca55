"use strict";
// The chat page: one state, fetched anew whenever the server says that something changed. Text goes in as text, never as HTML.

const by = (id) => document.getElementById(id);
const at = { as: null, channel: null, reply: null, command: null, picked: 0 };
let state = null;

function make(tag, properties, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties || {})) {
    if (name in element) element[name] = value;
    else element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

async function load() {
  const query = new URLSearchParams();
  if (at.as) query.set("as", at.as);
  if (at.channel) query.set("channel", at.channel);
  const answer = await fetch(`/local/state?${query}`);
  state = await answer.json();
  at.as = state.me;
  at.channel = state.channel;
  draw();
}

async function act(action) {
  const answer = await fetch("/local/act", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ as: at.as, channel: at.channel, ...action }),
  });
  const body = await answer.json();
  by("problem").textContent = answer.ok ? body.failed || "" : body.message;
  if (body.modal) showModal(body.modal);
  return body;
}

function draw() {
  by("silent").hidden = true;
  by("app").hidden = false;
  by("guild").textContent = state.guild.name;
  by("connected").textContent = state.connected ? "flora is connected" : "flora is not connected";
  const names = new Map(state.members.map((member) => [member.user.id, member]));
  const persona = by("persona");
  if (persona.childElementCount !== state.people.length) {
    persona.replaceChildren(...state.people.map((id) => make("option", { value: id }, named(names.get(id)))));
  }
  persona.value = at.as;
  by("channels").replaceChildren(...state.channels.map((channel) => {
    const here = channel.id === at.channel;
    const button = make("button", { type: "button", className: here ? "here" : "" }, `# ${channel.name}`);
    if (here) button.setAttribute("aria-current", "true");
    button.onclick = () => { at.channel = channel.id; load(); };
    return make("li", {}, button);
  }));
  by("members").replaceChildren(...state.members.map((member) => make("li", {}, named(member))));
  drawMessages(names);
  drawLog();
}

const named = (member) => (member ? member.nick || member.user.global_name || member.user.username : "someone");

function drawMessages(names) {
  const list = by("messages");
  const low = list.scrollHeight - list.scrollTop - list.clientHeight < 60;
  list.replaceChildren(...state.messages.map((message) => drawMessage(message, names)));
  if (low) list.scrollTop = list.scrollHeight;
}

function drawMessage(message, names) {
  const author = message.author.global_name || named(names.get(message.author.id));
  const item = make("li", { className: message.ephemeral ? "ephemeral" : "" });
  const answered = message.referenced_message;
  if (answered) item.append(make("p", { className: "soft" }, `in answer to ${answered.author.username}: ${answered.content.slice(0, 80)}`));
  item.append(make("span", { className: "author" }, author), make("time", { className: "soft", dateTime: message.timestamp }, new Date(message.timestamp).toLocaleTimeString()));
  if (message.edited_timestamp) item.append(make("span", { className: "soft" }, " (edited)"));
  if (message.flags & 128) item.append(make("p", { className: "soft" }, "is thinking…"));
  item.append(make("p", { className: "content" }, readable(message.content, names)));
  for (const embed of message.embeds) item.append(drawEmbed(embed));
  for (const file of message.attachments) item.append(drawFile(file));
  for (const component of message.components || []) item.append(drawComponent(component, message));
  if (message.reactions?.length) {
    item.append(make("div", { className: "row" }, ...message.reactions.map((one) => {
      const button = make("button", { type: "button" }, `${one.emoji.name} ${one.count}`);
      button.onclick = () => act({ kind: "react", message: message.id, emoji: one.emoji.name });
      return button;
    })));
  }
  if (message.ephemeral) return item.append(make("p", { className: "soft" }, "Only you can see this.")), item;
  const reply = make("button", { type: "button", "aria-label": `Reply to ${author}` }, "Reply");
  reply.onclick = () => { at.reply = message.id; by("replying").hidden = false; by("replying").textContent = `Replying to ${author} (Escape ends it)`; by("text").focus(); };
  const heart = make("button", { type: "button", "aria-label": `React to ${author} with a heart` }, "❤️");
  heart.onclick = () => act({ kind: "react", message: message.id, emoji: "❤️" });
  item.append(make("div", { className: "row" }, reply, heart));
  return item;
}

const readable = (text, names) => (text || "").replace(/<@!?(\d+)>/g, (whole, id) => (names.has(id) ? `@${named(names.get(id))}` : whole));

function drawEmbed(embed) {
  const box = make("div", { className: "embed" });
  if (embed.author?.name) box.append(make("p", { className: "soft" }, embed.author.name));
  if (embed.title) box.append(make("strong", {}, embed.title));
  if (embed.description) box.append(make("p", { className: "content" }, embed.description));
  for (const field of embed.fields || []) box.append(make("p", {}, make("strong", {}, field.name), `: ${field.value}`));
  if (embed.footer?.text) box.append(make("p", { className: "soft" }, embed.footer.text));
  if (typeof embed.color === "number") box.style.borderColor = `#${embed.color.toString(16).padStart(6, "0")}`;
  return box;
}

const drawFile = (file) => make("p", {}, make("a", { href: file.url, download: file.filename }, file.filename), ` (${file.size} bytes)`);

function drawComponent(component, message) {
  const inside = () => (component.components || []).map((child) => drawComponent(child, message));
  switch (component.type) {
    case 1: return make("div", { className: "row" }, ...inside());
    case 2: return drawButton(component, message);
    case 3: case 5: case 6: case 7: case 8: return drawSelect(component, message);
    case 9: return make("div", { className: "row" }, make("div", {}, ...inside()), component.accessory ? drawComponent(component.accessory, message) : null);
    case 10: return make("p", { className: "content" }, component.content);
    case 11: return make("p", {}, component.description || component.media?.url || "picture");
    case 12: return make("p", {}, ...component.items.map((one) => make("a", { href: one.media.url }, one.description || "picture")));
    case 13: return make("p", {}, make("a", { href: component.file.url }, component.name || "file"));
    case 14: return make("hr");
    case 17: return make("div", { className: "container" }, ...inside());
    default: return make("p", { className: "soft" }, `(component of type ${component.type})`);
  }
}

function drawButton(component, message) {
  const label = component.label || component.emoji?.name || "button";
  if (component.style === 5) return make("a", { href: component.url, rel: "noreferrer" }, label);
  const button = make("button", { type: "button", disabled: Boolean(component.disabled), className: component.style === 1 ? "primary" : "" }, label);
  button.onclick = () => act({ kind: "component", message: message.id, data: { component_type: 2, custom_id: component.custom_id } });
  return button;
}

function drawSelect(component, message) {
  const entity = { 5: state.members.map((one) => [named(one), one.user.id]), 6: state.roles.map((one) => [one.name, one.id]), 8: state.channels.map((one) => [one.name, one.id]) };
  entity[7] = [...entity[5], ...entity[6]];
  const choices = component.options ? component.options.map((one) => [one.label, one.value]) : entity[component.type];
  const several = (component.max_values || 1) > 1;
  const select = make("select", { multiple: several, "aria-label": component.placeholder || component.custom_id },
    several ? null : make("option", { value: "" }, component.placeholder || "choose"), ...choices.map(([text, value]) => make("option", { value }, text)));
  select.onchange = () => act({ kind: "component", message: message.id, data: { component_type: component.type, custom_id: component.custom_id, values: [...select.selectedOptions].map((one) => one.value).filter(Boolean) } });
  return select;
}

function drawLog() {
  const log = by("log");
  const last = log.lastElementChild?.dataset.id;
  if (last === String(state.log.at(-1)?.id)) return;
  log.replaceChildren(...state.log.map((line) => {
    const item = make("li", { className: `${line.level} ${line.kind}` }, `${line.level} ${line.text}`);
    item.dataset.id = line.id;
    return item;
  }));
  log.scrollTop = log.scrollHeight;
  by("source").replaceChildren(...Object.entries(state.source).map(([name, text]) => make("details", {}, make("summary", {}, name), make("pre", { tabIndex: 0 }, text))));
}

// The composer: words, or a command with a form for its options

function leaves(command) {
  const found = [];
  const walk = (node, path) => {
    const under = (node.options || []).filter((one) => one.type <= 2);
    if (under.length === 0) found.push({ command, path, node });
    for (const one of under) walk(one, [...path, one]);
  };
  walk(command, []);
  return found;
}

const titled = (leaf) => `/${[leaf.command.name, ...leaf.path.map((one) => one.name)].join(" ")}`;

function matching() {
  const text = by("text").value.toLowerCase();
  return text.startsWith("/") ? state.commands.flatMap(leaves).filter((leaf) => titled(leaf).startsWith(text.split("  ")[0].trimEnd())) : [];
}

function drawPicker() {
  const found = at.command ? [] : matching();
  by("picker").hidden = found.length === 0;
  at.picked = Math.min(at.picked, Math.max(0, found.length - 1));
  by("picker").replaceChildren(...found.map((leaf, place) => {
    const item = make("li", { role: "option", "aria-selected": String(place === at.picked) }, `${titled(leaf)}: ${leaf.node.description || ""}`);
    item.onclick = () => choose(leaf);
    return item;
  }));
}

function choose(leaf) {
  at.command = leaf;
  by("text").value = titled(leaf);
  by("picker").hidden = true;
  const options = leaf.node.options || [];
  by("options").hidden = options.length === 0;
  by("options").replaceChildren(...options.map((option) => make("label", {}, `${option.name}${option.required ? " (required)" : ""} `, field(option))));
  (by("options").querySelector("input, select") || by("text")).focus();
}

function field(option) {
  const lists = { 5: [["yes", "true"], ["no", "false"]], 6: state.members.map((one) => [named(one), one.user.id]), 7: state.channels.map((one) => [one.name, one.id]), 8: state.roles.map((one) => [one.name, one.id]) };
  const choices = option.choices?.length ? option.choices.map((one) => [one.name, String(one.value)]) : lists[option.type];
  const name = option.name;
  if (choices) return make("select", { name, required: Boolean(option.required) }, make("option", { value: "" }, "–"), ...choices.map(([text, value]) => make("option", { value }, text)));
  const input = make("input", { name, required: Boolean(option.required), type: option.type === 4 || option.type === 10 ? "number" : "text", step: option.type === 10 ? "any" : "1", autocomplete: "off" });
  if (option.type === 3) input.removeAttribute("step");
  if (option.autocomplete) {
    const list = make("datalist", { id: `choices-${name}` });
    input.setAttribute("list", list.id);
    input.oninput = async () => {
      const given = filled(true).map((one) => (one.name === name ? { ...one, focused: true } : one));
      if (!given.some((one) => one.focused)) given.push({ name, type: option.type, value: "", focused: true });
      const { choices: offered } = await act({ kind: "autocomplete", name: at.command.command.name, options: nested(given) });
      list.replaceChildren(...(offered || []).map((one) => make("option", { value: String(one.value) }, one.name)));
    };
    return make("span", {}, input, list);
  }
  return input;
}

function filled() {
  return (at.command.node.options || []).flatMap((option) => {
    const { value } = by("options").querySelector(`[name="${option.name}"]`);
    if (value === "") return [];
    const typed = { 4: Number, 10: Number, 5: (text) => text === "true" }[option.type] || String;
    return [{ name: option.name, type: option.type, value: typed(value) }];
  });
}

const nested = (options) => at.command.path.reduceRight((inner, one) => [{ name: one.name, type: one.type, options: inner }], options);

function clear() {
  Object.assign(at, { reply: null, command: null, picked: 0 });
  by("text").value = "";
  by("options").replaceChildren();
  by("options").hidden = by("picker").hidden = by("replying").hidden = true;
}

by("composer").onsubmit = async (event) => {
  event.preventDefault();
  const found = matching();
  if (!at.command && found.length > 0) {
    choose(found[at.picked]);
    if (found[0].node.options?.length) return;
  }
  const text = by("text").value.trim();
  const action = at.command
    ? { kind: "command", name: at.command.command.name, options: nested(filled()) }
    : { kind: "say", text, reply: at.reply };
  if (!text) return;
  clear();
  by("text").focus();
  await act(action);
};
by("text").oninput = () => { at.command = null; by("options").hidden = true; by("options").replaceChildren(); drawPicker(); };
by("text").onkeydown = (event) => {
  if (event.key === "Escape") clear();
  if (event.key === "ArrowDown") at.picked += 1;
  if (event.key === "ArrowUp") at.picked = Math.max(0, at.picked - 1);
  if (event.key.startsWith("Arrow")) drawPicker();
};
by("persona").onchange = (event) => { at.as = event.target.value; load(); };

// Modals

function showModal(modal) {
  const inputs = (modal.components || []).flatMap((one) => (one.type === 18 ? [{ ...one.component, label: one.label }] : one.components || []));
  const form = by("modal-form");
  const title = make("h2", { id: "modal-title" }, modal.title);
  form.replaceChildren(title, ...inputs.map((one) => make("label", {}, one.label || one.custom_id, modalField(one))), make("button", { type: "submit" }, "Submit"), " ", make("button", { type: "button", onclick: () => by("modal").close() }, "Cancel"));
  form.onsubmit = () => {
    const value = (one) => form.elements[one.custom_id].value;
    const read = (one) => (one.type === 4 ? { type: 4, custom_id: one.custom_id, value: value(one) } : { type: one.type, custom_id: one.custom_id, values: [value(one)].filter(Boolean) });
    const components = modal.components.map((one) => (one.type === 18 ? { type: 18, component: read(one.component) } : { type: 1, components: one.components.map(read) }));
    act({ kind: "modal", data: { custom_id: modal.custom_id, components } });
  };
  by("modal").showModal();
}

function modalField(one) {
  if (one.options) return make("select", { name: one.custom_id }, ...one.options.map((option) => make("option", { value: option.value }, option.label)));
  return make(one.style === 2 ? "textarea" : "input", { name: one.custom_id, required: one.required !== false, value: one.value || "", placeholder: one.placeholder || "" });
}

new EventSource("/local/events").onmessage = () => load();
load();
