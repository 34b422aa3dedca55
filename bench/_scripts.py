"""What the benches of isolates run: a generated prelude, one small guild script, and a payload of usual size.

The prelude stands in for the SDK until that exists, and is seeded, so that every run and every peer has the same:
some 200 KB of classes and functions with the kinds of body that a client library has. It ends with a registry of
handlers; a tail for each runtime connects that registry to whatever brings events there.
"""

import itertools
import json
import random
from collections.abc import Callable, Iterator
from typing import Final

PRELUDE_BYTES: Final = 200_000
_SEED: Final = 20_261_121
_WORDS: Final = ("guild", "member", "channel", "message", "role", "embed", "button", "thread", "emoji", "webhook")
_VERBS: Final = ("resolve", "parse", "merge", "format", "collect", "validate", "cache", "compare", "encode", "patch")

GUILD_SCRIPT: Final = """
const seen = new Map();
on("message", async (message) => {
  const author = message.author?.id ?? "nobody";
  seen.set(author, (seen.get(author) ?? 0) + 1);
  return `${message.content}: ${seen.get(author)}`;
});
on("three_ops", async (message) => {
  const author = message.author.id;
  const count = await op("kv.get", { key: `count:${author}` });
  await op("kv.set", { key: `count:${author}`, value: (count?.value ?? 0) + 1 });
  const content = `${message.author.username}: ${message.content.length}`;
  await op("rest.send", { channel: message.channel_id, content });
});
"""
"""Handlers of a script as it is usually written: one that counts, one that reads, writes and answers."""

FIRST_EVENT: Final = '{"content": "ping", "author": {"id": "1"}}'
FIRST_ANSWER: Final = "ping: 1"

_REGISTRY: Final = """
const handlers = new Map();
globalThis.on = (name, handler) => {
  const list = handlers.get(name);
  if (list === undefined) handlers.set(name, [handler]);
  else list.push(handler);
};
const dispatch = async (name, payload) => {
  let answer;
  for (const handler of handlers.get(name) ?? []) answer = await handler(payload);
  return answer;
};
"""
_FLORA_TAIL: Final = """
const host = globalThis.__host;
globalThis.op = host.op;
host.setDispatcher(dispatch);
host.setRegistrations(() => ({ events: [...handlers.keys()] }));
"""
_PEER_TAIL: Final = "globalThis.dispatch = dispatch;"


def flora_prelude() -> str:
    return _wrap(_FLORA_TAIL)


def peer_prelude() -> str:
    """The same, with `dispatch(name, payload)` left where the peer's own script finds it."""
    return _wrap(_PEER_TAIL)


def _wrap(tail: str) -> str:
    return f'(() => {{\n"use strict";\n{_library()}\n{_REGISTRY}\n{tail}\n}})();\n'


def message_payload(number: int) -> bytes:
    """A MESSAGE_CREATE of 850 bytes or so."""
    message: dict[str, object] = {
        "id": str(1_300_000_000_000_000_000 + number),
        "channel_id": "1190000000000000001",
        "guild_id": "1190000000000000000",
        "type": 0,
        "content": f"Has anyone tried the new map yet? I am stuck at level {number % 100} \u2013 and so is my brother.",
        "timestamp": "2026-11-21T12:00:00.000000+00:00",
        "edited_timestamp": None,
        "tts": False,
        "pinned": False,
        "mention_everyone": False,
        "mentions": [],
        "mention_roles": [],
        "attachments": [],
        "embeds": [],
        "flags": 0,
        "nonce": str(number),
        "components": [],
        "author": {
            "id": str(900_000_000_000_000_000 + number % 50),
            "username": f"someone{number % 50}",
            "global_name": "Someone Else",
            "avatar": "a_1b2c3d4e5f60718293a4b5c6d7e8f901",
            "discriminator": "0",
            "public_flags": 64,
        },
        "member": {
            "roles": ["1190000000000000010", "1190000000000000011"],
            "joined_at": "2025-01-02T03:04:05.000000+00:00",
            "nick": None,
            "avatar": None,
            "deaf": False,
            "mute": False,
            "flags": 0,
            "pending": False,
            "communication_disabled_until": None,
        },
    }
    return json.dumps(message, ensure_ascii=False, separators=(",", ":")).encode()


