// Who is there, and whom the visitor acts as.

import { by, make, openMenu, unchanged } from "./dom.js";
import { write } from "./composer.js";
import { interact } from "./fields.js";
import { avatar, named } from "./messages.js";
import { act, at, load, nameOf, state } from "./world.js";

export function drawPeople() {
  const persona = by("persona");
  if (!unchanged(persona, [state.people, state.people.map(nameOf)])) persona.replaceChildren(...state.people.map((id) => make("option", { value: id }, nameOf(id))));
  persona.value = at.as;
  if (unchanged(by("members"), [state.members, state.roles, state.gone, state.me])) return;
  const sorted = state.members.toSorted((one, other) => Number(one.user.bot || false) - Number(other.user.bot || false));
  by("members").replaceChildren(...sorted.map(drawMember), ...state.gone.map((one) => {
    const back = make("button", { type: "button", className: "gone" }, `${one.name} (left)`);
    back.onclick = () => act({ kind: "come back", member: one.id });
    back.title = "Comes back";
    return make("li", {}, back);
  }));
}

function drawMember(member) {
  const { id } = member.user;
  const button = make("button", { type: "button" }, avatar(member.user), named(id, nameOf(id)),
    id === state.owner ? make("span", { className: "mark", title: "Owner" }, "♛") : null, member.user.bot ? make("span", { className: "badge" }, "APP") : null, id === state.me ? make("span", { className: "soft" }, " (you)") : null);
  button.onclick = () => openMenu(button, `Member ${nameOf(id)}`, [
    state.people.includes(id) && id !== state.me && ["Act as this person", () => actAs(id)],
    ["Mention", () => write(`${by("text").value}@${member.user.username} `)],
    ...state.commands[2].map((command) => [`Apps: ${command.name}`, () => interact({ kind: "context", type: 2, name: command.name, target: id })]),
    ...state.roles.filter((role) => !role.managed && role.id !== state.guild.id).map((role) => roleBox(member, role)),
    ["Copy id", () => navigator.clipboard?.writeText(id)],
    !member.user.bot && id !== state.owner && ["Leaves the guild", () => act({ kind: "leave", member: id }), "danger-text"],
  ]);
  return make("li", {}, button);
}

function roleBox(member, role) {
  const box = make("input", { type: "checkbox", checked: member.roles.includes(role.id) });
  box.onchange = () => act({ kind: "role", member: member.user.id, role: role.id, held: box.checked });
  return make("label", { className: "choice" }, box, make("span", {}, `Role: ${role.name}`));
}

function actAs(id) {
  at.as = id;
  load();
}

by("persona").onchange = (event) => actAs(event.target.value);
by("joining").onsubmit = async (event) => {
  event.preventDefault();
  const given = await act({ kind: "join", name: by("newcomer").value });
  if (!given.failed) by("newcomer").value = "";
};
