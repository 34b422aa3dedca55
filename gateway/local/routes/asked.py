"""What a route's function needs to read a request."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, TypeVar, cast

from simcord.backend.errors import BackendError
from simcord.backend.models import Guild
from simcord.http import router
from simcord.http.router import RequestContext

from gateway.local.backend import Beyond, LocalBackend, Told

Route = Callable[[RequestContext], Any]
T = TypeVar("T")
_UNKNOWN: Final = {
    "sound": BackendError(404, 10097, "Unknown soundboard sound"),
    "template": BackendError(404, 10057, "Unknown guild template"),
    "exception": BackendError(404, 10070, "Unknown Guild Scheduled Event"),
    "request": BackendError(404, 10110, "Unknown Guild Join Request"),
    "integration": BackendError(404, 10005, "Unknown Integration"),
}


def route(method: str, template: str) -> Callable[[Route], Route]:
    """Registers a route. Where simcord has the same, ours is taken."""

    def register(answer: Route) -> Route:
        known = router._ROUTES.setdefault(method, [])  # noqa: SLF001  - its own way to register keeps the first
        known.insert(0, (template.strip("/").split("/"), answer))
        return answer

    return register


def backend_of(context: RequestContext) -> LocalBackend:
    return cast("LocalBackend", context.backend)


def guild_of(context: RequestContext) -> Guild:
    return context.backend.get_guild(context.int_arg("guild_id"))


def beyond_of(context: RequestContext) -> Beyond:
    return backend_of(context).beyond_of(context.int_arg("guild_id"))


def unfit(name: str, said: str) -> BackendError:
    return BackendError(400, 50035, f"Invalid Form Body: {name}: {said}")


def known(kept: Mapping[str, Told], key: str, kind: str) -> Told:
    """Raises BackendError with Discord's code where it is not there."""
    if key not in kept:
        raise _UNKNOWN[kind]
    return kept[key]


def number(context: RequestContext, name: str, default: int, most: int) -> int:
    """A number of the query."""
    given = str(context.params.get(name, default))
    if not given.isdigit() or not 1 <= int(given) <= most:
        raise unfit(name, f"Must be between 1 and {most}")
    return int(given)


def text(body: Mapping[str, Any], name: str, least: int, most: int) -> str:
    """A text that must be there."""
    given = body.get(name)
    if given is None:
        raise unfit(name, "This field is required")
    if not isinstance(given, str) or not least <= len(given) <= most:
        raise unfit(name, f"Must be between {least} and {most} in length.")
    return given


def changed(body: Mapping[str, Any], kept: Told, names: Sequence[str]) -> Told:
    """What was kept, with those of these fields that the body has."""
    return kept | {name: body[name] for name in names if name in body}


def page_of(context: RequestContext, ids: Sequence[T], key: Callable[[T], int], default: int = 100) -> list[T]:
    """After one id or before another, at most `limit`, in the order of ids."""
    after, before = (int(str(context.params.get(name, edge))) for name, edge in (("after", 0), ("before", 1 << 63)))
    found = [one for one in sorted(ids, key=key) if after < key(one) < before]
    limit = number(context, "limit", default, 100)
    return found[-limit:] if "before" in context.params else found[:limit]
