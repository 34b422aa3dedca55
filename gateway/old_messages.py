"""Messages as they were, so that a script hears what was edited or deleted. Pure.

Discord sends the new message of an edit and only the id of a deleted one. What a message was before is kept here for a
while, as the bytes that came. Each guild has its own share, so a loud guild pushes out nobody's messages but its own;
and all together have a bound in bytes, beyond which the guild that was quiet for the longest gives up first.
"""

from collections import OrderedDict
from typing import Final

from storage.ids import GuildId

MESSAGES_PER_GUILD: Final = 200
BYTES_PER_GUILD: Final = 512 * 1024
BYTES: Final = 64 * 1024 * 1024
ENTRY_BYTES: Final = 150
"""What Python takes beside the text, about."""


class _GuildMessages:
    __slots__ = ("messages", "size")

    def __init__(self) -> None:
        self.messages: OrderedDict[int, bytes] = OrderedDict()
        self.size = 0

    def put(self, message: int, text: bytes) -> None:
        self.take(message)
        self.messages[message] = text
        self.size += len(text) + ENTRY_BYTES
        while len(self.messages) > MESSAGES_PER_GUILD or self.size > BYTES_PER_GUILD:
            _, old = self.messages.popitem(last=False)
            self.size -= len(old) + ENTRY_BYTES

    def take(self, message: int) -> bytes | None:
        text = self.messages.pop(message, None)
        if text is not None:
            self.size -= len(text) + ENTRY_BYTES
        return text


class OldMessages:
    """Of all guilds."""

    def __init__(self, most: int = BYTES) -> None:
        self._guilds: OrderedDict[GuildId, _GuildMessages] = OrderedDict()
        self._most = most
        self._bytes = 0

    def __repr__(self) -> str:
        return f"<OldMessages of {len(self._guilds)} guilds in {self._bytes} bytes>"

    @property
    def memory_bytes(self) -> int:
        return self._bytes

    def created(self, guild: GuildId, message: int, text: bytes) -> None:
        messages = self._guilds.get(guild)
        if messages is None:
            messages = self._guilds[guild] = _GuildMessages()
        else:
            self._guilds.move_to_end(guild)
        before = messages.size
        messages.put(message, text)
        self._bytes += messages.size - before
        while self._bytes > self._most:
            _, given_up = self._guilds.popitem(last=False)
            self._bytes -= given_up.size

    def updated(self, guild: GuildId, message: int, text: bytes, *, whole: bool) -> bytes | None:
        """The message before. A partial update (an embed that unfolds) leaves the kept one as it is."""
        messages = self._guilds.get(guild)
        old = messages.messages.get(message) if messages is not None else None
        if old is not None and whole:
            self.created(guild, message, text)
        return old

    def deleted(self, guild: GuildId, message: int) -> bytes | None:
        messages = self._guilds.get(guild)
        if messages is None:
            return None
        before = messages.size
        old = messages.take(message)
        self._bytes += messages.size - before
        return old

    def forget_guild(self, guild: GuildId) -> None:
        messages = self._guilds.pop(guild, None)
        if messages is not None:
            self._bytes -= messages.size
