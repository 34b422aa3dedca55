// Fields of forms: a command's options, a modal's inputs, a message's menus. Each is { element, value, files }.

import { make } from "./dom.js";
import { act, state } from "./world.js";

const people = () => state.members.map((one) => [one.nick || one.user.global_name || one.user.username, one.user.id]);
const roles = () => state.roles.map((one) => [`@${one.name.replace(/^@/, "")}`, one.id]);
const channels = (types) => state.channels.filter((one) => !types?.length || types.includes(one.type)).map((one) => [`#${one.name}`, one.id]);

// What a USER, CHANNEL, ROLE or MENTIONABLE may be, by the kind of the option.
export function entities(kind, types) {
  return { 6: people, 7: () => channels(types), 8: roles, 9: () => [...people(), ...roles()] }[kind]?.();
}
export const SELECTS = { 5: 6, 6: 8, 7: 9, 8: 7 };

export function one(items, { name, required, label, chosen, placeholder }) {
  const element = make("select", { name, required, "aria-label": label },
    make("option", { value: "" }, placeholder || (required ? "Choose …" : "–")),
    items.map(([text, value]) => make("option", { value, selected: value === chosen }, text)));
  return { element, value: () => element.value || undefined };
}

export function many(items, { name, label, chosen = [], most }) {
  const boxes = items.map(([text, value, about]) => {
    const box = make("input", { type: "checkbox", name, value, checked: chosen.includes(value) });
    return make("label", { className: "choice" }, box, make("span", {}, text, about && make("small", {}, about)));
  });
  const element = make("div", { className: "many", role: "group", "aria-label": label }, boxes);
  const ticked = () => [...element.querySelectorAll("input:checked")];
  element.onchange = () => {
    for (const box of element.querySelectorAll("input")) box.disabled = !box.checked && ticked().length >= most;
  };
  return { element, value: () => ticked().map((box) => box.value) };
}

export function upload({ name, required, label, several, accept }) {
  const element = make("input", { type: "file", name, required, multiple: several, accept, "aria-label": label });
  return { element, value: () => (element.files.length ? name : undefined), files: () => [...element.files].map((file) => [name, file]) };
}

// An option of a slash command. `ask` gives the choices for what is typed so far.
export function option(spec, ask) {
  const { name, required } = spec;
  const settings = { name, required, label: name };
  if (spec.type === 11) return upload(settings);
  const listed = spec.choices?.length ? spec.choices.map((choice) => [choice.name, String(choice.value)]) : entities(spec.type, spec.channel_types);
  if (spec.type === 5) return typed(one([["True", "true"], ["False", "false"]], settings), (text) => text === "true");
  if (listed) return typed(one(listed, settings), reader(spec.type));
  const number = spec.type === 4 || spec.type === 10;
  const input = make("input", {
    name, required, autocomplete: "off", "aria-label": name, type: number ? "number" : "text", step: number ? (spec.type === 4 ? "1" : "any") : null,
    min: spec.min_value, max: spec.max_value, minLength: spec.min_length, maxLength: spec.max_length,
  });
  const field = { element: input, value: () => (input.value === "" ? undefined : input.value) };
  return spec.autocomplete ? proposing(spec, input, ask) : typed(field, reader(spec.type));
}

const reader = (type) => (type === 4 || type === 10 ? Number : String);
const typed = (field, read) => ({ ...field, value: () => { const text = field.value(); return text === undefined ? undefined : read(text); } });

