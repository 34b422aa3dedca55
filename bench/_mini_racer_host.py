"""For each line on stdin: a new mini-racer isolate in this process, timed until its first handler has run, then closed
unless the line says `hold`.
"""

import json
import sys
import time
from importlib import import_module
from pathlib import Path
from typing import Any


def main() -> None:
    mini_racer: Any = import_module("py_mini_racer")  # of the extra `bench`, so no import of ours
    source = Path(sys.argv[1]).read_text()
    event = sys.argv[2]
    # Its promises are settled before `eval` returns, so this asks for no round trip more than needed.
    call = f'dispatch("messageCreate", JSON.parse({json.dumps(event)}))'
    first = f"{call}.then((answer) => {{ globalThis.answer = answer; }}); 1"
    held: list[Any] = []
    for line in sys.stdin:
        began = time.perf_counter()
        isolate = mini_racer.MiniRacer()
        isolate.eval(source)
        isolate.eval(first)
        took = (time.perf_counter() - began) * 1000
        answer = isolate.eval("globalThis.answer")
        if line.strip() == "hold":
            held.append(isolate)
        else:
            isolate.close()
        print(f"{took} {answer}", flush=True)


if __name__ == "__main__":
    main()
