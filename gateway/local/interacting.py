"""What Discord's client sends when a person uses a command, a component or a modal, built from what the page tells."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, cast

from simcord import interactions
from simcord.backend import Backend, serializers
from simcord.backend.errors import BackendError, SetupError
from simcord.components import walk_components

from gateway.local.world import Upload

USER, CHANNEL, ROLE, MENTIONABLE, ATTACHMENT = 6, 7, 8, 9, 11
_ENTITY_SELECTS: Final = {5: USER, 6: ROLE, 7: MENTIONABLE, 8: CHANNEL}
_ROW, _TEXT_INPUT, _STRING_SELECT, _TEXT, _LABEL, _FILES, _RADIO, _CHECKS, _CHECK = 1, 4, 3, 10, 18, 19, 21, 22, 23

Node = dict[str, Any]


def unfit(sentence: str) -> BackendError:
    """What Discord's own client would not let a person send."""
    return BackendError(400, 50035, sentence)


@dataclass
class Resolving:
    """Collects the objects that ids stand for, as Discord sends them along."""

    backend: Backend
    guild_id: int
    person: int
    channel: int
    files: Mapping[str, Sequence[Upload]] = field(default_factory=dict[str, Sequence[Upload]])
    found: dict[str, dict[str, Any]] = field(default_factory=dict[str, dict[str, Any]])

    def entity(self, kind: int, value: object) -> str:
        """Resolve what a USER, CHANNEL, ROLE or MENTIONABLE names."""
        if not isinstance(value, str | int) or not str(value).isdigit():
            raise unfit(f"{value!r} names nothing.")
        number = int(value)
        guild = self.backend.get_guild(self.guild_id)
        if kind in {USER, MENTIONABLE} and number in self.backend.users:
            self.user(number)
        elif kind in {ROLE, MENTIONABLE} and number in guild.roles:
            self._put("roles", number, serializers.role_payload(guild.roles[number]))
        elif kind == CHANNEL and number in self.backend.channels:
            payload = dict(serializers.channel_payload(self.backend, self.backend.get_channel(number)))
            payload["permissions"] = str(self.backend.compute_permissions(self.guild_id, self.person, number))
            self._put("channels", number, payload)
        else:
            raise unfit(f"There is nothing with the id {number} here.")
        return str(number)

    def user(self, number: int) -> None:
        guild = self.backend.get_guild(self.guild_id)
        self._put("users", number, serializers.user_payload(self.backend.get_user(number)))
        if number in guild.members:
            member = serializers.member_payload(self.backend, guild, guild.members[number], with_user=False)
            self._put("members", number, member)

    def upload(self, name: str) -> list[str]:
        """Keep the files that came under this name; gives their ids."""
        return [
            interactions.store_interaction_attachment(self.backend, self.channel, one.filename, one.data, self.found)
            for one in self.files.get(name, ())
        ]

    def _put(self, group: str, number: int, payload: object) -> None:
        self.found.setdefault(group, {})[str(number)] = dict(cast("Mapping[str, Any]", payload))

    def into(self, data: Node) -> Node:
        return data | {"resolved": self.found} if self.found else data


def nodes(value: object) -> list[Node]:
    """A list of objects, where there is one."""
    return cast("list[Node]", value) if isinstance(value, list) else []


def options(resolving: Resolving, command: Node, given: Sequence[Node], *, partial: bool = False) -> list[Node]:
    """The options as Discord sends them: checked against what the command declares, entities resolved."""
    declared = {one["name"]: one for one in nodes(command.get("options"))}
    for name, one in declared.items():
        if one.get("required") and not partial and all(option["name"] != name for option in given):
            raise unfit(f"The option {name} is missing.")
    return [_option(resolving, command["name"], declared.get(one["name"]), one, partial=partial) for one in given]


