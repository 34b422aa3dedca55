// Asks who is logged in whether the flora command on a machine may act for them, and sends the browser back to it.
import { ask, at, who } from "/page/ask.js";

const request = encodeURIComponent(new URLSearchParams(location.search).get("request") ?? "");

function end(error) {
  at("inside").hidden = true;
  at("said").textContent = error.message;
}

async function answer(allow) {
  const told = await ask("POST", `/auth/command/${request}/answer`, { allow });
  location.assign(told.location);
}

async function begin() {
  if (!(await who())) return;
  const command = await ask("GET", `/auth/command/${request}`);
  at("asks").textContent =
    `The flora command on ${command.name} asks to act for you. Allow it only if you have just said “flora login” there.`;
}

at("allow").addEventListener("click", () => answer(true).catch(end));
at("refuse").addEventListener("click", () => answer(false).catch(end));
begin().catch(end);
