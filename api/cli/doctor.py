"""`flora doctor`: what of this machine flora can rely on, and what to do where it cannot."""

import argparse

from api.cli.console import coloured, show, show_json
from api.cli.doctor_discord import diagnose_discord
from api.cli.doctor_isolates import diagnose_isolates
from api.cli.doctor_storage import diagnose_storage
from api.cli.doctor_system import diagnose_system
from api.cli.places import place_of
from api.cli.progress import progress
from storage.health import Diagnosis, Level

_SIGN = {Level.OK: "✓", Level.WARN: "!", Level.FAIL: "✗"}
_COLOUR = {Level.OK: "green", Level.WARN: "yellow", Level.FAIL: "red"}


async def doctor(options: argparse.Namespace) -> int:
    """Print a line for each thing looked at; 1 when something does not work."""
    place = place_of(options)
    found = [Diagnosis("configuration", Level.WARN, warning) for warning in place.config.warnings]
    with progress("looking at the sandbox") as looking:
        found += await diagnose_isolates()
        found += diagnose_system(int(place.config.runtime.max_resident))
        looking.now("looking at the stores")
        found += await diagnose_storage(place)
        looking.now("asking Discord")
        found += await diagnose_discord(place.config.discord)
    if options.json:
        show_json(
            [{"name": one.name, "level": str(one.level), "finding": one.finding, "remedy": one.remedy} for one in found]
        )
        return int(any(one.level is Level.FAIL for one in found))
    for diagnosis in found:
        show(_line(diagnosis))
    return int(any(diagnosis.level is Level.FAIL for diagnosis in found))


def _line(diagnosis: Diagnosis) -> str:
    remedy = f" -> {diagnosis.remedy}" if diagnosis.remedy else ""
    return f"{coloured(_SIGN[diagnosis.level], _COLOUR[diagnosis.level])} {diagnosis.name}: {diagnosis.finding}{remedy}"
