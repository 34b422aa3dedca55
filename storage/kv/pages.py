"""Whether an LMDB file is whole, page by page, without handing it to LMDB: which trusts what it finds, and ends the
process at some kinds of damage.

py-lmdb's verifier reads the file as bytes: some 7 seconds of processor time for a gigabyte of small entries. So
`flora doctor` and snapshots always look, and a start only when the folder was not closed in order, which is when damage
comes about: the power went, or LMDB met a damaged page and ended flora.
"""

import logging
import re
from pathlib import Path
from typing import Any, Final, cast

import trio

from storage.kv.environment import DATA_FILE, translated, was_left_open
from storage.kv.errors import KvUnreadable
from storage.kv.limits import MIB

_SPARE: Final = re.compile(r"overflow page \d+ header mp_pages (\d+) != OVPAGES\(\d+\)=(\d+)$")
_FOLLOWS: Final = re.compile(
    r"walked \d+ overflow pages, record says \d+$|neither reachable nor in the freeDB|errors suppressed"
)
REMEDY: Final = "Nothing was changed. Restore a backup, or move the folder away to start empty."
_log = logging.getLogger(__name__)


async def refuse_damage_after_a_crash(path: Path) -> None:
    """Before a folder is opened that was not closed in order; raises `KvUnreadable`."""
    if was_left_open(path):
        size = (path / DATA_FILE).stat().st_size if (path / DATA_FILE).exists() else 0
        _log.info("%s was not closed in order: looking at all %.1f MiB of it first", path, size / MIB)
        await trio.to_thread.run_sync(refuse_damage, path, abandon_on_cancel=True)


def refuse_damage(path: Path) -> None:
    """Raises `KvUnreadable`, which names the first page that is not as LMDB writes it.

    Nobody may write to the file meanwhile.
    """
    from lmdb import verify  # noqa: PLC0415  needed only after a crash

    if not (path / DATA_FILE).exists():
        return
    problems: list[str]
    with translated(path):
        try:
            problems = cast("Any", verify).verify(path)  # which has no types
        except verify.VerifyError as error:
            problems = [str(error)]
    problems = _without_spare_pages(problems)
    if problems:
        more = f", and {len(problems) - 1} more like it" if len(problems) > 1 else ""
        raise KvUnreadable(path, f"its {DATA_FILE} is damaged ({problems[0]}{more}). {REMEDY}")


def _without_spare_pages(problems: list[str]) -> list[str]:
    """A value that takes a larger one's place within one transaction keeps all of its pages, and nothing is wrong.

    The verifier expects as many as the value needs, and takes those beyond for lost.
    """
    spare = {problem for problem in problems if (found := _SPARE.search(problem)) and int(found[1]) > int(found[2])}
    if not spare:
        return problems
    return [problem for problem in problems if problem not in spare and not _FOLLOWS.search(problem)]
