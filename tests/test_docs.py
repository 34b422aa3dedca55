"""The documents say what the code says."""

import re
from pathlib import Path

import pytest

from actors import limits
from actors.outcomes import EndReason, LoadOutcome, RunOutcome

ROOT = Path(__file__).parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])


def test_the_page_of_limits_is_current() -> None:
    assert (ROOT / "docs" / "limits.md").read_text() == limits.page(), "run `make docs`"


@pytest.mark.parametrize("outcome", [*RunOutcome, *LoadOutcome, *EndReason])
def test_every_outcome_is_explained(outcome: str) -> None:
    assert f"`{outcome}`" in (ROOT / "docs" / "isolates.md").read_text()


@pytest.mark.parametrize("page", PAGES, ids=[str(page.relative_to(ROOT)) for page in PAGES])
def test_links_to_other_pages_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text()):
        assert (page.parent / target).exists(), target
