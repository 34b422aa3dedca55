// The few things that every part of the page needs of the document. Text goes in as text, never as HTML.

export const by = (id) => document.getElementById(id);

export function make(tag, properties, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties || {})) {
    if (value === undefined || value === null || value === false) continue;
    if (name in element && name !== "list" && !name.startsWith("aria")) element[name] = value;
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

// Elements whose item did not change stay: what a person types or has open in them is not lost to a redraw.
export function keyed(list, items, draw) {
  const before = new Map([...list.children].map((element) => [element.dataset.key, element]));
  const now = items.map(({ key, seen, item }) => {
    const old = before.get(key);
    if (old && old.seen === seen) return old;
    const element = draw(item);
    element.dataset.key = key;
    element.seen = seen;
    return element;
  });
  for (const old of [...list.children]) if (!now.includes(old)) old.remove();
  now.forEach((element, place) => {
    if (list.children[place] !== element) list.insertBefore(element, list.children[place] || null);
  });
}

export const unchanged = (element, value) => {
  const seen = JSON.stringify(value);
  if (element.seen === seen) return true;
  element.seen = seen;
  return false;
};

// A menu at a button: items are [label, what it does, kind, spoken label] or elements.
export function openMenu(anchor, label, items) {
  const menu = by("menu");
  const entries = items.filter(Boolean).map((item) => {
    if (!Array.isArray(item)) return item;
    const [text, run, kind, spoken] = item;
    const button = make("button", { type: "button", className: kind || "", "aria-label": spoken }, text);
    button.onclick = () => { menu.hidePopover(); run(); };
    return button;
  });
  const plain = entries.every((one) => one.tagName === "BUTTON");
  if (plain) for (const one of entries) one.setAttribute("role", "menuitem");
  menu.setAttribute("role", plain ? "menu" : "dialog");
  menu.setAttribute("aria-label", label);
  menu.replaceChildren(...entries);
  menu.showPopover();
  const place = anchor.getBoundingClientRect();
  const size = menu.getBoundingClientRect();
  menu.style.left = `${Math.max(8, Math.min(place.left, innerWidth - size.width - 8))}px`;
  menu.style.top = `${Math.max(8, place.bottom + size.height + 8 > innerHeight ? place.top - size.height - 4 : place.bottom + 4)}px`;
  menu.querySelector("button, input, select")?.focus();
  menu.onkeydown = (event) => {
    const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const all = [...menu.querySelectorAll("button, input")];
    all[(all.indexOf(document.activeElement) + step + all.length) % all.length]?.focus();
  };
}

export const bytes = (count) => (count < 1024 ? `${count} bytes` : count < 1048576 ? `${(count / 1024).toFixed(1)} kB` : `${(count / 1048576).toFixed(1)} MB`);
export const colour = (number) => `#${Number(number).toString(16).padStart(6, "0")}`;
