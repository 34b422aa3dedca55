"""What `python -m sdk.build` makes lies in the repository, as made from the sources that lie there."""

from sdk.build import PRELUDE, built


def test_the_built_files_are_current() -> None:
    stale = [path.name for path, text in built().items() if path.read_text(encoding="utf-8") != text]
    assert stale == [], "run python -m sdk.build"


def test_the_prelude_stays_small() -> None:
    assert PRELUDE.stat().st_size < 600_000
