"""The daemon's end of an isolate's door: whole lines in, bytes out, both bounded.

Bytes that the isolate does not read yet are kept up to a limit. Lines that never end, and floods, are breaches:
no isolate of ours sends them, so whoever does owns its process.
"""

import socket
import time
from collections.abc import Callable
from typing import Final

from actors.isolate.switchboard import Switchboard
from actors.limits import MIB, IsolateLimits

READ_BYTES: Final = 16 * 1024
"""Some hundred records, and less than what a socket holds: a flood is read in parts, with others served in between."""
_READ_ON_BYTES: Final = 256 * 1024
"""Of a record that is larger than a part: it takes as long as one, and is not to be put together from many."""
_OUTGOING_LIMIT: Final = 64 * MIB


class DoorFullError(Exception):
    """The isolate does not read what is sent to it."""


class Door:
    """Calls `hear` with each batch of whole lines, `breach` when it breaks the rules, `hang_up` when it closes."""

    def __init__(
        self,
        ours: socket.socket,
        switchboard: Switchboard,
        limits: IsolateLimits,
        hear: Callable[[list[bytes]], None],
        breach: Callable[[str], None],
        hang_up: Callable[[], None],
    ) -> None:
        self._socket = ours
        self._switchboard = switchboard
        self._limits = limits
        self._hear = hear
        self._breach = breach
        self._hang_up = hang_up
        self._incoming = b""
        self._outgoing = bytearray()
        self._second = 0
        self._bytes_in_second = 0
        self._records_in_second = 0
        self._deaf = False
        self.closed = False
        switchboard.connect(ours.fileno(), self)

    def __repr__(self) -> str:
        return f"<Door {'closed' if self.closed else 'open'}, {len(self._outgoing)} bytes wait>"

    # -- out ----------------------------------------------------------------------------------------------------

    def send(self, data: bytes) -> None:
        """Send what fits now, and keep the rest. Raises DoorFullError when too much is kept already."""
        if self._outgoing:
            if len(self._outgoing) + len(data) > _OUTGOING_LIMIT:
                raise DoorFullError(f"{len(self._outgoing)} bytes wait for an isolate that does not read")
            self._outgoing += data
            return
        sent = self._send_now(data)
        if sent < len(data):
            self._outgoing += data[sent:]
            self._watch()

    def _send_now(self, data: bytes | memoryview) -> int:
        try:
            return self._socket.send(data)
        except BlockingIOError:
            return 0
        except OSError:
            return len(data)  # the other end is gone, which reading will tell

    def stop_sending(self) -> None:
        """Tell the isolate that nothing more will come: it leaves once it has read all."""
        if not self.closed:
            self._socket.shutdown(socket.SHUT_WR)

    def on_writable(self) -> None:
        with memoryview(self._outgoing) as view:
            sent = self._send_now(view)
        del self._outgoing[:sent]
        if not self._outgoing:
            self._watch()

    def _watch(self) -> None:
        self._switchboard.watch(self._socket.fileno(), reading=True, writing=bool(self._outgoing))

    # -- in -----------------------------------------------------------------------------------------------------

    def on_readable(self) -> None:
        self._read()

    def _read(self) -> bool:
        """Hear what has come. False when nothing has."""
        try:
            data = self._socket.recv(READ_BYTES if len(self._incoming) < READ_BYTES else _READ_ON_BYTES)
        except ConnectionResetError:
            return True  # only says that it left without reading all; what it said before is still to come
        except BlockingIOError:
            return False
        if not data:
            self._close()
        elif not self._deaf:
            self._split(data)
        return True

    def _split(self, data: bytes) -> None:
        lines = (self._incoming + data).split(b"\n")
        self._incoming = lines.pop()
        if len(self._incoming) > self._limits.record_bytes:
            self._breach(f"a record of more than {self._limits.record_bytes} bytes")
        elif self._floods(len(data), len(lines)):
            self._breach(
                f"more than {self._limits.door_bytes_per_s} bytes "
                f"or {self._limits.door_records_per_s} records in a second"
            )
        elif lines:
            self._hear(lines)

    def ignore(self) -> None:
        """Hear nothing more of what comes: whoever broke the rules once is only waited for to end."""
        self._deaf = True
        self._incoming = b""

    def read_out(self) -> None:
        """Hear what an ended process left in the door, and close it."""
        while not self.closed and self._read():
            pass
        if not self.closed:
            self._close()  # the process is gone, or going: whoever else holds its end is not to be waited for

    def _floods(self, size: int, count: int) -> bool:
        second = int(time.monotonic())
        if second != self._second:
            self._second, self._bytes_in_second, self._records_in_second = second, 0, 0
        self._bytes_in_second += size
        self._records_in_second += count
        limits = self._limits
        return self._bytes_in_second > limits.door_bytes_per_s or self._records_in_second > limits.door_records_per_s

    def _close(self) -> None:
        self.closed = True
        self._switchboard.disconnect(self._socket.fileno())
        self._socket.close()
        self._hang_up()
