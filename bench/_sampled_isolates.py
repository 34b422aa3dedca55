"""Isolates that look at themselves: where their CPU time goes, in Python and in JavaScript, behind the seal as ever.

Nothing outside can look into an isolate: the file system it would be found in is gone. So a zygote of the benches forks
isolates that a timer of their own CPU time interrupts. Its signal does two things at once: it asks Python for a call of
a handler, and the engine for one of its interrupt callback, and whichever of the two runs next is where the time went.
In JavaScript, the engine is asked for its stack. An engine's own function, `JSON.parse` say, cannot be interrupted, so
what it takes counts for the JavaScript that runs after it.

Each isolate keeps its counts in memory that it shares with a file, which the bench reads. Zygotes of a process whose
environment names a folder, under `FOLDER`, fork such isolates.

    with sampled_if_asked():                      # in a process that will open a zygote
        ...
    counts(folder)                                # stacks, outermost first, and how often each was seen
"""

import ctypes
import mmap
import os
import re
import signal
import struct
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any, Final

from actors.isolate import machine, spidermonkey, zygote
from actors.isolate.child import Child

FOLDER: Final = "BENCH_SAMPLED_ISOLATES"
PERIOD_S: Final = 0.004
"""The kernel looks at such timers at its own ticks, so less would not be more."""
JAVASCRIPT: Final = "JavaScript"
"""Stands in a stack between the frames of Python and those of JavaScript."""
_REGIONS: Final = 256
_REGION_BYTES: Final = 128 * 1024
_PROGRAM: Final = (
    "import sys; sys.path.insert(0, sys.argv.pop()); from bench import _sampled_isolates; _sampled_isolates.main({!r})"
)
_FRAME: Final = re.compile(r"^(.*?)@(.*):(\d+):\d+$", re.MULTILINE)
_SELF: Final = "flora:sampler"
_POINTER: Final = ctypes.c_void_p
_INTERRUPTED: Final = "asked"  # the function that the engine calls back


@contextmanager
def sampled_if_asked() -> Iterator[None]:
    """Zygotes that are started meanwhile fork isolates that look at themselves, if the environment asks for it."""
    from actors.isolate import process  # noqa: PLC0415  a zygote itself has no site packages

    folder, usual = os.environ.get(FOLDER), process._PROGRAM
    setattr(process, "_PROGRAM", _PROGRAM.format(folder) if folder else usual)  # noqa: B010  it is final to others
    try:
        yield
    finally:
        setattr(process, "_PROGRAM", usual)  # noqa: B010


def counts(folder: Path) -> Counter[str]:
    """What all isolates saw so far: frames with `;` between them."""
    found: Counter[str] = Counter()
    for path in folder.glob("zygote-*"):
        data = path.read_bytes()
        for start in range(0, len(data), _REGION_BYTES):
            (length,) = struct.unpack_from("<Q", data, start)
            for line in data[start + 8 : start + 8 + length].decode(errors="replace").splitlines():
                stack, _, count = line.rpartition(" ")
                found[stack] += int(count)
    return found


# -- in the zygote and its children ---------------------------------------------------------------------------------


def main(folder: str) -> None:
    """As `actors.isolate.zygote.main`."""
    path = Path(folder, f"zygote-{os.getpid()}")
    with path.open("wb+") as file:
        file.truncate(_REGIONS * _REGION_BYTES)
        SampledChild.memory = mmap.mmap(file.fileno(), _REGIONS * _REGION_BYTES)
    setattr(zygote, "Child", SampledChild)  # noqa: B010
    zygote.main()


class SampledChild(Child):
    """One isolate."""

    memory: mmap.mmap

    def prepare(self, settings: bytes, stack_bytes: int, heap_bytes: int) -> None:
        super().prepare(settings, stack_bytes, heap_bytes)
        self._seen: Counter[str] = Counter()
        self._looking = False
        self._stack_of = Stacks(self._engine)
        signal.signal(signal.SIGUSR1, self._look)
        _on_tick(self._engine)

    def run(self, first_words: bytes) -> int:
        signal.setitimer(signal.ITIMER_PROF, PERIOD_S, PERIOD_S)
        return super().run(first_words)

    def _look(self, _signal: int, frame: FrameType | None) -> None:
        if self._looking:
            return
        self._looking = True
        python: list[str] = []
        javascript: list[str] = []
        while frame is not None and frame.f_code is not _OURS:
            if frame.f_code.co_name == _INTERRUPTED:
                python, javascript = [], [JAVASCRIPT, *self._stack_of()]
            else:
                python.append(f"{frame.f_code.co_name} ({Path(frame.f_code.co_filename).name})")
            frame = frame.f_back
        self._seen[";".join([*reversed(python), *javascript])] += 1
        if self._slot != zygote.PROBE_SLOT:
            self._write()
        self._looking = False

    def _write(self) -> None:
        text = "".join(f"{stack} {count}\n" for stack, count in self._seen.most_common()).encode()
        text = text[: text.rfind(b"\n", 0, _REGION_BYTES - 8) + 1]
        start = self._slot % _REGIONS * _REGION_BYTES
        self.memory[start + 8 : start + 8 + len(text)] = text
        self.memory[start : start + 8] = struct.pack("<Q", len(text))


_OURS: Final = SampledChild.run.__code__


class Stacks:
    """What the engine says that it is doing, as an error's stack would.

    Its own dump for debuggers reads what compiled functions no longer keep, and crashes.
    """

    def __init__(self, engine: spidermonkey.SpiderMonkey) -> None:
        self._stack = engine.evaluate("(() => { const { Error } = globalThis; return () => Error().stack; })()", _SELF)

    def __call__(self) -> list[str]:
        """Functions and where they stand, outermost first."""
        text = str(self._stack())
        return [_told(*found) for found in reversed(_FRAME.findall(text)) if found[1] != _SELF]


def _told(function: str, file: str, line: str) -> str:
    """A function without a name is told by its line."""
    return f"{function} ({file})" if function else f"({file}:{line})"


def _on_tick(engine: Any) -> None:
    """Machine code for SIGPROF: ask Python for the handler of SIGUSR1, and the engine for its interrupt callback."""
    request = machine.address(
        engine._library.function("_Z34JS_RequestInterruptCallbackCanWaitP9JSContext", None, _POINTER)
    )
    # sub rsp, 8; mov edi, SIGUSR1; mov rax, ask; call rax; add rsp, 8; mov rdi, context; mov rax, request; jmp rax
    code = b"".join(
        (
            b"\x48\x83\xec\x08", struct.pack("<cI", b"\xbf", signal.SIGUSR1),
            machine.call(ctypes.pythonapi.PyErr_SetInterruptEx), b"\x48\x83\xc4\x08",
            struct.pack("<2sQ2sQ2s", b"\x48\xbf", engine._context, b"\x48\xb8", request, b"\xff\xe0"),
        )
    )  # fmt: skip
    executable = machine.Executable(code)
    engine._kept.append(executable)
    libc = machine.libc()
    libc.signal.restype, libc.signal.argtypes = _POINTER, [ctypes.c_int, _POINTER]
    libc.signal(signal.SIGPROF, executable.entry)
