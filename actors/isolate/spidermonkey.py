"""SpiderMonkey behind a narrow door: PythonMonkey's extension module alone, and the engine's own C++ interface.

Why not `import pythonmonkey`: its package gives scripts `python.eval`. Here only the extension module is loaded,
and of its bridge only two things are used: evaluating source, and calling a function without arguments. Whatever
else must cross goes through the engine's own interface by ctypes, because the bridge leaks on those paths.

The engine calls promise jobs through a queue that PythonMonkey keeps in Python, 5 us and 300 leaked bytes a job.
While the extension module initialises itself, four of its calls into the engine are replaced (elf.py), so that
the engine's internal queue is used instead: nothing of it crosses into Python, and nothing leaks.

Symbols are those of pythonmonkey 1.4.1 (SpiderMonkey 136); another build is refused in one sentence.
"""

import ctypes
import importlib
import importlib.machinery
import importlib.util
import mmap
import os
import signal
import struct
import sys
import time
import types
from collections.abc import Callable
from typing import Any, Final

from actors.isolate import elf, machine

_INIT_SELF_HOSTED_CODE: Final = (
    "_ZN2JS18InitSelfHostedCodeEP9JSContextN7mozilla4SpanIKhLm18446744073709551615EEEPFbS1_S5_E"
)
_SET_JOB_QUEUE: Final = "_ZN2JS11SetJobQueueEP9JSContextPNS_8JobQueueE"
_INIT_DISPATCH: Final = "_ZN2JS23InitDispatchToEventLoopEP9JSContextPFbPvPNS_12DispatchableEES2_"
_SET_REJECTION_TRACKER: Final = (
    "_ZN2JS34SetPromiseRejectionTrackerCallbackEP9JSContextPFvS1_bNS_6HandleIP8JSObjectEE"
    "NS_29PromiseRejectionHandlingStateEPvES7_"
)

_REPLACED: Final = (_INIT_SELF_HOSTED_CODE, _SET_JOB_QUEUE, _INIT_DISPATCH, _SET_REJECTION_TRACKER)

_POINTER = ctypes.c_void_p
_InitSelfHosted = ctypes.PYFUNCTYPE(ctypes.c_bool, _POINTER, _POINTER, ctypes.c_size_t, _POINTER)
_Ignored = ctypes.PYFUNCTYPE(None, _POINTER, _POINTER, _POINTER)
_Interrupt = ctypes.PYFUNCTYPE(ctypes.c_bool, _POINTER)
_OutOfMemory = ctypes.PYFUNCTYPE(None, _POINTER, _POINTER)
_Collected = ctypes.PYFUNCTYPE(None, _POINTER, ctypes.c_int, ctypes.c_int, _POINTER)
_Rejection = ctypes.PYFUNCTYPE(None, _POINTER, ctypes.c_bool, _POINTER, ctypes.c_int, _POINTER)
_HelperTask = ctypes.PYFUNCTYPE(None, _POINTER)

_MAX_BYTES: Final = 0  # JSGC_MAX_BYTES
_MAX_NURSERY_BYTES: Final = 2  # JSGC_MAX_NURSERY_BYTES
_BYTES: Final = 3  # JSGC_BYTES
_SMALL_HEAP_GROWTH_PERCENT: Final = 14  # JSGC_HIGH_FREQUENCY_SMALL_HEAP_GROWTH
_MIN_NURSERY_BYTES: Final = 31  # JSGC_MIN_NURSERY_BYTES
_ALLOCATION_THRESHOLD_MB: Final = 19  # JSGC_ALLOCATION_THRESHOLD
_FIRST_NURSERY_BYTES: Final = 128 * 1024
"""It grows when it is full of what lives, and shrinks again."""
_POINTER_BITS: Final = 0x0000_7FFF_FFFF_FFFF  # the payload of a boxed object on x86-64
_OBJECT_TAG: Final = 0xFFFE_0000_0000_0000
_BLOCK_BYTES: Final = 1024 * 1024
"""In which the engine takes memory for objects, and aligns it."""
_DONT_NEED: Final = 4  # MADV_DONTNEED
_COMPILE_AFTER: Final = ((0, 1_000), (1, 1_500), (3, 20_000))
"""Calls, and rounds of loops, until a function is noted, translated plainly, translated well (JSJitCompilerOption)."""
_COLLECTION_ENDS: Final = 1  # JSGC_END
_ENUMERATE: Final = 1  # JSPROP_ENUMERATE
_NORMAL_GC: Final = 0
_SHRINKING_GC: Final = 1
_GC_REASON: Final = 0  # JS::GCReason::API

