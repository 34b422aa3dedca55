// fetch. What goes out and comes in is the host's business (docs/fetch.md).

import { fromBase64, toBase64 } from "../bytes";
import { host } from "../host";
import { bytesWithSecrets, headerWithSecrets, textWithSecrets } from "../secrets";
import { type AbortSignal, unfollow, whenAborted } from "./abort";
import { give } from "./body";
import { DOMException } from "./exception";
import { immutable } from "./headers";
import { Request } from "./request";
import { NULL_BODY, Response, stateFacts } from "./response";

/** Sends a request. It rejects with TypeError when there is no answer; `code` and `cause` say more. */
export async function fetch(input: any, given?: any): Promise<Response> {
  const failure = new TypeError(); // made where it was asked for: the answer comes in a turn that knows nothing of that
  const request = new Request(input, given);
  const { signal } = request;
  signal.throwIfAborted();
  const asked = ask(request).catch((error) => refuse(failure, error));
  return responseOf(await unlessAborted(asked, signal));
}

async function ask(request: Request): Promise<any> {
  const { method, redirect } = request;
  const given = await give(request);
  request.signal.throwIfAborted();
  const url = await textWithSecrets(request.url);
  const headers = await Promise.all(Array.from(request.headers, async ([name, value]) => [name, name === "authorization" ? await headerWithSecrets(value) : await textWithSecrets(value)]));
  const body = given === null ? null : toBase64(await bytesWithSecrets(given));
  return host.op("fetch", { url, method, headers, body, redirect });
}

/** The host goes on; nobody waits for it any more. */
function unlessAborted<T>(asked: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const forget = whenAborted(signal, () => reject(signal.reason));
    asked.then(resolve, reject).finally(() => {
      forget();
      unfollow(signal); // a controller may see a thousand requests come and go
    });
  });
}

function refuse(failure: TypeError, error: any): never {
  if (error?.code === "FETCH_TIMEOUT") throw Object.assign(new DOMException(error.message, "TimeoutError"), { cause: error });
  const hidden = (name: string, value: unknown) =>
    Object.defineProperty(failure, name, { value, writable: true, configurable: true });
  hidden("message", `fetch failed: ${error?.message}`);
  hidden("cause", error);
  hidden("code", error?.code);
  throw failure;
}

function responseOf(answer: any): Response {
  const { status, statusText, headers, body, url, redirected } = answer;
  const hasBody = !NULL_BODY.has(status);
  const response = new Response(hasBody ? fromBase64(body ?? "") : null, { status, statusText, headers });
  immutable(response.headers);
  return stateFacts(response, { url, redirected: Boolean(redirected), type: "basic" });
}
