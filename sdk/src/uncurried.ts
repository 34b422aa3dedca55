// Methods that the way of an event relies on, captured before any script can rewrite a prototype.

const bind = Function.prototype.call.bind(Function.prototype.bind, Function.prototype.call) as (method: any) => any;
const uncurry = (method: any): any => bind(method);

export const mapGet: <K, V>(map: Map<K, V>, key: K) => V | undefined = uncurry(Map.prototype.get);
export const mapSet: <K, V>(map: Map<K, V>, key: K, value: V) => void = uncurry(Map.prototype.set);
export const mapDelete: <K>(map: Map<K, any>, key: K) => boolean = uncurry(Map.prototype.delete);
export const charCodeAt: (text: string, index: number) => number = uncurry(String.prototype.charCodeAt);
export const indexOf: (text: string, part: string, from?: number) => number = uncurry(String.prototype.indexOf);
export const slice: (text: string, start: number, end?: number) => string = uncurry(String.prototype.slice);
export const replace: (text: string, what: RegExp, by: any) => string = uncurry(String.prototype.replace);
export const isArray = Array.isArray;
