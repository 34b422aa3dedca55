// An event's name that nobody will ever send is most often a misspelling: say so while the script loads.

import { warn } from "./host";
import { ALIASES, EVENTS, INTERACTION_EVENTS } from "./names";
import { nearest } from "./nearest";

const known = new Set([...EVENTS, ...Object.keys(ALIASES), ...INTERACTION_EVENTS]);

/** The name under which the gateway sends it. Throws for what looks misspelt; what looks new is let through. */
export function canonical(event: unknown): string {
  if (typeof event !== "string" || event === "") throw new TypeError("on() needs the name of an event");
  if (known.has(event)) return ALIASES[event] ?? event;
  if (event.startsWith("__")) return event;
  const meant = nearest(event, known);
  if (meant !== undefined) throw new TypeError(`there is no event "${event}"; did you mean "${meant}"?`);
  if (/^[a-z]{3,}[A-Z]/.test(event)) warn(`flora knows no event "${event}"; handlers run if Discord ever sends one`);
  return event;
}
