"""The text that Prometheus reads (version 0.0.4). Its own library brings an HTTP server with it, and 1 MB of memory.

family = Family("flora_dropped", "Events dropped, by reason", Kind.COUNTER, labels=["reason"])
family.add(["full"], 3)
text = written([family])
"""

from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import Final

_ESCAPED_IN_LABELS: Final = str.maketrans({"\\": r"\\", "\n": r"\n", '"': r"\""})
_ESCAPED_IN_HELP: Final = str.maketrans({"\\": r"\\", "\n": r"\n"})


class Kind(StrEnum):
    """What a family's numbers are."""

    COUNTER = "counter"
    GAUGE = "gauge"
    HISTOGRAM = "histogram"


class Family:
    """Numbers of one name, told apart by labels. A counter's name gets its `_total` here."""

    def __init__(self, name: str, documentation: str, kind: Kind, labels: Sequence[str] = ()) -> None:
        self.name = f"{name}_total" if kind is Kind.COUNTER else name
        self._documentation = documentation
        self._kind = kind
        self._labels = labels
        self._samples: list[tuple[str, Sequence[str], Sequence[str], float]] = []

    def __repr__(self) -> str:
        return f"<{self._kind} {self.name}: {len(self._samples)} numbers>"

    def add(self, values: Sequence[str], number: float) -> None:
        """One number, with a value for each label."""
        self._samples.append(("", self._labels, values, number))

    def add_histogram(self, buckets: Iterable[tuple[str, float]], total: float) -> None:
        """By upper bound how many were at most that, the last bound being `+Inf`; and the sum of all."""
        count = 0.0
        for bound, count in buckets:
            self._samples.append(("_bucket", ("le",), (bound,), count))
        self._samples += [("_count", (), (), count), ("_sum", (), (), total)]

    def lines(self) -> Iterable[str]:
        yield f"# HELP {self.name} {self._documentation.translate(_ESCAPED_IN_HELP)}\n"
        yield f"# TYPE {self.name} {self._kind}\n"
        for suffix, labels, values, number in self._samples:
            pairs = zip(labels, values, strict=True)
            told = ",".join(f'{label}="{value.translate(_ESCAPED_IN_LABELS)}"' for label, value in pairs)
            yield (
                f"{self.name}{suffix}{{{told}}} {float(number)!r}\n"
                if told
                else (f"{self.name}{suffix} {float(number)!r}\n")
            )


def written(families: Iterable[Family]) -> bytes:
    return "".join(line for family in families for line in family.lines()).encode()
