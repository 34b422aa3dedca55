// Makes, lists and ends tokens for whoever is logged in.
import { ask, at, who } from "/page/ask.js";

function complain(error) {
  at("made").replaceChildren(`That did not work: ${error.message}`);
}

function row(token) {
  const item = document.createElement("li");
  const end = document.createElement("button");
  end.type = "button";
  end.textContent = `End ${token.label}`;
  end.addEventListener("click", () => ask("DELETE", `/tokens/${token.token_id}`).then(list, complain));
  const until = token.expires_at ? `, until ${token.expires_at.slice(0, 10)}` : "";
  item.append(`${token.label}: ${token.scopes.join(", ")}${until} `, end);
  return item;
}

async function list() {
  const tokens = await ask("GET", "/tokens");
  at("tokens").replaceChildren(...(tokens.length ? tokens.map(row) : ["None yet."]));
}

async function make(event) {
  event.preventDefault();
  const fields = new FormData(at("make"));
  const days = fields.get("days");
  const wanted = { label: fields.get("label"), scopes: [fields.get("scope")] };
  try {
    const made = await ask("POST", "/tokens", days ? { ...wanted, expires_in_days: Number(days) } : wanted);
    const text = document.createElement("code");
    text.textContent = made.token;
    at("made").replaceChildren("It is shown this once only: ", text);
    at("make").reset();
    await list();
  } catch (error) {
    complain(error);
  }
}

async function begin() {
  if (await who()) await list();
}

at("make").addEventListener("submit", make);
at("logout").addEventListener("click", () => ask("POST", "/auth/logout").then(() => location.reload(), complain));
begin().catch(complain);
