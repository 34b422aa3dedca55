// A modal that the bot shows.

import { by, make } from "./dom.js";
import { interact, modalField, onModal } from "./fields.js";
import { rich } from "./markdown.js";

function drawNode(node, fields) {
  if (node.type === 10) return rich(node.content);
  if (node.type === 1) return make("div", {}, node.components.map((child) => drawField(child, child.label || child.custom_id, child.description, fields)));
  if (node.type === 18) return drawField(node.component, node.label, node.description, fields);
  return make("p", { className: "soft" }, `(a component of type ${node.type})`);
}

function drawField(spec, label, description, fields) {
  const field = modalField(spec, label);
  fields.push({ name: spec.custom_id, ...field });
  return make("div", { className: "field" }, make("span", { className: "name" }, label, spec.required === false || spec.type === 23 ? null : make("span", { className: "required" }, " required")),
    description && make("small", {}, description), field.element);
}

onModal((modal, opened) => {
  const dialog = by("modal");
  const form = by("modal-form");
  const fields = [];
  const away = make("button", { type: "button", onclick: () => dialog.close() }, "Cancel");
  const wrong = make("p", { className: "bad", role: "alert" });
  form.replaceChildren(make("h2", { id: "modal-title" }, modal.title), ...modal.components.map((node) => drawNode(node, fields)), wrong,
    make("div", { className: "row end" }, away, make("button", { type: "submit", className: "accent" }, "Submit")));
  form.onsubmit = async (event) => {
    event.preventDefault();
    const values = Object.fromEntries(fields.map(({ name, value }) => [name, value()]));
    const files = fields.flatMap((field) => field.files?.() || []);
    const given = await interact({ kind: "modal", opened, values }, files);
    if (given.failed) wrong.textContent = given.failed;
    else if (!given.modal) dialog.close();
  };
  if (!dialog.open) dialog.showModal();
  form.querySelector("input, textarea, select")?.focus();
});
