"""What is left out for want of a browser is named at the end of a run."""

import subprocess
import sys
from pathlib import Path

from tests import browser

ROOT = Path(__file__).parents[1]


def test_the_last_line_names_the_tests_that_were_left_out(tmp_path: Path) -> None:
    words = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests/gateway/local/test_page.py"]
    environ = {"PATH": str(tmp_path), "HOME": str(tmp_path), "PYTHONPATH": str(ROOT)}
    done = subprocess.run(words, cwd=ROOT, env=environ, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    told = [line for line in done.stdout.splitlines() if line.startswith("left out, for they need a browser")]
    assert [line.partition("): ")[2] for line in told] == [
        "tests/gateway/local/test_page.py::test_a_visitor_meets_what_the_scenario_tells"
    ]
    assert "there is none on this machine" in told[0]
    assert "passed" not in done.stdout


def test_nothing_left_out_is_no_line() -> None:
    assert browser.last_line([]) is None
