"""Every block of code in the guide and the README loads by itself, and what it registers runs."""

import re
from pathlib import Path
from typing import Any, Final

import msgspec
import pytest

from actors.isolate.isolate import Run
from actors.isolate.process import Zygote, open_zygote
from actors.outcomes import LoadOutcome, RunOutcome
from api.cli.stage import open_stage
from sdk.bundler import open_bundler

ROOT: Final = Path(__file__).parents[2]
BLOCKS: Final = [
    block
    for page in ("docs/sdk.md", "README.md")
    for block in re.findall(r"```ts\n(.*?)```", (ROOT / page).read_text(), re.DOTALL)
]
_USER: Final[dict[str, Any]] = {
    "id": "900000000000000007",
    "username": "anna",
    "global_name": None,
    "discriminator": "0",
    "bot": False,
}
_MEMBER: Final[dict[str, Any]] = {"user": _USER, "roles": [], "permissions": "8", "joined_at": "2026-01-01T00:00:00Z"}
_PLACE: Final[dict[str, Any]] = {"guild_id": "999000000000000000", "channel_id": "333000000000000000"}
_OBJECTS: Final[dict[int, Any]] = {3: "banana", 4: 2, 5: True, 6: _USER["id"], 10: 1.5}
_CONTENTS: Final = re.compile(r'"(!\w+)"')


def _message(content: str) -> dict[str, Any]:
    stamped = {"id": "1190000000000000055", "timestamp": "2026-01-01T00:00:00Z", "type": 0}
    return {**_PLACE, **stamped, "author": _USER, "member": _MEMBER, "content": content, "mentions": [], "embeds": []}


def _interaction(kind: int, data: dict[str, Any]) -> dict[str, Any]:
    named = {"id": "1190000000000000077", "application_id": "222000000000000000", "token": "token", "version": 1}
    message = {"message": _message("")} if kind == 3 else {}
    return {**_PLACE, **named, "type": kind, "member": _MEMBER, "locale": "en-US", "data": data, **message}


def _uses(command: dict[str, Any]) -> list[dict[str, Any]]:
    """One use of a command, or of each of its subcommands."""
    kind = command.get("type", 1)
    if kind == 1:
        return [{"name": command["name"], "type": 1, "options": one} for one in _filled(command.get("options", []))]
    target: dict[str, Any] = {"users": {_USER["id"]: _USER}} if kind == 2 else {"messages": {"55": _message("quoted")}}
    [[identity]] = [list(objects) for objects in target.values()]
    return [{"name": command["name"], "type": kind, "target_id": identity, "resolved": target}]


def _filled(options: list[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    nested = [option for option in options if option["type"] <= 2]
    if not nested:
        given = [option for option in options if option.get("required")]
        return [[{"name": one["name"], "type": one["type"], "value": _OBJECTS[one["type"]]} for one in given]]
    return [
        [{"name": option["name"], "type": option["type"], "options": inner}]
        for option in nested
        for inner in _filled(option.get("options", []))
    ]


def _happenings(source: str, listed: dict[str, Any]) -> list[tuple[str, Any]]:
    """Whatever may happen to a script: its commands, the messages that it looks for, its custom ids, its times."""
    found: list[tuple[str, Any]] = []
    for command in listed.get("commands", []):
        found += [("interactionCreate", _interaction(2, use)) for use in _uses(command)]
    events = listed.get("events", [])
    if "messageCreate" in events:
        found += [("messageCreate", _message(content)) for content in [*_CONTENTS.findall(source), "hello", "!add 1 2"]]
    if "messageUpdate" in events:
        found.append(("~messageUpdate", [_message("new"), _message("old")]))
    if "guildMemberAdd" in events:
        found.append(("guildMemberAdd", {**_PLACE, **_MEMBER}))
    for cron in listed.get("crons", []):
        found.append(("__cron", {"name": cron["name"], "scheduledFor": "2026-01-01T00:00:00Z", "runId": "1"}))
    for name in listed.get("timers", []):
        found.append(("__timer", {"name": name, "payload": {"who": "7"}, "scheduledFor": "2026-01-01T00:00:00Z"}))
    return found + _components(listed.get("components", []))


def _components(patterns: list[str]) -> list[tuple[str, Any]]:
    answered = [{"type": 18, "component": {"type": 4, "custom_id": "text", "value": "because"}}]
    ids = [re.sub(r"\{\w+\}", "5", pattern) for pattern in patterns]
    ids = [one.replace("*", "0:900000000000000007:on" if "page" in one else "yes:900000000000000007:") for one in ids]
    found: list[tuple[str, Any]] = []
    for custom_id in ids:
        kind = 5 if custom_id.startswith("why") else 3
        data: dict[str, Any] = {"components": answered} if kind == 5 else {"component_type": 2}
        if custom_id == "topic":
            data = {"component_type": 3, "values": ["food"]}
        found.append(("interactionCreate", _interaction(kind, {"custom_id": custom_id, **data})))
    return found


async def _exercise(zygote: Zygote, source: str, bundled: str) -> list[Run]:
    async with open_stage() as stage:
        stage.respond("fetch", {"json": {"degrees": 21}})
        isolate = await zygote.fork(stage.hear)
        loaded = await isolate.load(bundled)
        assert loaded.outcome is LoadOutcome.LOADED, (loaded, source)
        happened = _happenings(source, loaded.registrations)
        runs = [await isolate.dispatch(name, msgspec.json.encode(payload)) for name, payload in happened]
        await isolate.close()
        return runs


@pytest.mark.parametrize("block", range(len(BLOCKS)))
async def test_a_block_of_the_guide_runs(block: int, tmp_path_factory: pytest.TempPathFactory) -> None:
    source = BLOCKS[block]
    async with open_bundler(cache=tmp_path_factory.getbasetemp() / "esbuild") as bundler, open_zygote() as zygote:
        bundled = await bundler.bundle({"main.ts": source}, "main.ts")
        runs = await _exercise(zygote, source, bundled.source)

    assert runs, source
    assert [run for run in runs if run.outcome is not RunOutcome.OK] == [], source
