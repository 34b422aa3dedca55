// structuredClone, by the HTML Standard (2.7).
const clone = structuredClone;
const refuses = (value, options) => throws("DataCloneError", () => clone(value, options));
const kindOf = (value) => Object.prototype.toString.call(value);

for (const value of [undefined, null, true, false, "", "text", "\ud800", "\0\u2028", 0, -0, 0.1, NaN, Infinity, -(2 ** 53), 0n, -(2n ** 70n)]) {
  test(`the value ${typeof value} ${Object.is(value, -0) ? "-0" : String(value)}`, () => {
    for (const copy of [clone(value), clone([value])[0], clone({ a: value }).a]) equal(Object.is(copy, value), true);
  });
}
for (const value of [true, false, "text", "", 1, -0, NaN, 5n]) {
  test(`an object of the ${typeof value} ${String(value)}`, () => {
    const boxed = Object(value), copy = clone(boxed);
    equal([copy === boxed, kindOf(copy), Object.is(copy.valueOf(), value), Object.getPrototypeOf(copy) === Object.getPrototypeOf(boxed)], [false, kindOf(boxed), true, true]);
  });
}
test("an object of a text has no properties of others", () => equal(Object.keys(clone(Object.assign(new String("ab"), { more: 1 }))), ["0", "1"]));
for (const time of [0, 1e13, -1e13, NaN, 8.64e15]) {
  test(`the date ${time}`, () => {
    const copy = clone(new Date(time));
    equal([copy instanceof Date, Object.is(copy.getTime(), time)], [true, true]);
  });
}
for (const given of [/foo/, /bar/gi, /[\/\n]/u, new RegExp(""), /a(?<n>b)/dsy]) {
  test(`the pattern ${given}`, () => {
    given.lastIndex = 3;
    const copy = clone(given);
    equal([copy === given, copy.source, copy.flags, copy.lastIndex], [false, given.source, given.flags, 0]);
    given.lastIndex = 0;
  });
}
test("objects, with what is theirs and can be listed", () => {
  const inherited = Object.create({ above: 1 }, { seen: { value: 2, enumerable: true }, hidden: { value: 3 } });
  inherited[Symbol("s")] = 4;
  const copy = clone(inherited);
  equal([Object.getPrototypeOf(copy) === Object.prototype, Object.keys(copy), copy.above, copy.hidden], [true, ["seen"], undefined, undefined]);
  equal([Object.getOwnPropertyDescriptor(copy, "seen"), Object.getOwnPropertySymbols(copy)], [{ value: 2, writable: true, enumerable: true, configurable: true }, []]);
});
test("an object of no prototype, and of a class", () => {
  class Mine { a = 1; get b() { return 2; } }
  for (const given of [Object.assign(Object.create(null), { a: 1 }), new Mine()]) equal([Object.getPrototypeOf(clone(given)) === Object.prototype, clone(given)], [true, { a: 1 }]);
});
test("a property by the name of the prototype's", () => {
  const given = JSON.parse('{"__proto__": {"a": 1}}');
  equal(Object.hasOwn(clone(given), "__proto__"), true);
});
test("getters are read once, and may take others away", () => {
  let count = 0;
  equal([clone({ get a() { return ++count; } }), count], [{ a: 1 }, 1]);
  equal(clone({ get a() { delete this.b; return 1; }, b: 2 }), { a: 1 });
  throws(RangeError, () => clone({ get a() { throw new RangeError(); } }));
});
test("lists, with their holes, their length and what else they have", () => {
  const given = [1, , 3];
  given.length = 5;
  given.more = "x";
  const copy = clone(given);
  equal([Array.isArray(copy), copy.length, 1 in copy, 4 in copy, copy.more, copy[2]], [true, 5, false, false, "x", 3]);
  class List extends Array {}
  equal(Object.getPrototypeOf(clone(List.from([1]))) === Array.prototype, true);
});
test("circles, and the same thing in two places", () => {
  const given = { list: [], map: new Map(), set: new Set() };
  given.self = given;
  given.list.push(given, given.list);
  given.map.set(given, given.map);
  given.set.add(given.set);
  const copy = clone(given);
  equal([copy !== given, copy.self === copy, copy.list[0] === copy, copy.list[1] === copy.list, copy.map.get(copy) === copy.map, copy.set.has(copy.set)], Array(6).fill(true));
  const shared = {}, [one, other] = clone([shared, shared]);
  equal([one === other, one === shared], [true, false]);
});
test("maps and sets, in their order, and nothing else of theirs", () => {
  const map = Object.assign(new Map([[{ a: 1 }, 1], ["b", new Set([NaN, 2])], [undefined, null]]), { more: 1 });
  const copy = clone(map), keys = [...copy.keys()];
  equal([copy instanceof Map, keys[0], keys.slice(1), copy.more, [...copy.get("b")]], [true, { a: 1 }, ["b", undefined], undefined, [NaN, 2]]);
  class Mine extends Map {}
  equal(Object.getPrototypeOf(clone(new Mine())) === Map.prototype, true);
});
test("a map that changes while it is gone through", () => {
  const map = new Map(), key = { get a() { map.set("late", 1); return 1; } };
  map.set(key, 1);
  equal([...clone(map).values()], [1]);
});
test("tags lie", () => {
  for (const tag of ["Map", "Date", "Promise", "Error", "RegExp", "Boolean"]) equal(clone({ [Symbol.toStringTag]: tag, a: 1 }), { a: 1 });
  const date = Object.assign(new Date(5), { [Symbol.toStringTag]: "Nothing" });
  equal(clone(date).getTime(), 5);
  for (const given of [Object.create(Date.prototype), Object.create(Map.prototype), Object.create(RegExp.prototype), Object.create(Boolean.prototype)]) equal(clone(given), {});
});
for (const Kind of [Error, EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError]) {
  test(`a ${Kind.name}`, () => {
    const given = new Kind("why", { cause: { a: 1 } }), copy = clone(given);
    equal([copy === given, Object.getPrototypeOf(copy) === Kind.prototype, copy.name, copy.message, copy.stack, copy.cause], [false, true, Kind.name, "why", given.stack, { a: 1 }]);
    equal([Object.getOwnPropertyDescriptor(copy, "message").enumerable, Object.hasOwn(clone(new Kind()), "message"), Object.hasOwn(copy, "name")], [false, false, false]);
  });
}
test("errors of other names, without messages, with others' properties", () => {
  class Mine extends RangeError { name = "Mine"; extra = 1; }
  const copy = clone(new Mine("x"));
  equal([Object.getPrototypeOf(copy) === Error.prototype, copy.message, copy.extra], [true, "x", undefined]);
  const odd = new Error("x");
  Object.defineProperty(odd, "message", { get: () => "never read" });
  equal([Object.hasOwn(clone(odd), "message"), clone(Object.assign(new Error(), { message: 5 })).message], [false, "5"]);
  equal(Object.getPrototypeOf(clone(new AggregateError([1], "x"))) === Error.prototype, true);
});
test("a DOMException", () => {
  const given = new DOMException("m", "AbortError"), copy = clone(given);
  equal([copy === given, copy instanceof DOMException, copy.name, copy.message, copy.code], [false, true, "AbortError", "m", 20]);
});
test("buffers", () => {
  const given = new Uint8Array([1, 2, 3]).buffer, copy = clone(given);
  equal([copy === given, copy instanceof ArrayBuffer, [...new Uint8Array(copy)], given.byteLength], [false, true, [1, 2, 3], 3]);
  const growing = new ArrayBuffer(2, { maxByteLength: 8 });
  equal([clone(growing).resizable, clone(growing).byteLength, clone(growing).maxByteLength], [true, 2, 8]);
});
for (const Kind of [Int8Array, Uint8Array, Uint8ClampedArray, Int16Array, Uint16Array, Int32Array, Uint32Array, Float32Array, Float64Array, BigInt64Array, BigUint64Array]) {
  test(`a ${Kind.name}, a part of its buffer`, () => {
    const size = Kind.BYTES_PER_ELEMENT, whole = new Kind(4).fill(Kind.name.startsWith("Big") ? 7n : 7), given = whole.subarray(1, 3), copy = clone(given);
    equal([copy.constructor === Kind, copy.length, copy.byteOffset, copy.buffer.byteLength, copy[0] == 7, copy.buffer === given.buffer], [true, 2, size, 4 * size, true, false]);
  });
}
test("views of one buffer go on being so, and a DataView is one", () => {
  const buffer = new ArrayBuffer(8), [view, bytes] = clone([new DataView(buffer, 2, 4), new Uint8Array(buffer)]);
  equal([view instanceof DataView, view.byteOffset, view.byteLength, view.buffer === bytes.buffer], [true, 2, 4, true]);
});
test("a view that follows the length of its buffer goes on doing so", () => {
  const buffer = new ArrayBuffer(4, { maxByteLength: 8 });
  const [following, fixed] = clone([new Uint8Array(buffer), new Uint8Array(buffer, 0, 4)]);
  following.buffer.resize(8);
  equal([following.length, fixed.length, buffer.byteLength], [8, 4, 4]);
});
test("blobs and files", async () => {
  const file = clone(new File(["ab"], "n.txt", { type: "text/plain", lastModified: 42 })), blob = clone(new Blob(["x"], { type: "a/b" }));
  equal([file.name, file.type, file.lastModified, await file.text(), file instanceof File], ["n.txt", "text/plain", 42, "ab", true]);
  equal([blob.type, await blob.text(), blob instanceof File], ["a/b", "x", false]);
});
for (const [what, value] of [
  ["a function", () => {}], ["a class", class {}], ["a symbol", Symbol("x")], ["an object of a symbol", Object(Symbol("x"))], ["a WeakMap", new WeakMap()], ["a WeakSet", new WeakSet()],
  ["a WeakRef", new WeakRef({})], ["a promise", Promise.resolve()], ["a generator", (function* () {})()], ["an iterator", [][Symbol.iterator]()], ["an iterator of a map", new Map().keys()],
  ["headers", new Headers()], ["a request", new Request("https://a.example")], ["a response", new Response()], ["a URL", new URL("https://a.example")], ["parameters", new URLSearchParams()],
  ["a form", new FormData()], ["an event", new Event("x")], ["a target", new EventTarget()], ["a signal", AbortSignal.abort()], ["a stream", new ReadableStream()], ["a decoder", new TextDecoder()],
]) {
  test(`${what} cannot be cloned, wherever it is`, () => {
    for (const given of [value, [value], { a: value }, new Map([[1, value]]), new Set([value]), new Error("x", { cause: value })]) refuses(given);
  });
}
test("the error is a DOMException", () => {
  try {
    clone(() => {});
  } catch (error) {
    equal([error instanceof DOMException, error.name, error.code], [true, "DataCloneError", 25]);
  }
});

