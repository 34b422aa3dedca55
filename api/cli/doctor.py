"""`flora doctor`: what of this machine flora can rely on, and what to do where it cannot."""

import argparse

from api.cli.console import show_json
from api.cli.doctor_isolates import diagnose_isolates
from api.cli.doctor_storage import diagnose_storage
from api.cli.places import place_of
from storage.health import Diagnosis, Level

_SIGN = {Level.OK: "✓", Level.WARN: "!", Level.FAIL: "✗"}


async def doctor(options: argparse.Namespace) -> int:
    """Print a line for each thing looked at; 1 when something does not work."""
    place = place_of(options)
    found = [Diagnosis("configuration", Level.WARN, warning) for warning in place.warnings]
    found += [*await diagnose_isolates(), *await diagnose_storage(place)]
    if options.json:
        show_json(
            [{"name": one.name, "level": str(one.level), "finding": one.finding, "remedy": one.remedy} for one in found]
        )
        return int(any(one.level is Level.FAIL for one in found))
    for diagnosis in found:
        print(_line(diagnosis))  # noqa: T201
    return int(any(diagnosis.level is Level.FAIL for diagnosis in found))


def _line(diagnosis: Diagnosis) -> str:
    remedy = f" -> {diagnosis.remedy}" if diagnosis.remedy else ""
    return f"{_SIGN[diagnosis.level]} {diagnosis.name}: {diagnosis.finding}{remedy}"
