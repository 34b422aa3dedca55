"""One guild, one sealed process: the engine, its sandbox, and the zygote that forks it warm.

Two sides that share only bytes. What runs in the daemon:

    process.py       a zygote, seen from the daemon: start, fork, keep alive          <- start here
    isolate.py       one isolate: load, dispatch, answer, end; door.py is its end of the socket
    switchboard.py   one task that reads and writes the doors of all isolates of a zygote

What runs in the other processes, and so imports nothing of the daemon's, nor trio:

    zygote.py        loads the engine and the prelude once, then forks
    child.py         the loop of one isolate: a record in, JavaScript, records out
    core.js          the JavaScript half of the child: dispatches, ops, timers, console, errors
    spidermonkey.py  the engine behind a narrow door; elf.py lets it choose the job queue
    sandbox.py       the layers that seal a child; seccomp.py writes its system call filter

What both sides read:

    records.py       the lines that pass through the door
"""