# -- the generated library ----------------------------------------------------------------------------------------


def _library() -> str:
    source = random.Random(_SEED)
    parts: list[str] = []
    size = 0
    for part in _parts(source):
        if size >= PRELUDE_BYTES:
            break
        parts.append(part)
        size += len(part) + 1
    return "\n".join(parts)


def _parts(source: random.Random) -> Iterator[str]:
    yield "const registry = new Map();"
    yield "class Base { constructor(data) { this.raw = data; } toJSON() { return this.raw; } }"
    for number in itertools.count(1):
        yield _class(source, number) if number % 3 else _table(source, number)


def _class(source: random.Random, number: int) -> str:
    word = source.choice(_WORDS)
    fields = source.sample(_WORDS, 4)
    assignments = "\n".join(f"    this.{field} = data.{field} ?? null;" for field in fields)
    methods = "\n".join(
        source.choice(_METHODS)(f"{source.choice(_VERBS)}{index}", source.choice(fields), source.randrange(1000))
        for index in range(source.randrange(4, 9))
    )
    name = f"{word.title()}{number}"
    parent, call = ("", "") if number % 4 else (" extends Base", "    super(data);\n")
    return (
        f"class {name}{parent} {{\n  #hidden = {number};\n"
        f"  constructor(data = {{}}) {{\n{call}{assignments}\n  }}\n"
        f"  get hidden() {{ return this.#hidden; }}\n{methods}\n}}\n"
        f"registry.set('{name}', {name});"
    )


def _table(source: random.Random, number: int) -> str:
    rows = ", ".join(f"{source.choice(_WORDS)}_{index}: {source.randrange(1 << 20)}" for index in range(12))
    return (
        f"const Flags{number} = Object.freeze({{ {rows} }});\n"
        f"function names{number}(bits) {{\n  const found = [];\n"
        f"  for (const [name, bit] of Object.entries(Flags{number})) if ((bits & bit) === bit) found.push(name);\n"
        f"  return found;\n}}\nregistry.set('flags{number}', names{number});"
    )


def _method_of_text(name: str, field: str, number: int) -> str:
    return (
        f"  {name}(text, options = {{}}) {{\n"
        f"    const limit = options.limit ?? {number + 1};\n"
        f"    if (typeof text !== 'string') throw new TypeError(`{field} must be text, not ${{typeof text}}`);\n"
        f"    const parts = text.split(/\\s+|,/u).filter((part) => part.length > 0).slice(0, limit);\n"
        f"    return parts.map((part, index) => `${{index}}:${{part.toLowerCase()}}`).join('-');\n  }}"
    )


def _method_of_collection(name: str, field: str, number: int) -> str:
    return (
        f"  {name}(items) {{\n    const byKey = new Map();\n"
        f"    for (const item of items ?? []) {{\n      const key = item.{field} ?? {number};\n"
        f"      const group = byKey.get(key);\n"
        f"      if (group) group.push(item); else byKey.set(key, [item]);\n    }}\n"
        f"    const ordered = [...byKey].sort(([, a], [, b]) => b.length - a.length);\n"
        f"    return ordered.map(([key, group]) => ({{ key, group }}));\n  }}"
    )


def _method_with_awaits(name: str, field: str, number: int) -> str:
    return (
        f"  async {name}(call, {{ tries = 3, ...rest }} = {{}}) {{\n"
        f"    for (let attempt = 0; attempt < tries; attempt++) {{\n"
        f"      try {{\n        return await call('{field}', {{ ...rest, attempt, number: {number} }});\n"
        f"      }} catch (error) {{\n"
        f"        if (error?.code !== 'RATE_LIMITED' || attempt === tries - 1) throw error;\n      }}\n"
        f"    }}\n    return this.{field};\n  }}"
    )


_METHODS: Final[tuple[Callable[[str, str, int], str], ...]] = (
    _method_of_text,
    _method_of_collection,
    _method_with_awaits,
)
