// TextEncoder, TextDecoder and their streams, by the Encoding Standard; atob and btoa, by HTML's.
const bytes = (...values) => new Uint8Array(values);
const hex = (given) => [...given].map((byte) => byte.toString(16)).join(" ");
const decode = (label, given, options) => new TextDecoder(label, options).decode(given);
const FFFD = "\ufffd";

const LABELS = {
  "utf-8": ["unicode-1-1-utf-8", "unicode11utf8", "unicode20utf8", "utf-8", "utf8", "x-unicode20utf8"],
  "utf-16be": ["unicodefffe", "utf-16be"],
  "utf-16le": ["csunicode", "iso-10646-ucs-2", "ucs-2", "unicode", "unicodefeff", "utf-16", "utf-16le"],
  "windows-1252": [
    "ansi_x3.4-1968", "ascii", "cp1252", "cp819", "csisolatin1", "ibm819", "iso-8859-1", "iso-ir-100", "iso8859-1", "iso88591",
    "iso_8859-1", "iso_8859-1:1987", "l1", "latin1", "us-ascii", "windows-1252", "x-cp1252",
  ],
};
for (const name of Object.keys(LABELS)) {
  for (const label of LABELS[name]) {
    test(`${label} is ${name}`, () => {
      for (const written of [label, label.toUpperCase(), ` ${label}\t`, `\n\f\r${label}\r`]) equal(new TextDecoder(written).encoding, name);
      for (const wrong of [`\0${label}`, `${label}\0`, `\u00a0${label}`, `${label}\u2028`, `\u000b${label}`]) throws(RangeError, () => new TextDecoder(wrong));
    });
  }
}
for (const wrong of ["", "invalid", "utf-32", "utf-7", "replacement", "iso-2022-kr", "\u017fcii", "latin\u2081"]) {
  test(`${JSON.stringify(wrong)} is no encoding`, () => throws(RangeError, () => new TextDecoder(wrong)));
}
test("as they come", () => {
  const decoder = new TextDecoder();
  equal([decoder.encoding, decoder.fatal, decoder.ignoreBOM], ["utf-8", false, false]);
  const other = new TextDecoder("utf-16", { fatal: 1, ignoreBOM: "yes" });
  equal([other.encoding, other.fatal, other.ignoreBOM], ["utf-16le", true, true]);
  equal([new TextEncoder("utf-16").encoding, String(decoder), String(new TextEncoder())], ["utf-8", "[object TextDecoder]", "[object TextEncoder]"]);
  equal([Object.keys(decoder), "fatal" in TextDecoder.prototype], [[], true]);
  throws(TypeError, () => Object.getOwnPropertyDescriptor(TextDecoder.prototype, "fatal").get.call({}));
});
test("nothing, undefined and other things to encode", () => {
  for (const [given, text] of [[undefined, ""], ["", ""], [null, "null"], [5, "5"]]) equal(decode("utf-8", new TextEncoder().encode(given)), text);
  equal(new TextEncoder().encode().length, 0);
  throws(TypeError, () => new TextEncoder().encode(Symbol("x")));
});
test("halves of characters are encoded as replacements", () => {
  for (const [given, text] of [["\ud834\udd1e", "f0 9d 84 9e"], ["\ud834", "ef bf bd"], ["\udd1e", "ef bf bd"], ["\udd1e\ud834", "ef bf bd ef bf bd"], ["a\ud834b", "61 ef bf bd 62"]]) {
    equal(hex(new TextEncoder().encode(given)), text);
  }
});
test("every point of Unicode there and back", () => {
  for (let start = 0; start < 0x110000; start += 0x1000) {
    let text = "";
    for (let point = start; point < start + 0x1000; point += 7) if (point < 0xd800 || point > 0xdfff) text += String.fromCodePoint(point);
    equal(decode("utf-8", new TextEncoder().encode(text), { ignoreBOM: true }) === text, true, start.toString(16));
  }
});

