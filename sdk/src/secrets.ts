// Secrets, which a script names and never reads, and variables, which it reads.

import { host } from "./host";

/** What stands for a secret: to be awaited, or put into a header as it is. */
class SecretReference {
  readonly #name: string;
  #asked: Promise<string | undefined> | undefined;

  constructor(name: string) {
    this.#name = name;
  }

  /** Only headers may hold this form; the host puts the value in its place. */
  toString(): string {
    return `~flora.secret.${this.#name}~`;
  }

  toJSON(): string {
    return this.toString();
  }

  [Symbol.toPrimitive](): string {
    return this.toString();
  }

  then(fulfilled?: any, rejected?: any): Promise<any> {
    this.#asked ??= host.op("secrets.get", { name: this.#name }).then((found) => found ?? undefined);
    return this.#asked.then(fulfilled, rejected);
  }

  catch(rejected: any): Promise<any> {
    return this.then(undefined, rejected);
  }

  finally(run: any): Promise<any> {
    return this.then().finally(run);
  }
}

export const secrets = {
  get(name: string): any {
    if (typeof name !== "string" || name === "") throw new TypeError("secrets.get needs the name of a secret");
    return new SecretReference(name);
  },
  list: () => host.op("secrets.list", {}),
};

export const vars = {
  get: async (name: string): Promise<string | undefined> => (await host.op("vars.get", { name })) ?? undefined,
  list: (): Promise<Record<string, string>> => host.op("vars.list", {}),
};
