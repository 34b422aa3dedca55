// What the page knows: one state, fetched anew whenever the server says that something changed, and where the visitor is.

import { by } from "./dom.js";

export const at = { as: null, channel: null, guild: null, limit: 50, log: 0, events: null };
export const lines = [];
export const heard = [];
export let state = null;
const MOST = 500;
const listeners = [];
let loading = false;
let again = false;

export const onState = (listener) => listeners.push(listener);

export async function load() {
  if (loading) { again = true; return; }
  loading = true;
  try {
    do {
      again = false;
      await fetchState();
    } while (again);
  } catch {
    by("connected").textContent = "flora's local Discord has ended";
    by("connected").className = "bad";
  } finally {
    loading = false;
  }
}

async function fetchState() {
  const query = new URLSearchParams({ limit: at.limit, log: at.log });
  for (const name of ["as", "channel", "guild", "events"]) if (at[name] !== null) query.set(name, at[name]);
  const where = () => JSON.stringify([at.as, at.channel, at.guild]);
  const from = where();
  const answer = await fetch(`/local/state?${query}`);
  const found = await answer.json();
  if (where() !== from) { again = true; return; } // the visitor has moved on meanwhile
  if (!answer.ok) { problem(found.message); return; }
  if (state && state.run !== found.run) { location.reload(); return; } // flora was started anew, perhaps a newer one
  state = found;
  Object.assign(at, { as: found.me, channel: found.channel, guild: found.guild.id });
  lines.push(...found.log.filter((line) => line.id > at.log));
  heard.push(...found.events);
  lines.splice(0, Math.max(0, lines.length - MOST));
  heard.splice(0, Math.max(0, heard.length - MOST));
  at.log = lines.at(-1)?.id || 0;
  if (at.events !== null) at.events = heard.at(-1)?.id || at.events;
  for (const listener of listeners) listener();
}

export function problem(text) {
  by("problem").textContent = text || "";
  by("problem").hidden = !text;
}

export async function act(action, files = []) {
  const body = { as: at.as, channel: at.channel, guild: at.guild, ...action };
  let sent = { headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) };
  if (files.length > 0) {
    const form = new FormData();
    form.set("payload_json", JSON.stringify(body));
    for (const [name, file] of files) form.append(name, file, file.name);
    sent = { headers: { "X-Flora-Page": "1" }, body: form };
  }
  try {
    const answer = await fetch("/local/act", { method: "POST", ...sent });
    const given = await answer.json();
    problem(answer.ok ? given.failed : given.message);
    return answer.ok ? given : { failed: given.message };
  } catch {
    problem("The local Discord does not answer.");
    return { failed: "no answer" };
  }
}

// Names and colours

export const member = (id) => state.members.find((one) => one.user.id === String(id));
export const role = (id) => state.roles.find((one) => one.id === String(id));
export const isThread = (channel) => [10, 11, 12].includes(channel?.type);
export const channelOf = (id) => state.channels.find((one) => one.id === String(id));
export const nameOf = (id) => { const found = member(id); return found ? found.nick || found.user.global_name || found.user.username : "someone"; };
export const tint = (id) => {
  const held = member(id)?.roles || [];
  return state.roles.find((one) => one.color && held.includes(one.id))?.color || null;
};
export const may = (bit) => (BigInt(state.allowed) & (1n << BigInt(bit))) !== 0n;
export const MANAGE_MESSAGES = 13;
