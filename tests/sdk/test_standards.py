"""What the standards say of headers, encodings, clones, events and abort signals, claim by claim, in a real isolate."""

from pathlib import Path
from typing import Any, Final

import msgspec
import pytest

from tests.sdk.conftest import Script

FOLDER: Final = Path(__file__).parent / "standards"
PAGE: Final = Path(__file__).parents[2] / "docs" / "web-platform.md"
COUNTS: Final = {"abort": 40, "clone": 98, "encoding": 156, "headers": 64}
"""As docs/web-platform.md has them."""


@pytest.mark.parametrize("standard", sorted(COUNTS))
async def test_it_is_as_the_standard_says(script: Script, standard: str) -> None:
    await script.load("\n".join((FOLDER / f"{part}.js").read_text() for part in ("harness", standard)))

    run = await script.dispatch("go", None, seconds=20.0)

    assert script.said, run
    found: dict[str, Any] = msgspec.json.decode(script.said[-1])
    assert found["failed"] == []
    assert found["count"] == COUNTS[standard]


def test_the_page_has_the_numbers() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert [name for name, count in COUNTS.items() if f"{name}.js`, {count} claims" not in page] == []
