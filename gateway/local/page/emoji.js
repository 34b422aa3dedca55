// Emoji: the usual ones as text, a guild's own as their pictures; stickers.

import { make } from "./dom.js";
import { state } from "./world.js";

export const USUAL = ["👍", "❤️", "😂", "🎉", "👀", "🙏", "🔥", "✅", "❌", "😮", "😢", "🌸", "🌻", "🐛", "🚀", "💡", "⭐", "👋", "🤔", "💯", "1️⃣", "2️⃣", "3️⃣", "⬅️", "➡️"];
const LOTTIE = 3;

export function drawEmoji({ id, name, animated }) {
  if (!id) return document.createTextNode(name || "");
  const picture = make("img", { className: "emoji-picture", src: `/cdn/emojis/${id}.${animated ? "gif" : "png"}`, alt: `:${name}:`, title: `:${name}:` });
  picture.onerror = () => picture.replaceWith(make("span", { className: "pill" }, `:${name}:`));
  return picture;
}

export function drawSticker(sticker) {
  const named = make("span", { className: "file" }, `🏷 ${sticker.name}`);
  if (sticker.format_type === LOTTIE) return named;
  const picture = make("img", { className: "sticker", src: `/cdn/stickers/${sticker.id}.${sticker.format_type === 4 ? "gif" : "png"}`, alt: `Sticker: ${sticker.name}`, title: sticker.name });
  picture.onerror = () => picture.replaceWith(named);
  return picture;
}

// Entries of a menu: the guild's own first. `take` gets what a reaction wants, and what stands for it in a text.
export function emojiEntries(take) {
  const own = state.emojis.map((one) => [drawEmoji(one), () => take(`${one.name}:${one.id}`, `<${one.animated ? "a" : ""}:${one.name}:${one.id}>`), "emoji", `:${one.name}:`]);
  return [...own, ...USUAL.map((sign) => [sign, () => take(sign, sign), "emoji"])];
}