const INTO = [
  ["Hi", 0, 0, ""], ["Hi", 10, 2, "48 69"], ["A", 10, 1, "41"], ["\u{1d306}", 4, 2, "f0 9d 8c 86"], ["\u{1d306}A", 3, 0, ""],
  ["\ud834A\udf06A\u00a5Hi", 10, 5, "ef bf bd 41 ef bf bd 41 c2 a5"], ["A\udf06", 4, 2, "41 ef bf bd"], ["\u00a5\u00a5", 4, 2, "c2 a5 c2 a5"], ["\u00a5\u00a5", 3, 1, "c2 a5"],
];
for (const [text, room, read, written] of INTO) {
  test(`encodeInto ${JSON.stringify(text)} with room for ${room}`, () => {
    for (const filler of [0, 128]) {
      const buffer = new Uint8Array(room + 6).fill(filler), view = buffer.subarray(4, 4 + room);
      const length = written === "" ? 0 : written.split(" ").length;
      equal(new TextEncoder().encodeInto(text, view), { read, written: length });
      equal(hex(view.subarray(0, length)), written);
      equal([...buffer.subarray(0, 4), ...view.subarray(length), ...buffer.subarray(4 + room)].every((byte) => byte === filler), true);
    }
  });
}
test("encodeInto writes into a Uint8Array", () => {
  for (const wrong of [new ArrayBuffer(4), new DataView(new ArrayBuffer(4)), new Int8Array(4), new Uint16Array(4), [], {}]) {
    throws(TypeError, () => new TextEncoder().encodeInto("a", wrong));
  }
  throws(TypeError, () => new TextEncoder().encodeInto("a"));
  const gone = new Uint8Array(4);
  gone.buffer.transfer();
  equal(new TextEncoder().encodeInto("a", gone), { read: 0, written: 0 });
});

const BAD_UTF8 = [
  [[0xff], FFFD], [[0xc0], FFFD], [[0xe0], FFFD], [[0xc0, 0x00], FFFD + "\0"], [[0xc0, 0xc0], FFFD + FFFD], [[0xe0, 0x00], FFFD + "\0"], [[0xe0, 0x80, 0x00], FFFD + FFFD + "\0"],
  [[0xe0, 0x80, 0x80], FFFD.repeat(3)], [[0xfc, 0x80, 0x80, 0x80, 0x80, 0x80], FFFD.repeat(6)], [[0xf0, 0x80, 0x80, 0x80], FFFD.repeat(4)], [[0xc1, 0xbf], FFFD + FFFD],
  [[0xed, 0xa0, 0x80], FFFD.repeat(3)], [[0xed, 0xbf, 0xbf], FFFD.repeat(3)], [[0xf4, 0x90, 0x80, 0x80], FFFD.repeat(4)], [[0xf8, 0x88], FFFD + FFFD],
  [[0xf0], FFFD], [[0xf0, 0x9f], FFFD], [[0xf0, 0x9f, 0x92], FFFD], [[0xf0, 0x9f, 0x41], FFFD + "A"], [[0xf0, 0x41, 0x42], FFFD + "AB"], [[0xf0, 0x8f, 0x92], FFFD.repeat(3)],
  [[0x80], FFFD], [[0x41, 0xc8], "A" + FFFD],
];
for (const [given, text] of BAD_UTF8) {
  test(`the bytes ${hex(given)} are not UTF-8`, () => {
    equal(decode("utf-8", bytes(...given)), text);
    throws(TypeError, () => decode("utf-8", bytes(...given), { fatal: true }));
    const decoder = new TextDecoder();
    let streamed = "";
    for (const byte of given) streamed += decoder.decode(bytes(byte), { stream: true });
    equal(streamed + decoder.decode(), text);
  });
}
for (const [label, given, text] of [
  ["utf-16le", [0x00], FFFD], ["utf-16le", [0x00, 0xd8], FFFD], ["utf-16le", [0x00, 0xd8, 0x00, 0x00], FFFD + "\0"], ["utf-16le", [0x00, 0xdc, 0x00, 0x00], FFFD + "\0"],
  ["utf-16le", [0x00, 0xdc, 0x00, 0xd8], FFFD + FFFD], ["utf-16le", [0x00, 0xd8, 0x00], FFFD], ["utf-16be", [0xd8, 0x00, 0x00, 0x41], FFFD + "A"], ["utf-16be", [0xd8, 0x00, 0xd8, 0x00, 0xdc, 0x00], FFFD + "\u{10000}"],
]) {
  test(`the bytes ${hex(given)} are not ${label}`, () => {
    equal(decode(label, bytes(...given)), text);
    throws(TypeError, () => decode(label, bytes(...given), { fatal: true }));
  });
}
test("one that has refused something starts anew", () => {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  throws(TypeError, () => decoder.decode(bytes(226, 153), {}));
  equal(decoder.decode(bytes(226, 153, 165)), "\u2665");
  throws(TypeError, () => decoder.decode(bytes(255), { stream: true }));
  equal(decoder.decode(bytes(65)), "A");
});

