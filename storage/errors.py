"""What may go wrong in storage, by what the caller can do about it. No foreign exception leaves this package.

Expected ends of an operation (a name is taken, a limit is reached) are returned, not raised; each operation's
signature lists its own. Raised is only what no single operation can answer for.
"""


class StorageError(Exception):
    """Anything storage raises on purpose."""


class InvalidInput(StorageError):
    """The caller's value cannot be stored; nothing was written. The message names the field and the rule."""

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(f"{field} {reason}")
        self.field = field
        self.reason = reason


class StorageUnavailable(StorageError):
    """PostgreSQL did not answer within its bound. Whether a write that was under way happened is unknown."""


class DatabaseInUse(StorageError):
    """Another daemon runs on this database."""


class StorageFailed(StorageError):
    """PostgreSQL answered with an error that no operation expects: a bug of ours or a full disk."""


class CacheUnavailable(StorageError):
    """Redis/Valkey did not answer within its bound. Nothing that must survive lives there: go on without."""


class MigrationRefused(StorageError):
    """The database's schema and this flora's migrations do not belong together."""


class DataDirectoryRefused(StorageError):
    """The data directory cannot be used: another flora holds it, or it cannot be written."""


class DataDirectoryHeld(DataDirectoryRefused):
    """Another flora holds it."""


class EmbeddedServerFailed(StorageError):
    """A server of our own did not start or did not stay; the message ends with the last lines of its log."""


class KeyRefused(StorageError):
    """The encryption key cannot be used, or a stored secret was not encrypted with any key we have."""


class BackupRefused(StorageError):
    """The archive is damaged, or restoring it would lose newer data."""
