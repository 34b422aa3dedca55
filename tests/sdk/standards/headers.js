// Headers, by the Fetch Standard (5.1) and Web IDL's rules for what one goes through.
const pairs = (headers) => [...headers].map(([name, value]) => `${name}: ${value}`);
const given = { one: "1", Two: 2, three: null, four: undefined, "Content-Type": "text/plain" };

test("made of nothing", () => {
  equal([...new Headers()], []);
  equal([...new Headers(undefined)], []);
  equal([...new Headers({})], []);
  equal([...new Headers([])], []);
});
for (const wrong of [null, 1, "a: b", true, Symbol("x")]) {
  test(`not made of ${String(wrong)}`, () => throws(TypeError, () => new Headers(wrong)));
}
test("made of an object, whose values become texts", () => {
  const headers = new Headers(given);
  for (const name of Object.keys(given)) equal(headers.get(name), String(given[name]), name);
});
test("made of pairs", () => {
  const headers = new Headers(Object.entries(given));
  for (const name of Object.keys(given)) equal(headers.get(name), String(given[name]), name);
  equal(headers.get("length"), null);
});
test("made of other headers", () => equal(pairs(new Headers(new Headers(given))), pairs(new Headers(given))));
test("made of a Map, and of what a generator gives", () => {
  equal(pairs(new Headers(new Map([["a", "1"]]))), ["a: 1"]);
  equal(pairs(new Headers((function* () { yield ["b", "2"]; yield new Set(["c", "3"]); })())), ["b: 2", "c: 3"]);
});
test("made by an iterator that somebody put there", () => {
  const odd = new Headers({ hidden: "1" });
  odd[Symbol.iterator] = function* () { yield ["seen", "yes"]; };
  equal(pairs(new Headers(odd)), ["seen: yes"]);
});
test("made of a function's own properties", () => equal(pairs(new Headers(Object.assign(() => {}, { a: 1 }))), ["a: 1"]));
test("what cannot be gone through is refused", () => throws(TypeError, () => new Headers({ [Symbol.iterator]: 5 })));
test("only what can be listed is taken", () => {
  equal([...new Headers(Object.defineProperty({}, "a", { value: "1", enumerable: false }))], []);
});
test("symbols are no names", () => throws(TypeError, () => new Headers({ [Symbol("s")]: "1" })));
for (const wrong of [["a"], ["a", "b", "c"], [], "ab", 5, null]) {
  test(`a pair that is ${JSON.stringify(wrong)}`, () => throws(TypeError, () => new Headers([wrong])));
}
test("an error of the object's own goes through", () => {
  class Mine extends Error {}
  throws(Mine, () => new Headers({ get a() { throw new Mine(); } }));
  throws(Mine, () => new Headers({ a: { toString() { throw new Mine(); } } }));
  throws(Mine, () => new Headers([["a", { toString() { throw new Mine(); } }]]));
});

