// DOMException, which the web platform throws where it does not throw errors of the language.

/** Their places are their codes; of some there is no error any more, only the constant. */
const NAMES = [
  "IndexSize", "DomstringSize", "HierarchyRequest", "WrongDocument", "InvalidCharacter", "NoDataAllowed", "NoModificationAllowed",
  "NotFound", "NotSupported", "InUseAttribute", "InvalidState", "Syntax", "InvalidModification", "Namespace", "InvalidAccess",
  "Validation", "TypeMismatch", "Security", "Network", "Abort", "URLMismatch", "QuotaExceeded", "Timeout", "InvalidNodeType", "DataClone",
];
const WITHOUT_ERROR = new Set(["DomstringSize", "NoDataAllowed", "Validation"]);

interface Facts {
  readonly message: string;
  readonly name: string;
}

const known = new WeakMap<object, Facts>();

function factsOf(exception: object): Facts {
  const facts = known.get(exception);
  if (facts === undefined) throw new TypeError("this is no DOMException");
  return facts;
}

/** An error of the engine, so that it has a stack, although the class extends nothing: both as the standard has them. */
export class DOMException {
  declare readonly stack: string;

  constructor(message: unknown = "", name: unknown = "Error") {
    const error = Reflect.construct(Error, [], new.target) as DOMException;
    known.set(error, { message: `${message as string}`, name: `${name as string}` });
    return error;
  }

  get name(): string {
    return factsOf(this).name;
  }

  get message(): string {
    return factsOf(this).message;
  }

  get code(): number {
    return CODES.get(factsOf(this).name) ?? 0;
  }
}
Object.setPrototypeOf(DOMException.prototype, Error.prototype);

const CODES = new Map<string, number>();
NAMES.forEach((name, index) => {
  const constant = `${name.replace("InUse", "Inuse").replace(/(?<=[a-z]|URL)(?=[A-Z])/g, "_").toUpperCase()}_ERR`;
  const property = { value: index + 1, enumerable: true };
  Object.defineProperty(DOMException, constant, property);
  Object.defineProperty(DOMException.prototype, constant, property);
  if (!WITHOUT_ERROR.has(name)) CODES.set(`${name}Error`, index + 1);
});

/** When more is asked for than there may be; `null` where it is not said how much. */
export class QuotaExceededError extends DOMException {
  readonly #quota: number | null;
  readonly #requested: number | null;

  constructor(message: unknown = "", options: { quota?: number; requested?: number } = {}) {
    super(message, "QuotaExceededError");
    this.#quota = amount(options?.quota);
    this.#requested = amount(options?.requested);
    if (this.#quota !== null && this.#requested !== null && this.#requested < this.#quota) {
      throw new RangeError("what was requested is within the quota");
    }
  }

  get quota(): number | null {
    return this.#quota;
  }

  get requested(): number | null {
    return this.#requested;
  }
}

function amount(given: unknown): number | null {
  if (given === undefined) return null;
  const number = Number(given);
  if (!Number.isFinite(number)) throw new TypeError(`${String(given)} is no amount`);
  if (number < 0) throw new RangeError(`${number} is less than nothing`);
  return number;
}