test("what is transferred is gone, and is what its views look at", () => {
  const buffer = new Uint8Array([1, 2, 3]).buffer, given = { buffer, view: new Uint8Array(buffer, 1) };
  const copy = clone(given, { transfer: [buffer] });
  equal([buffer.byteLength, buffer.detached, given.view.length, copy.buffer.byteLength, [...copy.view], copy.view.buffer === copy.buffer], [0, true, 0, 3, [2, 3], true]);
});
test("what is transferred and not in the value is gone too", () => {
  const buffer = new ArrayBuffer(2);
  equal([clone(5, { transfer: [buffer] }), buffer.detached], [5, true]);
});
test("nothing is transferred when the rest cannot be cloned", () => {
  const buffer = new ArrayBuffer(2);
  refuses({ buffer, no() {} }, { transfer: [buffer] });
  throws(RangeError, () => clone({ buffer, get no() { throw new RangeError(); } }, { transfer: [buffer] }));
  equal(buffer.byteLength, 2);
});
test("what cannot be transferred", () => {
  const buffer = new ArrayBuffer(2), gone = new ArrayBuffer(2);
  gone.transfer();
  for (const transfer of [[buffer, buffer], [gone], [{}], [new Uint8Array(2)], [new Date()]]) refuses(1, { transfer });
  for (const transfer of [[5], 5, "x"]) throws(TypeError, () => clone(1, { transfer }));
  equal(buffer.byteLength, 2);
});
test("a buffer that is gone cannot be cloned, nor can its views", () => {
  const buffer = new ArrayBuffer(4), view = new Uint8Array(buffer), other = new DataView(buffer);
  buffer.transfer();
  for (const given of [buffer, view, other]) refuses(given);
});
test("a view beyond its buffer's end cannot be cloned", () => {
  const buffer = new ArrayBuffer(8, { maxByteLength: 8 }), view = new Uint8Array(buffer, 4, 4), other = new DataView(buffer, 4, 4);
  buffer.resize(2);
  for (const given of [view, other]) refuses(given);
});
test("options may be left out, and something to clone may not", () => {
  equal([clone(1, undefined), clone(1, null), clone(1, {}), clone(1, { transfer: [] })], [1, 1, 1, 1]);
  throws(TypeError, () => clone());
});
