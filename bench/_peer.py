"""What a peer is to the benches, and what all of them need: the same prelude and script, and the same first answer."""

import shutil
from pathlib import Path
from typing import Final, Protocol

from bench import _scripts
from bench.harness import HERE

FOLDER: Final = HERE / "peers"


class PeerMissingError(Exception):
    """This peer cannot be had on this machine; the message says why."""


class Peer(Protocol):
    """Something that can be started cold, again and again."""

    def once(self) -> float:
        """Milliseconds from asking to the first handler's answer; the unit is ended then."""
        ...

    def hold(self) -> None:
        """Start one more unit, and let it live."""
        ...

    def pids(self) -> list[int]:
        """The processes in which units live."""
        ...

    def stop(self) -> None: ...


def write_bundle(folder: Path, name: str, tail: str) -> Path:
    path = folder / name
    source = _scripts.peer_prelude() + _scripts.GUILD_SCRIPT
    path.write_text(source + ((FOLDER / tail).read_text() if tail else ""))
    return path


def program(path: Path | str) -> str:
    found = shutil.which(str(path))
    if found is None:
        raise PeerMissingError(f"there is no {Path(path).name}")
    return found


def check(answer: str) -> None:
    if answer != _scripts.FIRST_ANSWER:
        raise ValueError(f"the first handler answered {answer!r}")
