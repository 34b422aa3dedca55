// What a member filled in when she used a command.

import { camel } from "../payload";

const SUBCOMMAND = 1, GROUP = 2;

export class UsedOptions {
  /** "group sub", "sub" or "". */
  readonly path: string;
  readonly values: Record<string, any> = {};
  readonly focused: { name: string; value: any; type: number } | undefined;
  readonly #data: any;

  constructor(data: any) {
    this.#data = data;
    const path: string[] = [];
    let options: any[] = data?.options ?? [];
    while (options[0]?.type === SUBCOMMAND || options[0]?.type === GROUP) {
      path.push(options[0].name);
      options = options[0].options ?? [];
    }
    this.path = path.join(" ");
    for (const option of options) {
      this.values[option.name] = option.value;
      if (option.focused) this.focused = option;
    }
  }

  /** Gives a context what its command's handler reads. */
  attachTo(context: any): void {
    const words = this.path === "" ? [] : this.path.split(" ");
    const set = (name: string, value: unknown) =>
      Object.defineProperty(context, name, { value, writable: true, configurable: true, enumerable: true });
    set("options", this.values);
    if (words.length > 0) set("subcommand", words.at(-1));
    if (words.length > 1) set("subcommandGroup", words[0]);
    const resolved = (kind: string) => (name: string) => this.#resolved(kind, name);
    for (const [method, kind] of RESOLVED) Object.defineProperty(context, method, { value: resolved(kind), configurable: true });
    if (this.#data?.target_id !== undefined) this.#attachTarget(context, set);
  }

  #attachTarget(context: any, set: (name: string, value: unknown) => void): void {
    const { target_id: id, resolved = {} } = this.#data;
    set("targetId", id);
    const target = resolved.messages?.[id] ?? resolved.users?.[id];
    set("target", camel(target) ?? null);
    if (resolved.members?.[id]) set("targetMember", camel(resolved.members[id]));
  }

  /** The whole object that an option's id stands for. */
  #resolved(kind: string, name: string): any {
    const id = this.values[name];
    return id === undefined ? null : (camel(this.#data?.resolved?.[kind]?.[id]) ?? null);
  }
}

const RESOLVED: readonly [string, string][] = [
  ["getUser", "users"],
  ["getMember", "members"],
  ["getRole", "roles"],
  ["getChannel", "channels"],
  ["getAttachment", "attachments"],
];

export const optionsOfUse = (data: any): UsedOptions => new UsedOptions(data);
