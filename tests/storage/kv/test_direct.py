"""Writing without a thread: what the kernel was given is in the file, and what it refuses is said."""

import errno
import os
import resource
import tempfile
from collections.abc import Generator
from pathlib import Path

import pytest
import trio

from storage.kv.direct import MOST_BYTES, DirectFile, open_direct
from storage.kv.journal import BLOCK

SIZE = 2 * MOST_BYTES


@pytest.fixture(name="file")
def _file(tmp_path: Path) -> Path:
    (tmp_path / "file").write_bytes(bytes(SIZE))
    return tmp_path / "file"


@pytest.fixture(name="direct")
def _direct(file: Path) -> Generator[DirectFile]:
    with open_direct(file) as direct:
        if direct is None:
            pytest.skip("neither ext4 nor XFS, or the kernel refuses")
        yield direct


@pytest.mark.parametrize("blocks", [1, 8, MOST_BYTES // BLOCK])
async def test_what_was_written_is_in_the_file_and_nothing_else_changed(
    file: Path, direct: DirectFile, blocks: int
) -> None:
    content = os.urandom(blocks * BLOCK)

    assert await direct.write(content, 3 * BLOCK) == len(content)

    assert file.read_bytes() == bytes(3 * BLOCK) + content + bytes(SIZE - 3 * BLOCK - len(content))


async def test_a_cancelled_caller_waits_until_the_kernel_has_let_go(file: Path, direct: DirectFile) -> None:
    content = os.urandom(MOST_BYTES)
    with trio.CancelScope() as scope:
        scope.cancel()
        await direct.write(content, 0)
    assert scope.cancelled_caught
    assert file.read_bytes()[:MOST_BYTES] == content
    assert await direct.write(bytes(BLOCK), 0) == BLOCK


async def test_what_the_kernel_refuses_at_once_is_an_error(direct: DirectFile) -> None:
    with pytest.raises(OSError, match="nvalid") as refused:
        await direct.write(bytes(100), 0)  # no whole block
    assert refused.value.errno == errno.EINVAL
    assert await direct.write(bytes(BLOCK), 0) == BLOCK


async def test_a_file_that_may_not_grow_is_an_error(direct: DirectFile) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (SIZE, hard))
    try:
        with pytest.raises(OSError, match="large"):
            await direct.write(bytes(BLOCK), SIZE)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.mark.parametrize("name", ["missing", "."])
def test_where_it_cannot_be_had_there_is_none(tmp_path: Path, name: str) -> None:
    with open_direct(tmp_path / name) as direct:
        assert direct is None


def test_another_file_system_has_none() -> None:
    with tempfile.NamedTemporaryFile(dir="/dev/shm") as file, open_direct(Path(file.name)) as direct:
        assert direct is None