// A text with the bot's proposals below it.
function proposing(spec, input, ask) {
  const id = `proposals-${spec.name}`;
  const list = make("ul", { id, role: "listbox", className: "proposals", hidden: true, "aria-label": `Proposals for ${spec.name}` });
  const box = make("div", { className: "proposing" }, input, list);
  let chosen = null;
  let picked = -1;
  let turn = 0;
  input.setAttribute("role", "combobox");
  input.setAttribute("aria-controls", id);
  input.setAttribute("aria-expanded", "false");
  const show = (open) => { list.hidden = !open; input.setAttribute("aria-expanded", String(open)); };
  const choose = (choice) => { chosen = choice; input.value = choice.name; show(false); };
  const mark = () => [...list.children].forEach((item, place) => item.setAttribute("aria-selected", String(place === picked)));
  let offered = [];
  const refresh = async () => {
    turn += 1;
    const mine = turn;
    const found = await ask(spec, input.value);
    if (mine !== turn || document.activeElement !== input) return;
    offered = found || [];
    picked = -1;
    list.replaceChildren(...offered.map((choice) => make("li", { role: "option", "aria-selected": "false", onmousedown: (event) => { event.preventDefault(); choose(choice); } }, choice.name)));
    show(offered.length > 0);
  };
  input.onfocus = refresh;
  input.oninput = () => { chosen = null; refresh(); };
  input.onblur = () => { turn += 1; show(false); };
  input.addEventListener("keydown", (event) => {
    if (list.hidden) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) { picked = (picked + step + offered.length) % offered.length; mark(); event.preventDefault(); }
    if ((event.key === "Enter" || event.key === "Tab") && picked >= 0) { choose(offered[picked]); if (event.key === "Enter") event.preventDefault(); }
    if (event.key === "Escape") { show(false); event.stopPropagation(); }
  });
  return { element: box, value: () => (input.value === "" ? undefined : reader(spec.type)(chosen ? chosen.value : input.value)) };
}

// A field of a modal.
export function modalField(spec, label) {
  const required = spec.required ?? spec.type !== 19;
  const settings = { name: spec.custom_id, required, label, placeholder: spec.placeholder };
  const most = spec.max_values ?? 1;
  switch (spec.type) {
    case 4: {
      const element = make(spec.style === 2 ? "textarea" : "input", {
        name: spec.custom_id, required, "aria-label": label, value: spec.value || "", placeholder: spec.placeholder || "", autocomplete: "off",
        minLength: spec.min_length, maxLength: spec.max_length ?? 4000, rows: spec.style === 2 ? 4 : null,
      });
      return { element, value: () => element.value };
    }
    case 3: {
      const items = spec.options.map((choice) => [choice.label, choice.value, choice.description]);
      const chosen = spec.options.filter((choice) => choice.default).map((choice) => choice.value);
      return most > 1 ? many(items, { ...settings, chosen, most }) : listed(one(items, { ...settings, chosen: chosen[0] }));
    }
    case 5: case 6: case 7: case 8: {
      const items = entities(SELECTS[spec.type], spec.channel_types);
      const chosen = (spec.default_values || []).map((value) => value.id);
      return most > 1 ? many(items, { ...settings, chosen, most }) : listed(one(items, { ...settings, chosen: chosen[0] }));
    }
    case 19: return upload({ ...settings, several: most > 1 });
    case 21: {
      const boxes = spec.options.map((choice) => make("label", { className: "choice" },
        make("input", { type: "radio", name: spec.custom_id, value: choice.value, checked: choice.default, required }),
        make("span", {}, choice.label, choice.description && make("small", {}, choice.description))));
      const element = make("div", { role: "radiogroup", "aria-label": label }, boxes);
      return { element, value: () => element.querySelector("input:checked")?.value };
    }
    case 22: {
      const chosen = spec.options.filter((choice) => choice.default).map((choice) => choice.value);
      return many(spec.options.map((choice) => [choice.label, choice.value, choice.description]), { ...settings, chosen, most: spec.max_values ?? spec.options.length });
    }
    case 23: {
      const element = make("input", { type: "checkbox", name: spec.custom_id, checked: spec.default, "aria-label": label });
      return { element, value: () => element.checked };
    }
    default: return { element: make("p", { className: "soft" }, `(a field of type ${spec.type})`), value: () => undefined };
  }
}

const listed = (field) => ({ ...field, value: () => [field.value()].filter(Boolean) });

// Sends an interaction and shows what it brings: a modal, or why it failed.
let showModal = null;
export const onModal = (show) => { showModal = show; };
export async function interact(action, files) {
  const given = await act(action, files);
  if (given.modal) showModal(given.modal, given.interaction);
  return given;
}
