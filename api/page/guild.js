// How one guild is: what runs, its crons, its history, and its log as it comes. Changes nothing.
import { ask, at, who } from "/page/ask.js";

const guild = location.pathname.split("/").pop();
const MIB = 1024 * 1024;
const LINES = 500;

function rows(place, entries) {
  at(place).replaceChildren(
    ...entries.map(([name, value]) => {
      const row = document.createElement("tr");
      const head = document.createElement("th");
      head.scope = "row";
      head.textContent = name;
      row.append(head, Object.assign(document.createElement("td"), { textContent: value }));
      return row;
    }),
  );
}

function list(place, texts) {
  const items = (texts.length ? texts : ["None."]).map((text) => Object.assign(document.createElement("li"), { textContent: text }));
  at(place).replaceChildren(...items);
}

function mebibytes(bytes, limit) {
  return bytes === null ? "-" : `${(bytes / MIB).toFixed(1)} of ${limit ? (limit / MIB).toFixed(0) : "any number of"} MiB`;
}

async function look() {
  const [live, usage, crons, history] = await Promise.all([
    ask("GET", `/deployments/${guild}`).catch((error) => (error.status === 404 ? null : Promise.reject(error))),
    ask("GET", `/guilds/${guild}/usage`),
    ask("GET", `/cron/${guild}`),
    ask("GET", `/deployments/${guild}/history`),
  ]);
  rows("state", [
    ["revision", live ? `${live.revision}, of ${live.entry}, since ${live.updated_at}` : "nothing is deployed"],
    ["state", live ? `${live.phase}${live.reason ? `: ${live.reason}` : ""}` : "-"],
    ["memory", mebibytes(usage.private_bytes, usage.limits.private_bytes)],
    ["data", mebibytes(usage.kv_bytes, usage.limits.kv_bytes)],
    ["CPU since the start", `${usage.cpu_ms.toFixed(1)} ms`],
    ["restarts", usage.restarts],
  ]);
  list("crons", crons.map((one) => `${one.name}: ${one.schedule}, next ${one.paused ? "never, it rests" : one.next_run}`));
  list("history", history.map((one) => `${one.id}: ${one.status}, ${one.deployed_at}, ${one.actor.username} ${one.message ?? ""}`));
}

function say(line) {
  const log = at("log");
  const follows = log.scrollTop + log.clientHeight >= log.scrollHeight - 4;
  log.append(`${new Date(line.timestamp).toISOString()} ${line.level.toUpperCase().padEnd(5)} ${line.message}\n`);
  while (log.childNodes.length > LINES) log.firstChild.remove();
  if (follows) log.scrollTop = log.scrollHeight;
}

async function begin() {
  if (!(await who())) return;
  await look();
  const names = await ask("GET", "/guilds");
  at("name").textContent = names.find((one) => one.id === guild)?.name || `Guild ${guild}`;
  const lines = await ask("GET", `/logs/${guild}`);
  lines.forEach(say);
  const stream = new EventSource(`/api/logs/${guild}/stream?after=${lines.at(-1)?.id ?? 0}`);
  stream.onmessage = (event) => say(JSON.parse(event.data));
  for (const name of ["deploy", "deploy_failed", "undeploy", "pause", "resume", "restart"]) {
    stream.addEventListener(name, () => look());
  }
}

begin().catch((error) => {
  at("inside").hidden = true;
  at("said").textContent = error.message;
});
