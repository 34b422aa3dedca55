"""What the benches of isolates run: the SDK's prelude, one small guild script, and a payload of usual size.

Flora's peers run the same prelude and the same script. The prelude asks its host for a few functions, which
`peers/head.js` gives it there; and it leaves `dispatch(name, payload)` where each peer's own script finds it.
"""

import json
from typing import Final

from actors.isolate.process import default_prelude
from bench.harness import HERE

EVENT: Final = "messageCreate"
EVENT_WITH_OPS: Final = "messageUpdate"

GUILD_SCRIPT: Final = f"""
const seen = new Map();
on("{EVENT}", async ({{ msg }}) => {{
  const author = msg.author?.id ?? "nobody";
  seen.set(author, (seen.get(author) ?? 0) + 1);
  globalThis.answer = `${{msg.content}}: ${{seen.get(author)}}`;
}});
on("{EVENT_WITH_OPS}", async ({{ msg }}) => {{
  const author = msg.author.id;
  const count = await op("kv.get", {{ key: `count:${{author}}` }});
  await op("kv.set", {{ key: `count:${{author}}`, value: (count?.value ?? 0) + 1 }});
  const content = `${{msg.author.username}}: ${{msg.content.length}}`;
  await op("rest.send", {{ channel: msg.channel_id, content }});
}});
"""
"""Handlers of a script as it is usually written: one that counts, one that reads, writes and answers."""

FIRST_EVENT: Final = '{"content": "ping", "author": {"id": "1"}}'
FIRST_ANSWER: Final = "ping: 1"


def peer_prelude() -> str:
    return (HERE / "peers" / "head.js").read_text() + default_prelude().source


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