const SAMPLE = "z\u00a2\u6c34\u{1d11e}\u{f0000}\u{10fffd}\ud7ffé";
const units = (big) => bytes(...[...Array(SAMPLE.length)].flatMap((_, index) => {
  const code = SAMPLE.charCodeAt(index);
  return big ? [code >> 8, code & 255] : [code & 255, code >> 8];
}));
for (const [label, all] of [["utf-8", new TextEncoder().encode(SAMPLE)], ["utf-16le", units(false)], ["utf-16be", units(true)]]) {
  for (const size of [1, 2, 3, 4, 5]) {
    test(`${label} in pieces of ${size}`, () => {
      const decoder = new TextDecoder(label);
      let text = "";
      for (let at = 0; at < all.length; at += size) text += decoder.decode(all.subarray(at, at + size), { stream: true });
      equal(text + decoder.decode(), SAMPLE);
    });
  }
  test(`${label} out of every kind of view, and out of nothing`, () => {
    for (const given of [all.buffer.slice(all.byteOffset, all.byteOffset + all.length), new DataView(all.buffer, all.byteOffset, all.length), new Uint8ClampedArray(all), new Int8Array(all)]) equal(decode(label, given), SAMPLE);
    equal([decode(label), decode(label, undefined), decode(label, new ArrayBuffer(0))], ["", "", ""]);
    for (const wrong of [null, "text", 5, [1], {}]) throws(TypeError, () => decode(label, wrong));
  });
}
const MARKS = { "utf-8": [0xef, 0xbb, 0xbf], "utf-16le": [0xff, 0xfe], "utf-16be": [0xfe, 0xff] };
for (const label of Object.keys(MARKS)) {
  const a = { "utf-8": [97], "utf-16le": [97, 0], "utf-16be": [0, 97] }[label];
  test(`the mark of ${label}`, () => {
    const marked = bytes(...MARKS[label], ...a, ...MARKS[label]);
    equal([decode(label, marked), decode(label, marked, { ignoreBOM: true })], ["a\ufeff", "\ufeffa\ufeff"]);
    const decoder = new TextDecoder(label);
    for (let times = 0; times < 2; times++) {
      let text = "";
      for (const byte of marked) text += decoder.decode(bytes(byte), { stream: true });
      equal(text + decoder.decode(), "a\ufeff");
      equal(decoder.decode(marked), "a\ufeff");
    }
    equal(decode(label, bytes(...MARKS[label].slice(0, -1))), FFFD);
  });
}
test("windows-1252 has a letter for each byte", () => {
  const all = Uint8Array.from({ length: 256 }, (_, index) => index), text = decode("latin1", all, { fatal: true });
  equal([text.length, text.slice(0, 128), text.slice(0xa0)], [256, String.fromCharCode(...all.slice(0, 128)), String.fromCharCode(...all.slice(0xa0))]);
  equal(text.slice(0x80, 0xa0), "€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ");
});