INBOX: Final = 0
"""Where in the mailbox a text for JavaScript lies."""
REJECTED: Final = 1
"""Where in the mailbox the promises lie that were rejected, or handled late."""
_ASYNC_STACK: Final = 1 << 8  # JS::ContextOptions::asyncStack_
_UNHANDLED: Final = 0  # JS::PromiseRejectionHandlingState


class EngineError(Exception):
    """The engine is not the one that flora knows, or refuses to start."""


class MalformedTextError(Exception):
    """Bytes for JavaScript were not UTF-8."""


class Library:
    """The engine's shared libraries, mapped but not started: what a process may hold and still fork cheaply."""

    def __init__(self, folder: str) -> None:
        machine = os.uname().machine
        if machine != "x86_64":
            raise EngineError(f"flora's isolates need an x86-64 processor, this is {machine}")
        self.extension_path = f"{folder}/pythonmonkey.so"
        try:
            self.engine = ctypes.PyDLL(f"{folder}/libmozjs-136a1.so")
            self.extension = ctypes.PyDLL(self.extension_path)
        except OSError as error:
            raise EngineError(f"cannot load the JavaScript engine: {error}") from error
        # Now, since later there may be no file system to read from; the extension asks for datetime while it starts.
        importlib.import_module("datetime")
        self.slots = elf.find_slots(self.extension_path, set(_REPLACED))

    def function(self, symbol: str, result: Any, *arguments: Any) -> Any:
        try:
            function = getattr(self.engine, symbol)
        except AttributeError:
            raise EngineError(f"this build of the JavaScript engine has no {symbol}") from None
        function.restype, function.argtypes = result, list(arguments)
        return function


def locate() -> str:
    """The folder of the extension module, found without importing its package."""
    spec = importlib.util.find_spec("pythonmonkey")
    if spec is None or not spec.submodule_search_locations:
        raise EngineError("pythonmonkey is not installed")
    return spec.submodule_search_locations[0]


