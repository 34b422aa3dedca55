"""`python -m bench NAME [--quick] [--json]`: run one bench, or `all` of them, each in a process of its own.

Lines for people go to stderr. The last line on stdout is one JSON object. A run without --quick is kept in
bench/results/NAME.json, and docs/benchmarks.md is written anew. `page` only writes that; `check` compares ratios with
those that are kept; `profile NAME` draws where the time goes.
"""

import argparse
import json
import subprocess
import sys

from bench import check, harness, profile, report
from bench._sampled_isolates import sampled_if_asked


def main() -> int:
    """Parse the command and do it; the exit status says whether every bench ran."""
    if sys.argv[1:2] == ["check"]:
        return check.main(sys.argv[2:])
    if sys.argv[1:2] == ["profile"]:
        return profile.main(sys.argv[2:])
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("name", choices=[*harness.names(), "all", "page", "check", "profile"])
    parser.add_argument("--quick", action="store_true", help="a fraction of the time; nothing is kept")
    parser.add_argument("--json", action="store_true", help="only the line of JSON, nothing readable before it")
    parser.add_argument("--not-kept", action="store_true", help="a full run that is not kept")
    parser.add_argument("--profiled", action="store_true", help="what there is of it for profiles; nothing is kept")
    options = parser.parse_args()
    if options.name == "page":
        harness.say(f"wrote {report.write_page()}")
        return 0
    if options.name == "all":
        return _run_all(quick=options.quick)
    with sampled_if_asked():
        result = harness.run_bench(options.name, quick=options.quick, profiled=options.profiled)
    if not (options.quick or options.not_kept or options.profiled):
        harness.say(f"kept in {harness.write_result(result)}")
        report.write_page(harness.RESULTS, report.PAGE)
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
