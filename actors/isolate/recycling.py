"""When an isolate is to be replaced by a fresh one, because its memory has grown.

The engine returns little of what it once had, and its bridge leaks a little with every turn. Whoever owns an isolate
asks here from time to time; when it is due, a fresh one is loaded beside it, and takes over between two events.
"""

from actors.isolate.handle import ProcessGoneError
from actors.isolate.isolate import Isolate, IsolateGoneError, IsolateState


def is_due(isolate: Isolate, soft_cap_bytes: int) -> bool:
    """Whether it is idle and holds more than the cap. Reads the kernel's count, which takes some 0.1 ms."""
    if isolate.state is not IsolateState.LIVE or isolate.in_flight:
        return False
    size = private_bytes(isolate)
    return size is not None and size > soft_cap_bytes


def private_bytes(isolate: Isolate) -> int | None:
    """None when its process has ended."""
    try:
        return isolate.process.private_bytes()
    except (OSError, IsolateGoneError, ProcessGoneError):
        return None