def _option(resolving: Resolving, command: str, declared: Node | None, given: Node, *, partial: bool) -> Node:
    if declared is None:
        raise unfit(f"/{command} has no option {given['name']!r}.")
    kind = int(declared["type"])
    built: Node = {"name": declared["name"], "type": kind}
    if kind <= 2:
        return built | {"options": options(resolving, declared, nodes(given.get("options")), partial=partial)}
    value = given.get("value")
    if kind == ATTACHMENT:
        kept = resolving.upload(str(value))
        if not kept:
            raise unfit(f"The file for {given['name']} is missing.")
        built["value"] = kept[0]
    elif USER <= kind <= MENTIONABLE:
        built["value"] = resolving.entity(kind, value)
    else:
        built["value"] = value if partial else _checked(command, declared, value)
    return built | ({"focused": True} if given.get("focused") else {})


def _checked(command: str, declared: Node, value: object) -> object:
    try:
        return interactions.validate_option_value(command, declared, value)
    except SetupError as wrong:
        raise unfit(str(wrong)) from None


def component(resolving: Resolving, shown: Sequence[Node], custom_id: str, values: Sequence[str]) -> Node:
    """A press of a button, or a choice, among the components that a message shows."""
    found = next((one for one in walk_components(list(shown)) if one.get("custom_id") == custom_id), None)
    if found is None or found.get("disabled"):
        raise unfit("This component is not there any more.")
    kind = int(found["type"])
    data: Node = {"custom_id": custom_id, "component_type": kind}
    if found.get("id") is not None:
        data["id"] = found["id"]
    if kind == _STRING_SELECT or kind in _ENTITY_SELECTS:
        data["values"] = _chosen(resolving, found, values)
    return resolving.into(data)


def _chosen(resolving: Resolving, select: Node, values: Sequence[str]) -> list[str]:
    least, most = int(select.get("min_values", 1)), int(select.get("max_values", 1))
    if not least <= len(values) <= most:
        raise unfit(f"Choose between {least} and {most}." if least != most else f"Choose {least}.")
    kind = int(select["type"])
    if kind in _ENTITY_SELECTS:
        return [resolving.entity(_ENTITY_SELECTS[kind], one) for one in values]
    offered = {one["value"] for one in nodes(select.get("options"))}
    if not offered.issuperset(values):
        raise unfit("This choice is not offered.")
    return list(values)


def modal(resolving: Resolving, spec: Node, values: Mapping[str, Any]) -> Node:
    """A modal, filled in."""
    components = [_filled(resolving, one, values) for one in nodes(spec.get("components"))]
    return resolving.into({"custom_id": spec["custom_id"], "components": components})


def _filled(resolving: Resolving, node: Node, values: Mapping[str, Any]) -> Node:
    known: Node = {key: node[key] for key in ("type", "id") if key in node}
    match int(node["type"]):
        case 1:
            return known | {"components": [_filled(resolving, one, values) for one in node["components"]]}
        case 18:
            return known | {"component": _filled(resolving, node["component"], values)}
        case 10:
            return known
        case kind:
            return known | {"custom_id": node["custom_id"]} | _field(resolving, kind, node, values)


def _field(resolving: Resolving, kind: int, node: Node, values: Mapping[str, Any]) -> Node:
    name = str(node["custom_id"])
    value = values.get(name)
    required = bool(node.get("required", kind in {_TEXT_INPUT, _STRING_SELECT, *_ENTITY_SELECTS}))
    if kind == _CHECK:
        return {"value": bool(value)}
    if kind == _FILES:
        kept = resolving.upload(name)
        if required and not kept:
            raise unfit("A file is missing.")
        return {"values": kept}
    if required and not value:
        raise unfit("Something that is required is missing.")
    if kind == _TEXT_INPUT:
        return {"value": _text(node, str(value or ""))}
    if kind == _RADIO:
        return {"value": value or None}
    chosen = [str(one) for one in cast("list[object]", value)] if isinstance(value, list) else []
    if kind == _CHECKS or not chosen:
        return {"values": chosen}
    return {"values": _chosen(resolving, node, chosen)}


def _text(node: Node, value: str) -> str:
    least, most = int(node.get("min_length") or 0), int(node.get("max_length") or 4000)
    if value and not least <= len(value) <= most:
        raise unfit(f"A text must have between {least} and {most} characters; this one has {len(value)}.")
    return value
