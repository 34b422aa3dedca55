// Secrets, which a script names and never reads, and variables, which it reads.

import { fillRandom } from "./entropy";
import { toHex } from "./bytes";
import { host } from "./host";
import { TextGatherer } from "./text";
import { atob, btoa } from "./web/base64";

/** What is written for secrets that were not awaited, with their names. */
const named = new Map<string, string>();
/**
 * How each of those begins. It holds this isolate's own randomness, so that nobody who only writes messages can name a
 * secret and have a script send it; letters, digits and underscores survive URLs, JSON and forms as they are.
 */
let mark: string | undefined;

function standInOf(name: string): string {
  for (const [standIn, known] of named) if (known === name) return standIn;
  const standIn = `${(mark ??= freshMark())}${named.size}__`;
  named.set(standIn, name);
  return standIn;
}

function freshMark(): string {
  const bytes = new Uint8Array(16);
  fillRandom(bytes);
  return `__FLORA_NAMED_${toHex(bytes)}_`;
}

/** A part of a request as the host takes it: with its own placeholder for each secret that was not awaited. */
export async function textWithSecrets(text: string): Promise<string> {
  if (mark === undefined || !text.includes(mark)) return text;
  let written = text;
  for (const [standIn, name] of named) {
    if (written.includes(standIn)) written = written.replaceAll(standIn, await placeholderOf(name));
  }
  return written;
}

const BASIC = /^(basic +)((?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}(?:==)?|[A-Za-z0-9+/]{3}=?)?)\s*$/i;

/** In Basic authentication the whole is written in base64, what stands for a secret with it. */
export async function headerWithSecrets(value: string): Promise<string> {
  const basic = mark === undefined ? null : BASIC.exec(value);
  if (basic === null) return textWithSecrets(value);
  const given = atob(basic[2]!), written = await textWithSecrets(given);
  return written === given ? value : basic[1]! + btoa(written);
}

export async function bytesWithSecrets(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  if (mark === undefined) return bytes;
  const gathered = new TextGatherer();
  for (const byte of bytes) gathered.add(byte);
  const text = gathered.take(), written = await textWithSecrets(text);
  return written === text ? bytes : Uint8Array.from(written, (unit) => unit.charCodeAt(0));
}

async function placeholderOf(name: string): Promise<string> {
  const found = await host.op("secrets.get", { name });
  if (typeof found === "string") return found;
  const message = `there is no secret "${name}"; somebody who may has to set it: flora secrets set ${name}`;
  throw Object.assign(new Error(message), { code: "UNKNOWN_SECRET" });
}

/** What stands for a secret: to be awaited, or put into a request as it is. */
class SecretReference {
  readonly #name: string;
  #asked: Promise<string | undefined> | undefined;

  constructor(name: string) {
    this.#name = name;
  }

  toString(): string {
    return standInOf(this.#name);
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