class SpiderMonkey:
    """The one JavaScript context that a process can hold."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._kept: list[object] = []  # ctypes callbacks live as long as the engine may call them
        self._bridge = self._start()
        self._context = _POINTER.in_dll(library.extension, "GLOBAL_CX").value
        function = library.function
        self._runtime = function("_Z13JS_GetRuntimeP9JSContext", _POINTER, _POINTER)(self._context)
        self._run_jobs = function("_ZN2js7RunJobsEP9JSContext", None, _POINTER)
        self._restart_jobs = function("_ZN2js23RestartDrainingJobQueueEP9JSContext", None, _POINTER)
        self._stop_jobs = function("_ZN2js20StopDrainingJobQueueEP9JSContext", None, _POINTER)
        self._new_text = function("_Z21JS_NewStringCopyUTF8NP9JSContextRKN2JS9UTF8CharsE", _POINTER, _POINTER, _POINTER)
        self._put_text = function(
            "_Z16JS_DefineElementP9JSContextN2JS6HandleIP8JSObjectEEjNS2_IP8JSStringEEj",
            ctypes.c_bool, _POINTER, _POINTER, ctypes.c_uint32, _POINTER, ctypes.c_uint,
        )  # fmt: skip
        self._put_object = function(
            "_Z16JS_DefineElementP9JSContextN2JS6HandleIP8JSObjectEEjS5_j",
            ctypes.c_bool, _POINTER, _POINTER, ctypes.c_uint32, _POINTER, ctypes.c_uint,
        )  # fmt: skip
        self._get_element = function(
            "_Z13JS_GetElementP9JSContextN2JS6HandleIP8JSObjectEEjNS1_13MutableHandleINS1_5ValueEEE",
            ctypes.c_bool, _POINTER, _POINTER, ctypes.c_uint32, _POINTER,
        )  # fmt: skip
        self._is_handled = function("_ZN2JS19GetPromiseIsHandledENS_6HandleIP8JSObjectEE", ctypes.c_bool, _POINTER)
        self._clear_exception = function("_Z24JS_ClearPendingExceptionP9JSContext", None, _POINTER)
        self._collect = function(
            "_ZN2JS16NonIncrementalGCEP9JSContextNS_9GCOptionsENS_8GCReasonE",
            None, _POINTER, ctypes.c_int, ctypes.c_int,
        )  # fmt: skip
        self._prepare_collect = function("_ZN2JS16PrepareForFullGCEP9JSContext", None, _POINTER)
        self._collect_nursery = function(
            "_ZN2JS20RunNurseryCollectionEP9JSRuntimeNS_8GCReasonE"
            "N7mozilla16BaseTimeDurationINS3_27TimeDurationValueCalculatorEEE",
            None, _POINTER, ctypes.c_int, ctypes.c_int64,
        )  # fmt: skip
        self._get_parameter = function(
            "_Z17JS_GetGCParameterP9JSContext12JSGCParamKey", ctypes.c_uint32, _POINTER, ctypes.c_int
        )
        self._set_parameter = function(
            "_Z17JS_SetGCParameterP9JSContext12JSGCParamKeyj", None, _POINTER, ctypes.c_int, ctypes.c_uint32
        )
        self._request_interrupt = function("_Z27JS_RequestInterruptCallbackP9JSContext", None, _POINTER)
        self._reseed = function("_ZN2JS24ResetRealmMathRandomSeedEP9JSContext", None, _POINTER)
        libc = ctypes.PyDLL(None)
        self._trim_heap, self._forget = libc.malloc_trim, libc.madvise
        self._forget.argtypes = [ctypes.c_size_t, ctypes.c_size_t, ctypes.c_int]
        self._new_array = function("_ZN2JS14NewArrayObjectEP9JSContextm", _POINTER, _POINTER, ctypes.c_size_t)
        self._text_span = (ctypes.c_void_p * 2)()
        self._scratch = _POINTER()
        self._array_pointer = _POINTER()
        self._mailbox = self._make_rooted_array()
        self._rejected = self._make_rooted_array()
        self._element = ctypes.c_uint64()
        self._jobs_stopped = False

    # -- starting ---------------------------------------------------------------------------------------------

    def _start(self) -> Any:
        use_internal_queue = self._library.function("_ZN2js20UseInternalJobQueuesEP9JSContext", ctypes.c_bool, _POINTER)
        really_initialise = self._library.function(
            _INIT_SELF_HOSTED_CODE, ctypes.c_bool, _POINTER, _POINTER, ctypes.c_size_t, _POINTER
        )

        def initialise(context: int, cache: int, size: int, writer: int) -> bool:
            return bool(use_internal_queue(context)) and bool(really_initialise(context, cache, size, writer))

        initialise_callback = self._keep(_InitSelfHosted(initialise))
        ignored = self._keep(_Ignored(lambda *_: None))
        for symbol in _REPLACED:
            replacement = initialise_callback if symbol == _INIT_SELF_HOSTED_CODE else ignored
            elf.replace(self._library.slots[symbol], machine.address(replacement))
        return _load_extension(self._library.extension_path)

    def _keep(self, callback: Any) -> Any:
        self._kept.append(callback)
        return callback

    def _make_rooted_array(self) -> ctypes.c_uint64:
        """An array that only we and our own JavaScript hold; the collector knows its slot and keeps it current."""
        new_array = self._library.function("_ZN2JS14NewArrayObjectEP9JSContextm", _POINTER, _POINTER, ctypes.c_size_t)
        add_root = self._library.function(
            "_ZN2js15AddRawValueRootEP9JSContextPN2JS5ValueEPKc",
            ctypes.c_bool, _POINTER, _POINTER, ctypes.c_char_p,
        )  # fmt: skip
        slot = ctypes.c_uint64(new_array(self._context, 0) | _OBJECT_TAG)
        if not add_root(self._context, ctypes.addressof(slot), b"flora"):
            raise EngineError("the JavaScript engine cannot root the mailbox")
        return slot

    def expose_mailbox(self, name: str) -> None:
        """Let the next script find the mailbox under a global name; it takes it and deletes the name."""
        self._define_array(self._mailbox, REJECTED, self._rejected)
        define = self._library.function(
            "_Z17JS_DefinePropertyP9JSContextN2JS6HandleIP8JSObjectEEPKcS5_j",
            ctypes.c_bool, _POINTER, _POINTER, ctypes.c_char_p, _POINTER, ctypes.c_uint,
        )  # fmt: skip
        global_object = self._library.function("_ZN2JS19CurrentGlobalOrNullEP9JSContext", _POINTER, _POINTER)
        holder = _POINTER(global_object(self._context))
        self._scratch.value = self._mailbox.value & _POINTER_BITS
        if not define(self._context, ctypes.addressof(holder), name.encode(), ctypes.addressof(self._scratch), 0):
            raise EngineError("the JavaScript engine refuses the mailbox")

    def expose_jobs(self, run_jobs: str, read_clocks: str, numbers: bytearray, at: int) -> None:
        """Let JavaScript run its own promise jobs, and read clocks, by functions that it takes and deletes.

        Both write doubles into `numbers`, from byte `at` on: the nanoseconds that this thread has computed, for which
        only the second asks the kernel, and those of the monotonic clock. To come to Python and back for that
        after each event would take as long as a small handler, and JavaScript's own clocks count milliseconds of other
        people's time too.
        """
        address = _address_in(numbers, at)
        watch = _reads_clock(time.CLOCK_MONOTONIC, address + 8)
        # The jobs' context is the first argument of a function that JavaScript calls, too.
        self._define_function(run_jobs, machine.call(self._run_jobs) + watch)
        self._define_function(read_clocks, _reads_clock(time.CLOCK_THREAD_CPUTIME_ID, address) + watch)

    def expose_promises(self, name: str, numbers: bytearray, at: int) -> None:
        """Let JavaScript ask what has become of a promise, by a function that it takes and deletes.

        The function takes one object, and writes a double into `numbers`, at byte `at`: 1 when it is a promise that is
        fulfilled, 2 when it is rejected, else 0. JavaScript itself can only wait and be told.
        """
        state = self._library.function("_ZN2JS15GetPromiseStateENS_6HandleIP8JSObjectEE", ctypes.c_int, _POINTER)
        # The third argument, rdx, is where the called function, its `this` and its arguments lie.
        # mov rax, [rdx + 16]; mov rcx, tag; xor rax, rcx; mov [rsp], rax; mov rdi, rsp
        handle = struct.pack(
            "<4s2sQ3s4s3s",
            b"\x48\x8b\x42\x10", b"\x48\xb9", _OBJECT_TAG, b"\x48\x31\xc8", b"\x48\x89\x04\x24", b"\x48\x89\xe7",
        )  # fmt: skip
        # mov eax, eax: the state is half a register
        answer = b"\x89\xc0" + _writes_double(_address_in(numbers, at))
        self._define_function(name, handle + machine.call(state) + answer)

    def _define_function(self, name: str, code: bytes) -> None:
        """A global function of machine code that answers true; it has 24 bytes of stack, aligned for calls."""
        define = self._library.function(
            "_Z17JS_DefineFunctionP9JSContextN2JS6HandleIP8JSObjectEEPKcPFbS0_jPNS1_5ValueEEjj",
            _POINTER, _POINTER, _POINTER, ctypes.c_char_p, _POINTER, ctypes.c_uint, ctypes.c_uint,
        )  # fmt: skip
        # sub rsp, 24; the code; mov eax, 1; add rsp, 24; ret
        entry = self._machine_code(b"\x48\x83\xec\x18" + code + b"\xb8\x01\0\0\0\x48\x83\xc4\x18\xc3")
        global_object = self._library.function("_ZN2JS19CurrentGlobalOrNullEP9JSContext", _POINTER, _POINTER)
        holder = _POINTER(global_object(self._context))
        if not define(self._context, ctypes.addressof(holder), name.encode(), entry, 0, 0):
            raise EngineError("the JavaScript engine refuses a function")

    def _machine_code(self, code: bytes) -> int:
        executable = machine.Executable(code)
        self._kept.append(executable)
        return executable.entry

    def _define_array(self, holder: ctypes.c_uint64, index: int, value: ctypes.c_uint64) -> None:
        self._scratch.value = value.value & _POINTER_BITS
        self._define_object(holder, index, ctypes.addressof(self._scratch))

    def _define_object(self, holder: ctypes.c_uint64, index: int, handle: int) -> None:
        self._array_pointer.value = holder.value & _POINTER_BITS
        if not self._put_object(self._context, ctypes.addressof(self._array_pointer), index, handle, _ENUMERATE):
            self._clear_exception(self._context)

    # -- running ----------------------------------------------------------------------------------------------

    def evaluate(self, source: str, filename: str, *, line: int = 1, column: int = 1) -> Any:
        """Run a script. The bridge's own conversions apply to what it returns: ask for functions, true or nothing."""
        options = {"filename": filename, "lineno": line, "column": column, "strict": False}
        return self._bridge.eval(source, options)

    def run_jobs(self) -> None:
        """Run promise jobs until none is left, or until an interrupt calls `stop_jobs`."""
        self.allow_jobs()
        self._run_jobs(self._context)

    def allow_jobs(self) -> None:
        """After `stop_jobs`, or the engine would never run any again."""
        if self._jobs_stopped:
            self._restart_jobs(self._context)
            self._jobs_stopped = False

    def stop_jobs(self) -> None:
        """Leave `run_jobs` after the present job; those left over wait for the next time."""
        self._stop_jobs(self._context)
        self._jobs_stopped = True

    def put_text(self, address: int, size: int) -> None:
        """Copy UTF-8 bytes into a JavaScript string in the mailbox."""
        self._text_span[0], self._text_span[1] = address, address + size
        text = self._new_text(self._context, ctypes.addressof(self._text_span))
        if not text:
            self._clear_exception(self._context)
            raise MalformedTextError
        self._scratch.value = text
        self._array_pointer.value = self._mailbox.value & _POINTER_BITS
        if not self._put_text(
            self._context,
            ctypes.addressof(self._array_pointer),
            INBOX,
            ctypes.addressof(self._scratch),
            _ENUMERATE,
        ):
            self._clear_exception(self._context)
            raise MemoryError("no room for a text in the mailbox")

    def clear_exception(self) -> None:
        self._clear_exception(self._context)

    # -- limits -----------------------------------------------------------------------------------------------

    def make_fork_safe(self) -> None:
        """Never hand work to helper threads: they do not survive a fork, and a child would wait for them for ever.

        Compilation stays on, on the main thread: with only the helpers gone, hot loops would never be compiled.
        """
        off_thread = self._library.function(
            "_Z36JS_SetOffthreadIonCompilationEnabledP9JSContextb", None, _POINTER, ctypes.c_bool
        )
        set_helpers = self._library.function(
            "_ZN2JS27SetHelperThreadTaskCallbackEPFvPNS_16HelperThreadTaskEEmm",
            None, _HelperTask, ctypes.c_size_t, ctypes.c_size_t,
        )  # fmt: skip
        self.collect()
        off_thread(self._context, False)  # noqa: FBT003

        def refuse(_task: int) -> None:
            """Never called: with no helpers, the engine does the work where it is waited for."""

        set_helpers(self._keep(_HelperTask(refuse)), 0, 512 * 1024)

    def compile_late(self) -> None:
        """Let functions be interpreted a while longer than usual.

        What the engine notes of functions, and makes of them, is a third of a mebibyte in an isolate that has handled a
        hundred events, and saves no time before there were some thousands. The interpreter needs none of it.
        """
        set_option = self._library.function(
            "_Z29JS_SetGlobalJitCompilerOptionP9JSContext19JSJitCompilerOptionj",
            None, _POINTER, ctypes.c_int, ctypes.c_uint32,
        )  # fmt: skip
        for option, calls in _COMPILE_AFTER:
            set_option(self._context, option, calls)

    def collect(self, *, shrink: bool = False) -> None:
        self._prepare_collect(self._context)
        self._collect(self._context, _SHRINKING_GC if shrink else _NORMAL_GC, _GC_REASON)

    def give_back_free(self) -> None:
        """Move what lives in the nursery to where objects stay, and let the kernel have what is free then."""
        self._collect_nursery(self._runtime, _GC_REASON, 0)
        self._trim_heap(0)
        # The nursery begins anew at the front of its block: the first object lies behind what describes the block.
        first = self._new_array(self._context, 0)
        if not ctypes.c_uint64.from_address(first & -_BLOCK_BYTES).value:
            return  # the block of what stays: there is no nursery
        kept = (first | (mmap.PAGESIZE - 1)) + 1
        self._forget(kept, (first | (_BLOCK_BYTES - 1)) + 1 - kept, _DONT_NEED)

    def heap_bytes(self) -> int:
        return int(self._get_parameter(self._context, _BYTES))

    def limit_heap(self, heap_bytes: int, nursery_bytes: int, first_collection_mb: int) -> None:
        """Cap the heap, and collect early: a small heap collected often is cheaper for us than memory held."""
        for key, value in (
            (_MAX_BYTES, heap_bytes),
            (_MIN_NURSERY_BYTES, min(nursery_bytes, _FIRST_NURSERY_BYTES)),
            (_MAX_NURSERY_BYTES, nursery_bytes),
            (_ALLOCATION_THRESHOLD_MB, first_collection_mb),
            (_SMALL_HEAP_GROWTH_PERCENT, 150),
        ):
            self._set_parameter(self._context, key, value)

    def limit_stack(self, stack_bytes: int) -> None:
        set_quota = self._library.function(
            "_Z22JS_SetNativeStackQuotaP9JSContextmmm",
            None, _POINTER, ctypes.c_size_t, ctypes.c_size_t, ctypes.c_size_t,
        )  # fmt: skip
        set_quota(self._context, stack_bytes, stack_bytes, stack_bytes)

    def trace_async_calls(self, enabled: bool) -> None:  # noqa: FBT001
        """Whether an error's stack goes on across an `await`. It costs a quarter of all time spent in promises."""
        options = self._library.function("_ZN2JS17ContextOptionsRefEP9JSContext", _POINTER, _POINTER)
        word = ctypes.c_uint32.from_address(options(self._context))
        word.value = (word.value | _ASYNC_STACK) if enabled else (word.value & ~_ASYNC_STACK)

    def reseed(self) -> None:
        """Give Math.random a sequence of its own; two isolates forked from one zygote must not share one."""
        self._reseed(self._context)

    # -- what the engine tells us -------------------------------------------------------------------------------

    def on_interrupt(self, may_go_on: Callable[[], bool]) -> None:
        """Ask before JavaScript goes on, whenever `alarm` has rung. The answer False ends it; it cannot be caught."""
        add = self._library.function(
            "_Z23JS_AddInterruptCallbackP9JSContextPFbS0_E", ctypes.c_bool, _POINTER, _Interrupt
        )

        def asked(_context: int) -> bool:
            return may_go_on()

        if not add(self._context, self._keep(_Interrupt(asked))):
            raise EngineError("the JavaScript engine takes no interrupt callback")

    def leave_when_memory_ends(self, code: int) -> None:
        """Let the process exit with `code` where the engine would crash for lack of memory.

        In some places (while it moves objects, or makes machine code) the engine cannot do without, tells nobody and
        crashes. The function that does so is overwritten with the system call exit_group.
        """
        crash = self._library.function("_ZN2js24AutoEnterOOMUnsafeRegion10crash_implEPKc", None)
        # mov eax, 231; mov edi, code; syscall
        leave = struct.pack("<cIcI2s", b"\xb8", 231, b"\xbf", code, b"\x0f\x05")
        start = machine.address(crash)
        page, pages = start & ~(mmap.PAGESIZE - 1), 2 * mmap.PAGESIZE  # it may lie across an edge
        libc = machine.libc()
        if libc.mprotect(page, pages, mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC):
            raise EngineError("the kernel does not let the engine's code be changed")
        ctypes.memmove(start, leave, len(leave))
        libc.mprotect(page, pages, mmap.PROT_READ | mmap.PROT_EXEC)

    @staticmethod
    def crash_plainly() -> None:
        """Let a crash end the process at once.

        The engine handles crashes of WebAssembly, of which there is none here, and for all others asks the kernel for
        the default action, which a sealed process may not do any more: it would crash for ever.
        """
        for number in (signal.SIGSEGV, signal.SIGBUS, signal.SIGILL, signal.SIGFPE, signal.SIGTRAP, signal.SIGABRT):
            signal.signal(number, signal.SIG_DFL)

    def install_alarm(self) -> None:
        """Let SIGALRM request an interrupt, without a thread and without Python.

        A Python signal handler would wait for JavaScript to end. This handler is 22 bytes of machine code that
        load the context and jump to the engine's own request. That stores two words and takes the lock of
        Atomics.wait, which nobody can hold: scripts have no shared memory. (The engine's lock-free variant
        does not stop a regular expression.)
        """
        request = self._library.function("_Z27JS_RequestInterruptCallbackP9JSContext", None, _POINTER)
        assert self._context is not None
        # mov rdi, context; mov rax, request; jmp rax
        code = struct.pack("<2sQ2sQ2s", b"\x48\xbf", self._context, b"\x48\xb8", machine.address(request), b"\xff\xe0")
        entry = self._machine_code(code)
        libc = machine.libc()
        libc.signal.restype, libc.signal.argtypes = _POINTER, [ctypes.c_int, _POINTER]
        libc.signal(signal.SIGALRM, entry)

    def on_out_of_memory(self, note: Callable[[], None]) -> None:
        setter = self._library.function(
            "_ZN2JS22SetOutOfMemoryCallbackEP9JSContextPFvS1_PvES2_", None, _POINTER, _OutOfMemory, _POINTER
        )

        def told(_context: int, _data: int) -> None:
            note()

        setter(self._context, self._keep(_OutOfMemory(told)), None)

    def on_collected(self, note: Callable[[], None]) -> None:
        """Say that a full collection is over; `note` may ask for `heap_bytes`, and for an interrupt."""
        setter = self._library.function(
            "_Z16JS_SetGCCallbackP9JSContextPFvS0_10JSGCStatusN2JS8GCReasonEPvES4_",
            None,
            _POINTER,
            _Collected,
            _POINTER,
        )

        def told(_context: int, status: int, _reason: int, _data: int) -> None:
            if status == _COLLECTION_ENDS:
                note()

        setter(self._context, self._keep(_Collected(told)), None)

    def request_interrupt(self) -> None:
        self._request_interrupt(self._context)

    def track_rejections(self, note: Callable[[int], None]) -> None:
        """Say of each promise that is rejected while nobody listens; many are listened to a moment later."""

        def told(_context: int, _muted: bool, promise: int, state: int, _data: int) -> None:  # noqa: FBT001
            if state == _UNHANDLED:
                note(promise)

        setter = self._library.function(_SET_REJECTION_TRACKER, None, _POINTER, _Rejection, _POINTER)
        setter(self._context, self._keep(_Rejection(told)), None)

    def keep_rejected(self, index: int, promise: int) -> None:
        """Put a promise, as `track_rejections` gave it, where JavaScript will find it."""
        self._define_object(self._rejected, index, promise)

    def keep_unhandled(self, count: int) -> int:
        """Of the first `count` kept promises, keep those that still nobody listens to, and say how many they are."""
        kept = 0
        for index in range(count):
            self._array_pointer.value = self._rejected.value & _POINTER_BITS
            self._get_element(
                self._context, ctypes.addressof(self._array_pointer), index, ctypes.addressof(self._element)
            )
            promise = _POINTER(self._element.value & _POINTER_BITS)
            if not self._is_handled(ctypes.addressof(promise)):
                self._define_object(self._rejected, kept, ctypes.addressof(promise))
                kept += 1
        return kept


