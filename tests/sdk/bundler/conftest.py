"""One bundler for the tests of this folder, unpacked where only the test run looks."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from sdk.bundler import Bundler, open_bundler


@pytest.fixture(name="cache", scope="session")
def _cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("esbuild")


@pytest.fixture(name="bundler")
async def _bundler(cache: Path) -> AsyncIterator[Bundler]:
    async with open_bundler(cache=cache) as bundler:
        yield bundler
