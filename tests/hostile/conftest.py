from collections.abc import Iterator

import pytest

from tests.hostile.arena import Arena, open_arena


@pytest.fixture(scope="session")
def arena() -> Iterator[Arena]:
    with open_arena() as opened:
        yield opened
