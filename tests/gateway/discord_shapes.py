"""Shapes: what of Discord's document a test holds a request or an answer to, to the last nested object.

`"ns"` is any value of these kinds (string, integer, float, boolean, object, array, null), `""` is anything,
`"@Name"` is the shape of that name. An object is one of

    {"is": [0, 1]}                                    one of these values
    {"kind": "s", "least": 1, "most": 9, "form": …}   a text or number within bounds
    {"each": shape, "least": …, "most": …}            a list
    {"has": {name: shape}, "needs": [name], "rest": shape}
    {"one": [shape, …]}                               any of them
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Final, cast

_LETTERS: Final[tuple[tuple[type, str], ...]] = ((str, "s"), (bool, "b"), (dict, "o"), (list, "a"), (type(None), "n"))
_SNOWFLAKE: Final = re.compile(r"0|[1-9][0-9]*")
_URI: Final = re.compile(r"[a-z]+://[^\s]*")
_MANY: Final = 1000
"""Counts as so many faults: a value of another kind, or another `type`, tells that another shape was meant."""
_DEPTH: Final = 6
_SOME: Final = 10
Shape = Any
Path = tuple[str | int, ...]
Fault = tuple[Path, str, int]
"""Where, what, and how heavy it is."""


class Shapes:
    """Holds values to shapes."""

    def __init__(self, named: Mapping[str, Shape]) -> None:
        self._named = named

    def named(self, name: str) -> Shape:
        return self._named[name]

    def faults(self, shape: Shape, value: object, *, closed: bool) -> list[str]:
        """What is wrong, each with its place. `closed`: nothing may be there that is not known."""
        found = self._faults(shape, value, (), closed=closed)
        return [f"{'.'.join(map(str, path)) or 'it'} {said}" for path, said, _ in found]

    def _faults(  # noqa: PLR0911  - one for each sort of shape
        self, shape: Shape, value: object, path: Path, *, closed: bool
    ) -> list[Fault]:
        match shape:
            case str() if shape.startswith("@"):
                return self._faults(self._named[shape[1:]], value, path, closed=closed)
            case str():
                return [] if not shape or is_of(value, shape) else [_other(path, value, shape)]
            case {"one": shapes}:
                return self._nearest(shapes, value, path, closed=closed)
            case {"is": values}:
                return list(_of_values(values, value, path))
            case {"each": _}:
                return self._of_list(shape, value, path, closed=closed)
            case {"has": _}:
                return self._of_object(shape, value, path, closed=closed)
            case _:
                fits = is_of(value, shape["kind"])
                return list(_bounds(shape, value, path)) if fits else [_other(path, value, shape["kind"])]

    def _nearest(self, shapes: Sequence[Shape], value: object, path: Path, *, closed: bool) -> list[Fault]:
        """The faults of the shape that was most likely meant."""
        tried = (self._faults(one, value, path, closed=closed) for one in shapes)
        return min(tried, key=lambda faults: sum(weight for *_, weight in faults))

    def _of_list(self, shape: Shape, value: object, path: Path, *, closed: bool) -> list[Fault]:
        if not isinstance(value, list):
            return [_other(path, value, "a")]
        found = list(_size(shape, len(cast("list[object]", value)), path))
        for place, one in enumerate(cast("list[object]", value)):
            found += _lighter(self._faults(shape["each"], one, (*path, place), closed=closed))
        return found

    def _of_object(self, shape: Shape, value: object, path: Path, *, closed: bool) -> list[Fault]:
        if not isinstance(value, dict):
            return [_other(path, value, "o")]
        whole = cast("dict[str, object]", value)
        missing = [name for name in shape.get("needs", ()) if name not in whole]
        found: list[Fault] = [((*path, name), "is missing", _SOME) for name in missing]
        for name, one in whole.items():
            inner = shape["has"].get(name, shape.get("rest"))
            if inner is not None:
                faults = self._faults(inner, one, (*path, name), closed=closed)
                found += faults if isinstance(inner, dict) and "is" in inner else _lighter(faults)
            elif closed:
                found.append(((*path, name), "is not known", 1))
        return found + list(_size(shape, len(whole), path))

    # What fits

    def example(self, shape: Shape, depth: int = 0) -> Any:
        """Something of this shape, with all that may be there, as far as it does not go on for ever."""
        if isinstance(shape, str):
            return self.example(self._named[shape[1:]], depth) if shape.startswith("@") else _plain(shape or "s")
        if "one" in shape:
            return self.example(shape["one"][0], depth)
        if "is" in shape:
            return shape["is"][0]
        if "each" in shape:
            count = max(shape.get("least", 0), 1 if depth < _DEPTH else 0)
            return [self.example(shape["each"], depth + 1) for _ in range(count)]
        if "has" in shape:
            names = shape["has"] if depth < _DEPTH else shape.get("needs", ())
            return {name: self.example(shape["has"][name], depth + 1) for name in names}
        return _bounded(shape)


def _lighter(faults: list[Fault]) -> list[Fault]:
    """What is wrong within says less of what the whole is meant to be."""
    return [(path, said, 1) for path, said, _ in faults]


def is_of(value: object, kinds: str) -> bool:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return "f" in kinds or ("i" in kinds and value == int(value))
    return next(letter for kind, letter in _LETTERS if isinstance(value, kind)) in kinds


def _other(path: Path, value: object, kinds: str) -> Fault:
    return path, f"is {value!r:.60}, and should be of {kinds}", _MANY


def _of_values(values: Sequence[Any], value: object, path: Path) -> Iterator[Fault]:
    if not any(one == value and isinstance(one, bool) == isinstance(value, bool) for one in values):
        yield path, f"is {value!r:.60}, and should be one of {values}", _MANY if len(values) == 1 else 1


def _bounds(shape: Shape, value: object, path: Path) -> Iterator[Fault]:
    if isinstance(value, str):
        yield from _size(shape, len(value), path)
        if not _is_in_form(shape.get("form"), value):
            yield path, f"is {value!r:.60}, which is no {shape['form']}", 1
    elif isinstance(value, int | float):
        yield from _size(shape, value, path)


def _size(shape: Shape, size: float, path: Path) -> Iterator[Fault]:
    if not shape.get("least", size) <= size <= shape.get("most", size):
        yield path, f"has {size}, and should have {shape.get('least', '')} to {shape.get('most', '')}", 1


def _is_in_form(form: str | None, value: str) -> bool:
    match form:
        case "snowflake":
            return bool(_SNOWFLAKE.fullmatch(value))
        case "uri":
            return bool(_URI.fullmatch(value))
        case "date-time":
            return _is_moment(value)
        case _:
            return True


def _is_moment(value: str) -> bool:
    try:
        datetime.fromisoformat(value)
    except ValueError:
        return False
    return "T" in value


_PLAIN: Final[Mapping[str, Any]] = {"s": "1", "i": 1, "f": 1.5, "b": True, "o": {}, "a": [], "n": None}


def _plain(kinds: str) -> Any:
    return _PLAIN[kinds[-1]]


def _bounded(shape: Shape) -> Any:
    if shape["kind"] != "s":
        return max(shape.get("least", 1), min(1, shape.get("most", 1)))
    given = {"snowflake": "1", "uri": "https://example.com/", "date-time": "2026-01-01T00:00:00+00:00"}
    return given[shape["form"]] if "form" in shape else "1" * max(1, shape.get("least", 1))