def _reads_clock(clock: int, place: int) -> bytes:
    """Machine code that writes the nanoseconds of a clock to `place`, as a double."""
    # mov edi, clock; mov rsi, rsp; and then imul rax, [rsp], 10**9; add rax, [rsp + 8]
    ask = struct.pack("<cI3s", b"\xbf", clock, b"\x48\x89\xe6") + machine.call(machine.libc().clock_gettime)
    return ask + struct.pack("<4sI5s", b"\x48\x69\x04\x24", 10**9, b"\x48\x03\x44\x24\x08") + _writes_double(place)


def _writes_double(place: int) -> bytes:
    # cvtsi2sd xmm0, rax; mov rax, place; movsd [rax], xmm0
    return struct.pack("<5s2sQ4s", b"\xf2\x48\x0f\x2a\xc0", b"\x48\xb8", place, b"\xf2\x0f\x11\x00")


def _address_in(numbers: bytearray, at: int) -> int:
    return ctypes.addressof(ctypes.c_char.from_buffer(numbers)) + at


def _nothing(_event: object) -> None:
    """What each method of the event does that nobody waits for."""


def _load_extension(path: str) -> Any:
    """Load the extension module alone; its package and asyncio are stood in for by empty modules.

    The extension asks asyncio for one Event while it starts. No promise ever crosses into Python here, so the
    rest of asyncio would be 6 MB for every fork to copy the page tables of.
    """
    package = types.ModuleType("pythonmonkey")
    package.__path__ = [os.path.dirname(path)]
    stand_in = types.ModuleType("asyncio")
    vars(stand_in)["Event"] = type("Event", (), dict.fromkeys(("set", "clear", "wait", "is_set"), _nothing))
    sys.modules["pythonmonkey"] = package
    sys.modules.setdefault("asyncio", stand_in)
    loader = importlib.machinery.ExtensionFileLoader("pythonmonkey.pythonmonkey", path)
    spec = importlib.util.spec_from_file_location("pythonmonkey.pythonmonkey", path, loader=loader)
    assert spec is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    loader.exec_module(module)
    return module
