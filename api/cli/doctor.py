"""`flora doctor`: what of this machine flora can rely on, and what to do where it cannot."""

import os

from api.cli.doctor_isolates import diagnose_isolates
from api.cli.doctor_storage import data_directory, diagnose_storage
from storage.health import Diagnosis, Level

_SIGN = {Level.OK: "✓", Level.WARN: "!", Level.FAIL: "✗"}


async def doctor(data: str | None) -> int:
    """Print a line for each thing looked at; 1 when something does not work."""
    found = [*await diagnose_isolates(), *await diagnose_storage(data_directory(data), os.environ)]
    for diagnosis in found:
        print(_line(diagnosis))  # noqa: T201
    return int(any(diagnosis.level is Level.FAIL for diagnosis in found))


def _line(diagnosis: Diagnosis) -> str:
    remedy = f" -> {diagnosis.remedy}" if diagnosis.remedy else ""
    return f"{_SIGN[diagnosis.level]} {diagnosis.name}: {diagnosis.finding}{remedy}"
