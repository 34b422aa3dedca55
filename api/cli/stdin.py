"""Standard input, waited for by commands that do other things meanwhile, and may be interrupted.

A thread reads the descriptor itself: one that was left waiting in `sys.stdin` would hold its lock, and Python, which
wants that lock at its end, would abort.
"""

import codecs
import os
import sys
from collections.abc import AsyncIterator
from typing import Final

import trio

from api.cli.faults import CommandError, Exit

_PIECE: Final = 65_536


async def pieces() -> AsyncIterator[str]:
    """As they come, until the end. Raises CommandError for what is not UTF-8."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    number = sys.stdin.fileno()
    while piece := await trio.to_thread.run_sync(os.read, number, _PIECE, abandon_on_cancel=True):
        yield _decoded(decoder, piece)
    yield _decoded(decoder, b"", final=True)


def _decoded(decoder: codecs.IncrementalDecoder, piece: bytes, *, final: bool = False) -> str:
    try:
        return decoder.decode(piece, final)
    except UnicodeDecodeError:
        raise CommandError("what stdin holds is not UTF-8", code=Exit.USAGE) from None


async def text() -> str:
    """All of it."""
    return "".join([piece async for piece in pieces()])


async def lines() -> AsyncIterator[str]:
    """One after the other, as they come."""
    begun = ""
    async for piece in pieces():
        *whole, begun = (begun + piece).split("\n")
        for line in whole:
            yield line
    if begun:
        yield begun
