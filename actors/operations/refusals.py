"""How the errors of stores become what a script gets: a code that stays, and a sentence."""

from collections.abc import Generator
from contextlib import contextmanager
from typing import Final

from actors.ops import OpRefusedError
from storage.errors import InvalidInput, StorageError
from storage.kv.errors import KvError

INVALID_INPUT: Final = "INVALID_INPUT"
STORAGE_UNAVAILABLE: Final = "STORAGE_UNAVAILABLE"
STORED: Final = (INVALID_INPUT, STORAGE_UNAVAILABLE)
"""What every operation on PostgreSQL may be refused with."""


@contextmanager
def refusing() -> Generator[None]:
    """What a store raises, as a refusal. An operator's trouble is not explained to a script: it could not act on it,
    and the daemon's own log has it."""
    try:
        yield
    except KvError as error:
        raise OpRefusedError(error.code.upper(), str(error)) from None
    except InvalidInput as error:
        raise OpRefusedError(INVALID_INPUT, str(error), field=error.field) from None
    except StorageError:
        raise OpRefusedError(STORAGE_UNAVAILABLE, "The database does not answer; try again later") from None
