// Discord's markdown, as nodes. Whatever is not markup stays as it was written.

import { make } from "./dom.js";
import { drawEmoji } from "./emoji.js";
import { channelOf, nameOf, role, state } from "./world.js";

const pill = (text, kind = "") => make("span", { className: `pill ${kind}` }, text);
const UNITS = [["year", 31536000], ["month", 2592000], ["day", 86400], ["hour", 3600], ["minute", 60], ["second", 1]];
const STYLES = {
  t: { timeStyle: "short" }, T: { timeStyle: "medium" }, d: { dateStyle: "short" }, D: { dateStyle: "long" },
  f: { dateStyle: "long", timeStyle: "short" }, F: { dateStyle: "full", timeStyle: "short" },
};

function moment(seconds, style) {
  const when = new Date(seconds * 1000);
  let text;
  if (style === "R") {
    const away = seconds - Date.now() / 1000;
    const [unit, size] = UNITS.find(([, length]) => Math.abs(away) >= length) || UNITS.at(-1);
    text = new Intl.RelativeTimeFormat("en", { numeric: "auto" }).format(Math.round(away / size), unit);
  } else text = new Intl.DateTimeFormat(undefined, STYLES[style] || STYLES.f).format(when);
  return make("time", { className: "pill", dateTime: when.toISOString(), title: when.toString() }, text);
}

const link = (url, children) => make("a", { href: url, target: "_blank", rel: "noreferrer" }, ...children);
const spoiler = (children) => {
  const button = make("button", { type: "button", className: "spoiler", "aria-label": "Spoiler: press to show" }, make("span", {}, ...children));
  button.onclick = () => { button.classList.add("open"); button.removeAttribute("aria-label"); };
  return button;
};

// Each rule: where it matches, and what it becomes.
const RULES = [
  [/^\\([^\w\s])/, (found) => found[1]],
  [/^``([^]+?)``|^`([^`]+)`/, (found) => make("code", {}, found[1] || found[2])],
  [/^<@!?(\d+)>/, (found) => pill(`@${nameOf(found[1])}`, found[1] === state.me ? "me" : "")],
  [/^<@&(\d+)>/, (found) => pill(`@${role(found[1])?.name || "a role"}`)],
  [/^<#(\d+)>/, (found) => pill(`#${channelOf(found[1])?.name || "a channel"}`)],
  [/^<\/([^:>]+):\d+>/, (found) => pill(`/${found[1]}`)],
  [/^<t:(-?\d+)(?::([tTdDfFR]))?>/, (found) => moment(Number(found[1]), found[2])],
  [/^<(a?):(\w+):(\d+)>/, (found) => drawEmoji({ id: found[3], name: found[2], animated: Boolean(found[1]) })],
  [/^<(https?:\/\/[^\s>]+)>/, (found) => link(found[1], [found[1]])],
  [/^\[([^\]\n]+)\]\((https?:\/\/[^\s)]+)(?:\s+"[^"]*")?\)/, (found) => link(found[2], inline(found[1]))],
  [/^https?:\/\/[^\s<>]+[^\s<>.,:;"'\])!?]/, (found) => link(found[0], [found[0]])],
  [/^@(everyone|here)\b/, (found) => pill(found[0], "me")],
  [/^\*\*\*([^]+?)\*\*\*/, (found) => make("strong", {}, make("em", {}, ...inline(found[1])))],
  [/^\*\*([^]+?)\*\*(?!\*)/, (found) => make("strong", {}, ...inline(found[1]))],
  [/^__([^]+?)__(?!_)/, (found) => make("u", {}, ...inline(found[1]))],
  [/^~~([^]+?)~~/, (found) => make("s", {}, ...inline(found[1]))],
  [/^\|\|([^]+?)\|\|/, (found) => spoiler(inline(found[1]))],
  [/^\*(?=\S)([^*]+?)\*(?!\*)/, (found) => make("em", {}, ...inline(found[1]))],
  [/^_(?=\S)([^_]+?)_(?!\w)/, (found) => make("em", {}, ...inline(found[1]))],
];
const PLAIN = /^[^\\`<[h@*_~|]+|^[^]/;

export function inline(text) {
  const nodes = [];
  let rest = text;
  let before = "";
  while (rest) {
    const wordy = /\w$/.test(before);
    const rule = RULES.find(([pattern]) => pattern.test(rest) && !(wordy && rest[0] === "_"));
    const found = rule ? rule[0].exec(rest) : PLAIN.exec(rest);
    nodes.push(rule ? rule[1](found) : found[0]);
    before = found[0];
    rest = rest.slice(found[0].length);
  }
  return nodes;
}

const BLOCKS = [
  [/^```(?:([\w+-]+)\n)?([^]*?)```\n?/, (found) => make("pre", { tabIndex: 0 }, make("code", {}, found[2].replace(/^\n|\n$/g, "")))],
  [/^>>> ([^]*)/, (found) => make("blockquote", {}, ...markdown(found[1]))],
  [/^(?:> [^\n]*(?:\n|$))+/, (found) => make("blockquote", {}, ...markdown(found[0].replace(/^> /gm, "").replace(/\n$/, "")))],
  [/^(#{1,3}) ([^\n]+)(?:\n|$)/, (found) => make("p", { className: `heading h${found[1].length}` }, ...inline(found[2]))],
  [/^-# ([^\n]+)(?:\n|$)/, (found) => make("p", { className: "soft" }, ...inline(found[1]))],
  [/^(?:\s*[-*] [^\n]+(?:\n|$))+/, (found) => make("ul", {}, ...entries(found[0], /^\s*[-*] /))],
  [/^(?:\s*\d+\. [^\n]+(?:\n|$))+/, (found) => make("ol", {}, ...entries(found[0], /^\s*\d+\. /))],
];
const entries = (text, bullet) => text.replace(/\n$/, "").split("\n").map((line) => make("li", {}, ...inline(line.replace(bullet, ""))));

export function markdown(text) {
  const nodes = [];
  let rest = text || "";
  let plain = "";
  const flush = () => { if (plain) nodes.push(make("p", {}, ...inline(plain.replace(/\n$/, "")))); plain = ""; };
  while (rest) {
    const block = BLOCKS.find(([pattern]) => pattern.test(rest));
    if (block) {
      flush();
      const found = block[0].exec(rest);
      nodes.push(block[1](found));
      rest = rest.slice(found[0].length);
    } else {
      const fence = rest.indexOf("```", 1);
      const line = rest.indexOf("\n") + 1 || rest.length;
      const end = fence > 0 && fence < line ? fence : line;
      plain += rest.slice(0, end);
      rest = rest.slice(end);
    }
  }
  flush();
  return nodes;
}

export const rich = (text, className = "content") => make("div", { className }, ...markdown(text));