for (const method of ["append", "set"]) {
  test(`${method} needs two arguments`, () => {
    throws(TypeError, () => new Headers()[method]());
    throws(TypeError, () => new Headers()[method]("a"));
    equal(new Headers()[method].length, 2);
  });
}
for (const method of ["get", "has", "delete"]) {
  test(`${method} needs a name`, () => throws(TypeError, () => new Headers()[method]()));
}
for (const name of ["", "a b", "é", "Ā", "a\n", "(", "a:", {}, "\0", "a\u007f"]) {
  test(`${JSON.stringify(String(name))} is no name`, () => {
    const headers = new Headers();
    for (const method of ["append", "set"]) throws(TypeError, () => headers[method](name, "x"));
    for (const method of ["get", "has", "delete"]) throws(TypeError, () => headers[method](name));
    throws(TypeError, () => new Headers([[name, "x"]]));
  });
}
test("every letter of a name", () => {
  const name = "!#$%&'*+-.^_`|~0123456789abcxyz";
  equal(new Headers([[name, "x"]]).get(name), "x");
});
for (const value of ["Ā", "a\0b", "a\rb", "a\nb", "x\r\ny", "\ud800"]) {
  test(`${JSON.stringify(value)} is no value`, () => {
    for (const method of ["append", "set"]) throws(TypeError, () => new Headers()[method]("a", value));
  });
}
test("a symbol is no value", () => throws(TypeError, () => new Headers().append("a", Symbol("x"))));
test("bytes above 127, tabs within, and nothing at all are values", () => {
  for (const value of ["é\xff", "a\tb", "", "\x01"]) equal(new Headers({ a: value }).get("a"), value);
});
test("white space around a value goes", () => {
  for (const space of [" ", "\t", "\n", "\r", "\r\n \t"]) {
    const headers = new Headers({ a: `${space}x y${space}` });
    equal(headers.get("a"), "x y");
    headers.set("b", `${space}${space}`);
    equal(headers.get("b"), "");
    headers.append("b", `${space}z`);
    equal(headers.get("b"), ", z");
  }
  equal(new Headers({ a: "\x0bx\x0c" }).get("a"), "\x0bx\x0c");
});
test("names are of any case, and told in small letters", () => {
  const headers = new Headers({ "X-One": "1" });
  equal(headers.get("x-ONE"), "1");
  equal([...headers.keys()], ["x-one"]);
  headers.append("x-one", "2");
  headers.set("X-TWO", "3");
  equal(pairs(headers), ["x-one: 1, 2", "x-two: 3"]);
  headers.delete("X-one");
  equal(headers.has("x-one"), false);
});
test("append adds, set replaces all", () => {
  const headers = new Headers();
  headers.append("a", "1");
  headers.append("A", "2");
  equal(headers.get("a"), "1, 2");
  headers.set("a", "3");
  equal(headers.get("a"), "3");
  equal(headers.get("b"), null);
  equal(headers.delete("b"), undefined);
});
test("values that become texts", () => {
  const headers = new Headers();
  for (const [value, text] of [[null, "null"], [undefined, "undefined"], [1, "1"], [{}, "[object Object]"], [[1, 2], "1,2"]]) {
    headers.set("a", value);
    equal(headers.get("a"), text);
  }
});
test("gone through by name, in order", () => {
  const headers = new Headers({ b: "2", A: "1", "c-d": "4", c: "3" });
  equal([...headers.keys()], ["a", "b", "c", "c-d"]);
  equal([...headers.values()], ["1", "2", "3", "4"]);
  equal([...headers.entries()], [["a", "1"], ["b", "2"], ["c", "3"], ["c-d", "4"]]);
  equal([...headers], [...headers.entries()]);
  const seen = [];
  headers.forEach(function (value, name, of) { seen.push([name, value, of === headers, this.me]); }, { me: 7 });
  equal(seen[0], ["a", "1", true, 7]);
  equal(seen.length, 4);
  equal(headers.forEach(() => {}), undefined);
});
test("forEach needs a function", () => {
  for (const wrong of [undefined, null, {}, "x"]) throws(TypeError, () => new Headers().forEach(wrong));
});
test("an error in forEach goes through", () => throws(RangeError, () => new Headers({ a: 1 }).forEach(() => { throw new RangeError(); })));
test("its iterators are of their own kind", () => {
  const headers = new Headers({ a: "1" });
  const base = Object.getPrototypeOf(Object.getPrototypeOf([][Symbol.iterator]()));
  for (const method of ["entries", "keys", "values"]) {
    const iterator = headers[method]();
    const prototype = Object.getPrototypeOf(iterator);
    equal(Object.getPrototypeOf(prototype) === base, true);
    const next = Object.getOwnPropertyDescriptor(prototype, "next");
    equal([next.enumerable, next.configurable, next.writable], [true, true, true]);
    equal(String(iterator), "[object Headers Iterator]");
    equal(iterator[Symbol.iterator]() === iterator, true);
    iterator.next();
    equal(iterator.next(), { value: undefined, done: true });
    equal(iterator.next().done, true);
    throws(TypeError, () => prototype.next.call({}));
  }
  equal(Headers.prototype[Symbol.iterator] === Headers.prototype.entries, true);
});
test("what goes while one goes through is not met", () => {
  const headers = new Headers({ a: "0", b: "1", c: "2" });
  const seen = [];
  for (const [name] of headers) {
    seen.push(name);
    headers.delete("c");
  }
  equal(seen, ["a", "b"]);
});
test("what goes from before the place makes the next be skipped", () => {
  const headers = new Headers({ a: "0", b: "1", c: "2", d: "3" });
  const seen = [];
  for (const [name] of headers) {
    seen.push(name);
    if (name === "b") headers.delete("a");
  }
  equal(seen, ["a", "b", "d"]);
});
test("what comes behind the place is met, what comes before makes one be met twice", () => {
  const behind = new Headers({ a: "0", b: "1" }), before = new Headers({ b: "0", c: "1" });
  const seen = [[], []];
  for (const [name] of behind) {
    seen[0].push(name);
    if (name === "b") behind.append("z", "9");
  }
  for (const [name] of before) {
    seen[1].push(name);
    if (name === "c" && !before.has("a")) before.append("a", "9");
  }
  equal(seen, [["a", "b", "z"], ["b", "c", "c"]]);
});

