// What hangs on a message: buttons, menus, and the newer components that lay a message out.

import { bytes, colour, make } from "./dom.js";
import { drawEmoji } from "./emoji.js";
import { entities, interact, many, one, SELECTS } from "./fields.js";
import { rich } from "./markdown.js";

const STYLES = { 1: "primary", 2: "secondary", 3: "success", 4: "danger", 5: "link", 6: "secondary" };

export function drawComponent(component, message) {
  const inside = () => (component.components || []).map((child) => drawComponent(child, message));
  switch (component.type) {
    case 1: return make("div", { className: "row" }, inside());
    case 2: return drawButton(component, message);
    case 3: case 5: case 6: case 7: case 8: return drawSelect(component, message);
    case 9: return make("div", { className: "section" }, make("div", {}, inside()), component.accessory && drawComponent(component.accessory, message));
    case 10: return rich(component.content);
    case 11: return veiled(component, drawMedia(component.media, component.description, "thumbnail"));
    case 12: return make("div", { className: `gallery of-${Math.min(component.items.length, 4)}` }, component.items.map((item) => veiled(item, drawMedia(item.media, item.description))));
    case 13: return veiled(component, drawFile({ url: component.file.url, filename: component.name || component.file.url.split("/").at(-1), size: component.size }));
    case 14: return make("hr", { className: `${component.divider === false ? "blank" : ""} ${component.spacing === 2 ? "wide" : ""}` });
    case 17: {
      const box = make("div", { className: "container" }, inside());
      if (typeof component.accent_color === "number") box.style.borderLeftColor = colour(component.accent_color);
      return veiled(component, box);
    }
    default: return make("p", { className: "soft" }, `(a component of type ${component.type})`);
  }
}

// Something behind a spoiler.
function veiled(component, element) {
  if (!component.spoiler) return element;
  const show = make("button", { type: "button" }, "Spoiler: show");
  const box = make("div", { className: "veil" }, show);
  show.onclick = () => box.replaceWith(element);
  return box;
}

async function waiting(element, result) {
  element.setAttribute("aria-busy", "true");
  const given = await result;
  element.removeAttribute("aria-busy");
  return given;
}

const emojiOf = (emoji) => (emoji ? (emoji.id ? `:${emoji.name}: ` : `${emoji.name} `) : "");

function drawButton(component, message) {
  const label = component.label || (component.emoji ? "" : component.sku_id ? "Buy" : "Button");
  const words = [component.emoji && drawEmoji(component.emoji), component.emoji && label ? " " : null, label];
  if (component.style === 5) return make("a", { className: "button link", href: component.url, target: "_blank", rel: "noreferrer" }, words, " ↗");
  const button = make("button", { type: "button", disabled: Boolean(component.disabled), className: STYLES[component.style] || "" }, words);
  button.onclick = () => waiting(button, interact({ kind: "component", message: message.id, custom_id: component.custom_id }));
  return button;
}

function drawSelect(component, message) {
  const label = component.placeholder || "Make a selection";
  const least = component.min_values ?? 1;
  const most = component.max_values ?? 1;
  const items = component.options
    ? component.options.map((choice) => [`${emojiOf(choice.emoji)}${choice.label}`, choice.value, choice.description])
    : entities(SELECTS[component.type], component.channel_types);
  const chosen = component.options
    ? component.options.filter((choice) => choice.default).map((choice) => choice.value)
    : (component.default_values || []).map((value) => value.id);
  const send = (element, values) => waiting(element, interact({ kind: "component", message: message.id, custom_id: component.custom_id, values }));
  if (most === 1 && least === 1) {
    const { element } = one(items, { label, chosen: chosen[0], placeholder: label });
    element.disabled = Boolean(component.disabled);
    element.onchange = () => element.value && send(element, [element.value]);
    return element;
  }
  const field = many(items, { label, chosen, most });
  const button = make("button", { type: "button", className: "primary", disabled: Boolean(component.disabled) }, "Choose");
  button.onclick = () => send(button, field.value());
  const range = least === most ? `choose ${most}` : `choose ${least} to ${most}`;
  return make("details", { className: "several" }, make("summary", {}, `${label} (${range})`), field.element, button);
}

// Pictures, sounds, files

export function drawMedia(media, description, className = "") {
  const kind = media.content_type || guess(media.url);
  if (kind.startsWith("video/")) return make("video", { src: media.url, controls: true, className: `media ${className}`, "aria-label": description || "video" });
  if (kind.startsWith("audio/")) return make("audio", { src: media.url, controls: true, "aria-label": description || "sound" });
  const picture = make("img", { src: media.url, alt: description || "", loading: "lazy", className: `media ${className}` });
  picture.onerror = () => picture.replaceWith(make("a", { className: "broken", href: media.url, target: "_blank", rel: "noreferrer" }, `🖼 ${description || media.url}`));
  return picture;
}

const guess = (url) => (/\.(mp4|webm|mov)(\?|$)/i.test(url) ? "video/" : /\.(mp3|ogg|wav|flac)(\?|$)/i.test(url) ? "audio/" : "image/");

export function drawFile(file) {
  if (/^(image|video|audio)\//.test(file.content_type || "") && file.content_type !== "image/svg+xml") {
    return make("figure", {}, drawMedia(file, file.description || file.filename), make("figcaption", {}, file.description || file.filename));
  }
  return make("p", { className: "file" }, "📄 ", make("a", { href: file.url, download: file.filename }, file.filename), file.size === undefined ? null : make("span", { className: "soft" }, ` ${bytes(file.size)}`));
}

export function drawEmbed(embed) {
  const named = (what, url) => (url ? make("a", { href: url, target: "_blank", rel: "noreferrer" }, what) : what);
  const icon = (url) => url && make("img", { className: "icon", src: url, alt: "", onerror: (event) => event.target.remove() });
  const foot = [embed.footer?.text, embed.timestamp && new Date(embed.timestamp).toLocaleString()].filter(Boolean).join(" • ");
  const body = make("div", {},
    embed.provider?.name && make("p", { className: "soft" }, embed.provider.name),
    embed.author?.name && make("p", { className: "embed-author" }, icon(embed.author.icon_url), named(embed.author.name, embed.author.url)),
    embed.title && make("p", { className: "embed-title" }, named(embed.title, embed.url)),
    embed.description && rich(embed.description),
    embed.fields?.length ? make("dl", {}, embed.fields.map((field) => make("div", { className: field.inline ? "inline" : "" }, make("dt", {}, field.name), make("dd", {}, rich(field.value))))) : null,
    embed.image?.url && drawMedia(embed.image, "embedded picture"),
    foot && make("p", { className: "soft embed-foot" }, icon(embed.footer?.icon_url), foot));
  const box = make("article", { className: "embed" }, body, embed.thumbnail?.url && drawMedia(embed.thumbnail, "thumbnail", "thumbnail"));
  if (typeof embed.color === "number") box.style.borderLeftColor = colour(embed.color);
  return box;
}
