// What the pages ask of the API, in the name of who is logged in. Answers are shown as text, never as markup.
let csrf = "";

export const at = (id) => document.getElementById(id);

export async function ask(method, path, body) {
  const headers = { "x-csrf-token": csrf, ...(body ? { "content-type": "application/json" } : {}) };
  const answer = await fetch(`/api${path}`, { method, headers, body: body && JSON.stringify(body) });
  const told = answer.status === 204 ? null : await answer.json();
  if (!answer.ok) throw Object.assign(new Error(told.detail), { status: answer.status });
  return told;
}

// Who is logged in; null when nobody is, with a link that leads back here.
export async function who() {
  try {
    const me = await ask("GET", "/auth/me");
    csrf = me.csrf_token ?? "";
    at("who").textContent = `You are ${me.user.username}.`;
    at("inside").hidden = false;
    return me;
  } catch (error) {
    if (error.status !== 401) throw error;
    at("who").textContent = "You are not logged in.";
    at("login").hidden = false;
    at("login").querySelector("a").href = `/api/auth/login?next=${encodeURIComponent(location.pathname + location.search)}`;
    return null;
  }
}