const cookies = [["set-cookie", "a=1"], ["Set-Cookie", "b=2; path=/"]];
test("cookies are told apart, each in its order", () => {
  const headers = new Headers([["x", "1"], ...cookies, ["accept", "2"], ["set-cookie", "a=0"], ["accept", "3"]]);
  equal(pairs(headers), ["accept: 2, 3", "set-cookie: a=1", "set-cookie: b=2; path=/", "set-cookie: a=0", "x: 1"]);
  equal(headers.get("set-cookie"), "a=1, b=2; path=/, a=0");
  equal(headers.getSetCookie(), ["a=1", "b=2; path=/", "a=0"]);
  equal(headers.has("SET-COOKIE"), true);
});
test("only those of that very name", () => {
  const headers = new Headers([["set-cookie2", "a"], ["set-cookie2", "b"], ["set-cookie", "c"]]);
  equal(pairs(headers), ["set-cookie: c", "set-cookie2: a, b"]);
  equal(headers.getSetCookie(), ["c"]);
});
test("cookies are set, removed, empty and alike", () => {
  const headers = new Headers(cookies);
  headers.set("set-cookie", "c=3");
  equal(headers.getSetCookie(), ["c=3"]);
  headers.append("set-cookie", "c=3");
  headers.append("set-cookie", "");
  equal(headers.getSetCookie(), ["c=3", "c=3", ""]);
  headers.delete("Set-cookie");
  equal([headers.getSetCookie(), [...headers]], [[], []]);
});
test("cookies that come while one goes through", () => {
  const headers = new Headers([["fizz", "1"], ["x", "2"]]), steps = headers[Symbol.iterator]();
  const next = () => steps.next().value;
  equal(next(), ["fizz", "1"]);
  headers.append("set-cookie", "a=b");
  equal(next(), ["set-cookie", "a=b"]);
  headers.append("accept", "y");
  equal(next(), ["set-cookie", "a=b"]);
  equal(next(), ["x", "2"]);
  headers.append("set-cookie", "c=d");
  equal(next(), ["x", "2"]);
  equal(steps.next().done, true);
});
test("as Web IDL has classes", () => {
  equal(String(new Headers()), "[object Headers]");
  const listed = [];
  for (const key in new Headers()) listed.push(key);
  for (const key of ["append", "delete", "get", "getSetCookie", "has", "set", "forEach", "entries", "keys", "values"]) {
    equal(listed.includes(key), true, key);
  }
  for (const method of ["get", "has", "keys", "entries", "values", "getSetCookie"]) {
    for (const other of [undefined, {}, Object.create(Headers.prototype), new Map()]) {
      throws(TypeError, () => Headers.prototype[method].call(other, "a"), method);
    }
  }
});
test("a response that came cannot be changed, one that is made can", () => {
  const made = new Response("x", { headers: { a: "1" } });
  made.headers.set("a", "2");
  equal(made.headers.get("a"), "2");
  equal(new Request("https://a.example", { headers: { b: "3" } }).headers.get("b"), "3");
});
test("the same for URLSearchParams and FormData: changes are met", () => {
  const form = new FormData();
  for (const one of [new URLSearchParams("a=1&b=2&c=3"), form]) {
    if (one === form) for (const name of "abc") form.append(name, name);
    const seen = [];
    for (const [name] of one) {
      seen.push(name);
      one.delete("b");
    }
    equal(seen, ["a", "c"]);
    equal(one[Symbol.iterator] === one.entries, true);
    throws(TypeError, () => one.forEach());
    throws(TypeError, () => one.append("x"));
  }
  equal(String(new URLSearchParams("a").entries()), "[object URLSearchParams Iterator]");
  equal(String(form.keys()), "[object FormData Iterator]");
});
