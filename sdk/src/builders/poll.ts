// Polls: `poll("Where to?").addAnswers("Here", "There")`.

import { emojiOf } from "./components";
import type { Emoji } from "./component-types";
import type { Builder } from "./wire";

export interface PollMedia {
  text?: string;
  emoji?: Emoji;
}

export interface Poll {
  question: PollMedia;
  answers: { poll_media: PollMedia }[];
  /** In hours. */
  duration: number;
  allow_multiselect: boolean;
}

export type PollAnswer = string | { text: string; emoji?: Emoji | string };

export class PollBuilder implements Builder<Poll> {
  readonly #data: Poll;

  constructor(question = "", answers: readonly PollAnswer[] = []) {
    this.#data = { question: { text: question }, answers: [], duration: 24, allow_multiselect: false };
    this.setAnswers(...answers);
  }

  setQuestion(text: string): this {
    this.#data.question = { text };
    return this;
  }

  setAnswers(...answers: (PollAnswer | PollAnswer[])[]): this {
    this.#data.answers = answers.flat().map((answer) => ({ poll_media: mediaOf(answer) }));
    return this;
  }

  addAnswers(...answers: (PollAnswer | PollAnswer[])[]): this {
    this.#data.answers.push(...answers.flat().map((answer) => ({ poll_media: mediaOf(answer) })));
    return this;
  }

  setDuration(hours: number): this {
    this.#data.duration = hours;
    return this;
  }

  /** Whether one member may choose several. */
  setMultiselect(allowed = true): this {
    this.#data.allow_multiselect = allowed;
    return this;
  }

  toJSON(): Poll {
    return { ...this.#data, answers: [...this.#data.answers] };
  }
}

function mediaOf(answer: PollAnswer): PollMedia {
  if (typeof answer === "string") return { text: answer };
  return answer.emoji === undefined ? { text: answer.text } : { text: answer.text, emoji: emojiOf(answer.emoji) };
}

export const poll = (question?: string, answers?: readonly PollAnswer[]): PollBuilder =>
  new PollBuilder(question, answers);
