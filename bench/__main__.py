"""`python -m bench NAME [--quick] [--json]`: run one bench, or `all` of them, each in a process of its own.

Lines for people go to stderr. The last line on stdout is one JSON object. A run without --quick is kept in
bench/results/NAME.json.
"""

import argparse
import json
import subprocess
import sys

from bench import harness, report


def main() -> int:
    """Parse the command and do it; the exit status says whether every bench ran."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("name", choices=[*harness.names(), "all"])
    parser.add_argument("--quick", action="store_true", help="a fraction of the time; nothing is kept")
    parser.add_argument("--json", action="store_true", help="only the line of JSON, nothing readable before it")
    options = parser.parse_args()
    if options.name == "all":
        return _run_all(quick=options.quick)
    result = harness.run_bench(options.name, quick=options.quick)
    if not options.quick:
        harness.say(f"kept in {harness.write_result(result)}")
    if not options.json:
        harness.say(json.dumps(result, indent=2))
    print(json.dumps(result))
    return 0


def _run_all(*, quick: bool) -> int:
    """Processes of their own, so that no bench measures what another left behind."""
    flags = ["--quick"] if quick else []
    commands = [[sys.executable, "-m", "bench", name, "--json", *flags] for name in harness.names()]
    failed = [command[3] for command in commands if subprocess.run(command, check=False).returncode != 0]
    if not quick:
        harness.say(f"wrote {report.write_page()}")
    print(json.dumps({"bench": "all", "failed": failed}))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
