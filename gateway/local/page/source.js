// The script's source: numbered lines in colours, and places in it that one can go to.

import { make } from "./dom.js";

const TOKENS = /(?<comment>\/\/[^\n]*|\/\*[^]*?\*\/)|(?<text>"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`)|(?<word>\b(?:as|async|await|break|case|catch|class|const|continue|default|delete|do|else|export|extends|finally|for|from|function|if|import|in|instanceof|interface|let|new|null|of|return|switch|this|throw|true|false|try|type|typeof|undefined|var|void|while|yield)\b)|(?<number>\b\d[\d_.]*\b)/g;
const PLACE = /([\w./-]+\.(?:ts|tsx|js|mjs|json)):(\d+)(?::\d+)?/g;

// What it says, with each place in the script a button.
export function withPlaces(text, sources, open) {
  const parts = [];
  let at = 0;
  for (const found of text.matchAll(PLACE)) {
    if (!(found[1] in sources)) continue;
    const button = make("button", { type: "button", className: "as-link", onclick: () => open(found[1], Number(found[2])) }, found[0]);
    parts.push(text.slice(at, found.index), button);
    at = found.index + found[0].length;
  }
  return [...parts, text.slice(at)];
}

export function numbered(source) {
  const lines = [[]];
  const put = (text, kind) => text.split("\n").forEach((piece, place) => {
    if (place > 0) lines.push([]);
    if (piece) lines.at(-1).push(kind ? make("span", { className: `is-${kind}` }, piece) : piece);
  });
  const whole = source.replace(/\n$/, "");
  let at = 0;
  for (const found of whole.matchAll(TOKENS)) {
    put(whole.slice(at, found.index));
    put(found[0], Object.keys(found.groups).find((name) => found.groups[name] !== undefined));
    at = found.index + found[0].length;
  }
  put(whole.slice(at));
  return make("pre", { tabIndex: 0, className: "numbered" }, lines.map((line) => make("code", {}, ...line, "\n")));
}

// Shows a line of a file that is among these details.
export function goTo(panel, file, line) {
  const details = [...panel.querySelectorAll("details")].find((one) => one.dataset.name === file);
  if (!details) return;
  details.open = true;
  const code = details.querySelectorAll("code")[line - 1];
  for (const old of panel.querySelectorAll("code.meant")) old.classList.remove("meant");
  code?.classList.add("meant");
  code?.scrollIntoView({ block: "center" });
}
