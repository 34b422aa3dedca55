"""What a visitor of the page does: each action of the page by its name."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, Final, cast

from simcord.backend.models import Interaction

from gateway.local import people as persons
from gateway.local.faults import Fault, Faults
from gateway.local.panel import Panel, PanelError
from gateway.local.people import Files, People
from gateway.local.world import World


@dataclass
class Hands:
    """What an action can reach."""

    world: World
    faults: Faults
    people: People
    panel: Panel | None = None

    def inject(self, name: str, guild: int, body: Mapping[str, Any]) -> None:
        """An event as if Discord had sent it; it changes nothing in the model."""
        self.world.backend.emit(name.upper(), {"guild_id": str(guild), **body})

    def play(self, name: str) -> None:
        """A bad day, by its name on the page."""
        faults = self.faults
        match name:
            case "drop":
                faults.drop_connections()
            case "freeze":
                faults.freeze_connections()
            case "reconnect":
                faults.reconnect()
            case "invalidate":
                faults.invalidate(resumable=False)
            case "outage":
                faults.outage = not faults.outage
            case "500" | "429":
                faults.add(Fault(status=int(name), times=3))
            case _:
                raise ValueError(name)

    def panel_or_refuse(self) -> Panel:
        if self.panel is None:
            raise PanelError("No runtime stands behind this page: start it with `flora dev`.")
        return self.panel


@dataclass(frozen=True, slots=True)
class Doing:
    """An action, with what every action has taken out."""

    person: int
    channel: int
    guild: int
    message: int
    given: Mapping[str, Any]
    files: Files

    @classmethod
    def read(cls, action: Mapping[str, Any], files: Files, guild: int) -> "Doing":
        def number(key: str, default: int = 0) -> int:
            return int(action.get(key) or default)

        return cls(number("as"), number("channel"), number("guild", guild), number("message"), action, files)


_Act = Callable[[Hands, Doing], Interaction | None]
_Ask = Callable[[Hands, Doing], Awaitable[None]]


def _listed(value: object) -> list[object]:
    return cast("list[object]", value) if isinstance(value, list) else []


def _say(hands: Hands, do: Doing) -> None:
    reply = do.given.get("reply")
    files = [file for several in do.files.values() for file in several]
    stickers = [int(str(one)) for one in _listed(do.given.get("stickers"))]
    hands.people.say(
        do.person, do.channel, str(do.given["text"]), reply_to=None if reply is None else int(reply), files=files,
        stickers=stickers,
    )  # fmt: skip


def _edit(hands: Hands, do: Doing) -> None:
    hands.people.edit(do.person, do.channel, do.message, str(do.given["text"]))


def _delete(hands: Hands, do: Doing) -> None:
    hands.people.delete(do.person, do.channel, do.message)


def _react(hands: Hands, do: Doing) -> None:
    hands.people.react(do.person, do.channel, do.message, str(do.given["emoji"]))


def _pin(hands: Hands, do: Doing) -> None:
    hands.people.pin(do.person, do.channel, do.message)


def _vote(hands: Hands, do: Doing) -> None:
    hands.people.vote(do.person, do.channel, do.message, [int(str(one)) for one in _listed(do.given["answers"])])


def _type(hands: Hands, do: Doing) -> None:
    hands.people.types(do.person, do.channel)


def _thread(hands: Hands, do: Doing) -> None:
    hands.people.begin_thread(do.person, do.channel, do.message, str(do.given["name"]))


def _voice(hands: Hands, do: Doing) -> None:
    place, flags = do.given.get("place"), cast("dict[str, object]", do.given.get("flags") or {})
    known = {name: bool(flags[name]) for name in persons.VOICE_FLAGS if name in flags}
    hands.people.voice(do.person, do.guild, None if place is None else int(place), known)


def _command(hands: Hands, do: Doing, *, ask: bool = False) -> Interaction:
    options = cast("list[dict[str, Any]]", _listed(do.given.get("options")))
    return hands.people.command(do.person, do.channel, str(do.given["name"]), options, do.files, ask=ask)


def _context(hands: Hands, do: Doing) -> Interaction:
    kind, target = int(do.given["type"]), int(do.given["target"])
    if kind not in {persons.USER_COMMAND, persons.MESSAGE_COMMAND}:
        raise ValueError(kind)
    return hands.people.context(do.person, do.channel, kind, str(do.given["name"]), target)


def _component(hands: Hands, do: Doing) -> Interaction:
    values = [str(one) for one in _listed(do.given.get("values"))]
    return hands.people.component(do.person, do.channel, do.message, str(do.given["custom_id"]), values)


def _modal(hands: Hands, do: Doing) -> Interaction:
    return hands.people.modal(do.person, int(do.given["opened"]), do.given["values"], do.files)


def _join(hands: Hands, do: Doing) -> None:
    hands.people.join(do.guild, str(do.given["name"]))


def _come_back(hands: Hands, do: Doing) -> None:
    hands.people.come_back(do.guild, int(do.given["member"]))


def _leave(hands: Hands, do: Doing) -> None:
    hands.people.leave(do.guild, int(do.given["member"]))


def _role(hands: Hands, do: Doing) -> None:
    hands.people.set_role(do.guild, int(do.given["member"]), int(do.given["role"]), held=bool(do.given["held"]))


def _inject(hands: Hands, do: Doing) -> None:
    body = do.given["body"]
    if not isinstance(body, dict):
        raise TypeError("an event's body is a JSON object")
    hands.inject(str(do.given["name"]), do.guild, cast("dict[str, Any]", body))


def _fault(hands: Hands, do: Doing) -> None:
    hands.play(str(do.given["fault"]))


async def _cron(hands: Hands, do: Doing) -> None:
    await hands.panel_or_refuse().run_cron(do.guild, str(do.given["name"]))


async def _example(hands: Hands, do: Doing) -> None:
    await hands.panel_or_refuse().try_example(do.guild, str(do.given["name"]))


_ACTIONS: Final[Mapping[str, _Act]] = {
    "say": _say,
    "edit": _edit,
    "delete": _delete,
    "react": _react,
    "pin": _pin,
    "vote": _vote,
    "type": _type,
    "thread": _thread,
    "voice": _voice,
    "command": _command,
    "autocomplete": partial(_command, ask=True),
    "context": _context,
    "component": _component,
    "modal": _modal,
    "join": _join,
    "come back": _come_back,
    "leave": _leave,
    "role": _role,
    "inject": _inject,
    "fault": _fault,
}
_ASKS: Final[Mapping[str, _Ask]] = {"cron": _cron, "example": _example}


async def act(hands: Hands, do: Doing) -> Interaction | None:
    """Do it; gives the interaction that it began, if it did. Raises BackendError, PanelError, or whatever a field that
    is missing or odd raises."""
    kind = str(do.given.get("kind"))
    if kind in _ASKS:
        await _ASKS[kind](hands, do)
        return None
    if kind not in _ACTIONS:
        raise ValueError(f"there is no action {kind!r}")
    return _ACTIONS[kind](hands, do)