const through = async (stream, pieces) => {
  const writer = stream.writable.getWriter(), reader = stream.readable.getReader(), out = [];
  const writing = (async () => { for (const piece of pieces) await writer.write(piece); await writer.close(); })();
  writing.catch(() => {});
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return out;
    out.push(value);
  }
};
test("a stream of bytes, with characters between the pieces", async () => {
  equal(await through(new TextDecoderStream(), [bytes(240, 159), bytes(), bytes(146, 153, 65)]), ["\u{1f499}A"]);
  equal(await through(new TextDecoderStream(), [bytes(240, 159, 146)]), [FFFD]);
  equal(await through(new TextDecoderStream("utf-16le", { ignoreBOM: true }), [bytes(0xff), bytes(0xfe)]), ["\ufeff"]);
  equal(await through(new TextDecoderStream(), [bytes(0xef, 0xbb), bytes(0xbf, 65)]), ["A"]);
});
test("a stream of bytes that must be right", async () => {
  await rejects(TypeError, through(new TextDecoderStream("utf-8", { fatal: true }), [bytes(255)]));
  await rejects(TypeError, through(new TextDecoderStream("utf-8", { fatal: true }), [bytes(240)]));
  throws(RangeError, () => new TextDecoderStream("none"));
});
for (const wrong of [undefined, null, 3.14, {}, "string", [65]]) {
  test(`a stream of bytes is given ${JSON.stringify(wrong) ?? "nothing"}`, () => rejects(TypeError, through(new TextDecoderStream(), [wrong])));
}
test("a stream of texts, with halves between the pieces", async () => {
  const told = async (...pieces) => (await through(new TextEncoderStream(), pieces)).map(hex);
  equal(await told("a", "é"), ["61", "c3 a9"]);
  equal(await told("\ud83d", "\udc99"), ["f0 9f 92 99"]);
  equal(await told("A\ud83d", "B"), ["41", "ef bf bd 42"]);
  equal(await told("\ud83d", "\ud83d", "\udc99"), ["ef bf bd", "f0 9f 92 99"]);
  equal(await told("\ud83d", "", "\udc99"), ["f0 9f 92 99"]);
  equal(await told("\udc99", "\ud83d"), ["ef bf bd", "ef bf bd"]);
  equal(await told("", ""), []);
});
test("a stream of texts is given other things", async () => {
  const told = async (piece) => decode("utf-8", (await through(new TextEncoderStream(), [piece]))[0]);
  equal([await told(undefined), await told(null), await told(3.14), await told({}), await told([1])], ["undefined", "null", "3.14", "[object Object]", "1"]);
  await rejects(RangeError, told({ toString() { throw new RangeError(); } }));
  await rejects(TypeError, told(Symbol("x")));
});
test("streams as Web IDL has them", () => {
  const decoder = new TextDecoderStream("latin1", { fatal: true });
  equal([decoder.encoding, decoder.fatal, decoder.ignoreBOM, new TextEncoderStream().encoding], ["windows-1252", true, false, "utf-8"]);
  equal([decoder.readable instanceof ReadableStream, decoder.writable instanceof WritableStream, decoder.readable === decoder.readable], [true, true, true]);
  equal([String(decoder), Object.keys(decoder)], ["[object TextDecoderStream]", []]);
});

for (const [given, text] of [["", ""], ["ab", "YWI="], ["abc", "YWJj"], ["abcd", "YWJjZA=="], ["\x80\xff\0", "gP8A"], [null, "bnVsbA=="], [undefined, "dW5kZWZpbmVk"], [12, "MTI="], [true, "dHJ1ZQ=="], [NaN, "TmFO"]]) {
  test(`btoa of ${JSON.stringify(given) ?? "nothing"}`, () => {
    equal(btoa(given), text);
    equal(atob(text), String(given));
  });
}
for (const [given, text] of [["YWI", "ab"], [" Y\tW\nI\f=\r", "ab"], ["YQ", "a"], ["YR", "a"], ["//8=", "\xff\xff"], ["++A=", "\xfb\xe0"], [null, "\x9e\xe9e"], [12, "\xd7"], ["NaN", "5\xa3"], ["  ", ""]]) {
  test(`atob of ${JSON.stringify(given)}`, () => equal(atob(given), text));
}
for (const wrong of ["a", "aaaaa", "=", "a=", "ab=", "====", "a===", "ab===", "abcd=", "abcd====", "ab=c", "a-_b", "é", "ab\u00a0", "a\x0bcd", undefined]) {
  test(`atob of ${JSON.stringify(wrong) ?? "nothing"}`, () => throws("InvalidCharacterError", () => atob(wrong)));
}
test("btoa takes bytes only, and both need something", () => {
  for (const wrong of ["\u0100", "€", "a\u2028"]) throws("InvalidCharacterError", () => btoa(wrong));
  throws(TypeError, () => btoa());
  throws(TypeError, () => atob());
});
