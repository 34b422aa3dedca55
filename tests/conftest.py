"""What holds for every test: no property is refuted because the machine was busy, and what was left out is named."""

import pytest
from hypothesis import HealthCheck, settings

from tests import browser

settings.register_profile("flora", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("flora")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    line = browser.last_line(terminalreporter.stats.get("skipped", []))
    if line is not None:
        terminalreporter.write_line(line, yellow=True)
