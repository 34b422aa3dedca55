"""Keeps the daemon the only one on its database: the clocks take it for granted that a run of another node is a run of
nobody any more."""

import logging
from typing import Final

import trio

from storage.errors import StorageUnavailable
from storage.postgres.alone import hold_alone
from storage.postgres.database import Database

_log = logging.getLogger("flora.runtime")
_FOR_EVER_S: Final = 10 * 365 * 86_400.0
_PAUSE_S: Final = 1.0


async def stay_alone(  # noqa: ASYNC114  it starts
    database: Database, patience_s: float, *, task_status: trio.TaskStatus[None] = trio.TASK_STATUS_IGNORED
) -> None:
    """Until cancelled; started when the database is ours. Raises DatabaseInUse when it is not, or is not any more: the
    server was away, and another daemon was there first when it came back."""
    held = 0

    def on_held() -> None:
        nonlocal held
        held += 1
        if held == 1:
            task_status.started()
        else:
            _log.info("The database is there again, and ours")

    while True:
        try:
            await database.run_alone(hold_alone, _FOR_EVER_S, patience_s, on_held)
        except StorageUnavailable as away:
            if not held:
                raise
            _log.warning("The hold on the database was lost, and is taken anew: %s", away)
        await trio.sleep(_PAUSE_S)
