// Where an operation was asked for. Its refusal is made when the host's answer comes, in a turn that knows nothing of the
// handler that waits; so each call notes its place, and a refusal is told with that.

const defineProperty = Object.defineProperty;
const PromiseHere = Promise;
const ErrorHere = Error;

class OperationError extends Error {}
defineProperty(OperationError.prototype, "name", { value: "OperationError", writable: true, configurable: true });

const CARRIED = ["code", "status", "retryAfter", "route", "details", "discordCode", "errors", "field", "limit", "operation"];
const OF_THE_HOST = new Set(["OperationError", "TimeoutError"]);

/** Whether a stack leads to a script. Frames of flora's own files are hidden from authors. */
const leadsToScript = (error: Error): boolean =>
  String(error.stack).split("\n").some((frame) => frame !== "" && !frame.includes("@flora:"));

/** The same error, at the place of the call; what a script or the SDK itself threw stays as it is. */
function moved(place: Error, error: any): any {
  if (!(error instanceof ErrorHere) || !OF_THE_HOST.has(error.name) || leadsToScript(error)) return error;
  const hidden = (name: string, value: unknown) =>
    defineProperty(place, name, { value, writable: true, configurable: true });
  hidden("message", error.message);
  if (error.name !== "OperationError") hidden("name", error.name);
  for (const name of CARRIED) {
    const value = (error as any)[name];
    if (value !== undefined) hidden(name, value);
  }
  return place;
}

type Method = (this: any, ...args: any[]) => any;

/** The function, with refusals told at the place of its call. */
export function traced<Function_ extends Method>(method: Function_): Function_ {
  const call: Method = function (...args) {
    const place = new OperationError();
    const answer = method.apply(this, args);
    return answer instanceof PromiseHere ? answer.catch((error) => { throw moved(place, error); }) : answer;
  };
  defineProperty(call, "name", { value: method.name });
  return call as Function_;
}

/** These methods of a class or functions of an object; all of its own when none are named. */
export function trace(target: any, names: readonly string[] = Object.keys(target)): void {
  for (const name of names) {
    if (Object.hasOwn(target, name)) defineProperty(target, name, { value: traced(target[name]), writable: true, configurable: true, enumerable: true });
  }
}
