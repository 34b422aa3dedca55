"""Real isolates for the tests of this folder. Whoever leaves one behind fails."""

from collections.abc import AsyncIterator

import pytest

from actors.isolate.isolate import Isolate
from actors.isolate.process import Zygote, open_zygote


@pytest.fixture(name="zygote")
async def _zygote() -> AsyncIterator[Zygote]:
    async with open_zygote() as zygote:
        yield zygote
        for isolate in zygote.isolates:
            await isolate.close()
        assert zygote.isolates == []


@pytest.fixture(name="isolate")
async def _isolate(zygote: Zygote) -> Isolate:
    return await zygote.fork()
