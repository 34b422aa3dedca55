// performance and navigator: what little of them makes sense without a page.

let origin: number | undefined;
let latest = 0;

export const performance = {
  /** Counted from the first use, which is at 1: a zygote lives long before its isolates do. */
  get timeOrigin(): number {
    origin ??= Date.now() - 1;
    return origin;
  },

  /** Milliseconds, never less than before. */
  now(): number {
    latest = Math.max(latest, Date.now() - performance.timeOrigin);
    return latest;
  },

  toJSON(): { timeOrigin: number } {
    return { timeOrigin: performance.timeOrigin };
  },
};

export const navigator = Object.freeze({ userAgent: "flora", hardwareConcurrency: 1, language: "en-US", languages: Object.freeze(["en-US"]) });
