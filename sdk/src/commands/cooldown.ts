// How often somebody may use a command. Kept in memory: a new deployment forgives everybody.

export interface Cooldown {
  seconds: number;
  per: "user" | "channel" | "guild";
}

const MOST_KEYS = 5000;
const PER = new Set(["user", "channel", "guild"]);

export function cooldownOf(given: any, where: string): Cooldown | undefined {
  if (given === undefined || given === null || given === 0) return undefined;
  const { seconds, per = "user" } = typeof given === "object" ? given : { seconds: given };
  if (!(seconds > 0) || !PER.has(per)) {
    throw new TypeError(`${where}: a cooldown is seconds, or { seconds, per: "user" | "channel" | "guild" }`);
  }
  return { seconds, per };
}

export class Cooldowns {
  #until = new Map<string, number>();

  /** Seconds that are still to wait; 0 when it may be used, which then counts. */
  use(command: string, cooldown: Cooldown, ids: { user?: string; channel?: string; guild?: string }): number {
    const now = Date.now();
    const key = `${command} ${ids[cooldown.per] ?? ""}`;
    const until = this.#until.get(key) ?? 0;
    if (until > now) return Math.ceil((until - now) / 1000);
    if (this.#until.size >= MOST_KEYS) this.#sweep(now);
    this.#until.set(key, now + cooldown.seconds * 1000);
    return 0;
  }

  #sweep(now: number): void {
    for (const [key, until] of this.#until) if (until <= now) this.#until.delete(key);
    if (this.#until.size >= MOST_KEYS) this.#until.clear();
  }
}

export const cooldowns = new Cooldowns();
