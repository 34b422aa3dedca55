"""Projects that want to read this machine, or take it down: refused or harmless, and the next build is fine."""

from pathlib import Path

import pytest
import trio

from sdk.bundler import BundleLimits, Bundler, BundleRefused, BundlerUnavailableError, binary, open_bundler
from sdk.bundler.service import Service

_SECRET = "root:x:0:0"


@pytest.mark.parametrize(
    "code",
    [
        'import x from "/etc/passwd" with { type: "text" }; console.log(x)',
        'import x from "../../../../etc/passwd" with { type: "text" }; console.log(x)',
        'import x from "./../../etc/passwd"; console.log(x)',
        'import x from "file:///etc/passwd"; console.log(x)',
        'import x from "data:text/javascript,1"; console.log(x)',
        'console.log(require("/etc/passwd"))',
        'console.log(new URL("/etc/passwd", "file:///"))',
        'const n = "passwd"; console.log(await import("../../../../etc/" + n))',
        'const n = "passwd"; console.log(await import(`/etc/${n}`))',
        'const n = "a"; console.log(await import("./" + n + ".ts"), require("../" + n))',
        '//# sourceMappingURL=/etc/passwd\nconsole.log("map")',
        '/// <reference path="/etc/passwd" />\nconsole.log(1)',
        'import "pkg"; console.log(1)',
        'import "pkg2"; console.log(1)',
        'import "bot:main.ts"; import "(start)"; console.log(1)',
    ],
)
async def test_nothing_of_this_machine_gets_into_a_bundle(bundler: Bundler, code: str) -> None:
    files = {
        "main.ts": code,
        "tsconfig.json": '{"extends": "/etc/passwd"}',
        "node_modules/pkg/package.json": '{"main": "../../../etc/passwd"}',
        "node_modules/pkg2/package.json": '{"exports": "./../../../../etc/passwd"}',
    }
    try:
        bundled = await bundler.bundle(files, "main.ts")
    except BundleRefused:
        pass
    else:
        assert _SECRET not in bundled.source
        assert _SECRET not in bundled.source_map
        assert bundled.inputs == ["main.ts"]
    assert "fine" in (await bundler.bundle({"main.ts": "console.log('fine')"}, "main.ts")).source


async def test_deep_nesting_ends_a_build_and_no_other(bundler: Bundler) -> None:
    deep = {"main.ts": "(" * 500_000}

    with pytest.raises(BundleRefused):
        await bundler.bundle(deep, "main.ts")
    assert (await bundler.bundle({"main.ts": "console.log(1)"}, "main.ts")).source


async def test_a_build_that_takes_too_long_is_given_up_with_its_process(cache: Path) -> None:
    limits = BundleLimits(seconds=0.000_001)
    async with open_bundler(cache=cache, limits=limits) as bundler:
        with pytest.raises(BundleRefused, match="bundling took more than"):
            await bundler.bundle({"main.ts": "console.log(1)"}, "main.ts")


async def test_a_cancelled_build_leaves_no_process(bundler: Bundler) -> None:
    with trio.CancelScope() as scope:
        scope.cancel()
        await bundler.bundle({"main.ts": "console.log(1)"}, "main.ts")
    assert scope.cancelled_caught
    assert (await bundler.bundle({"main.ts": "console.log(2)"}, "main.ts")).source


async def test_a_process_that_nobody_needs_is_ended_and_the_next_build_starts_another(bundler: Bundler) -> None:
    await bundler.bundle({"main.ts": "console.log(1)"}, "main.ts")
    (service,) = bundler._idle

    async with trio.open_nursery() as nursery:
        nursery.start_soon(bundler.end_idle, 0.001)
        await service._process.wait()
        nursery.cancel_scope.cancel()
    assert (await bundler.bundle({"main.ts": "console.log(2)"}, "main.ts")).source


async def test_the_process_is_sealed(cache: Path) -> None:
    service = await Service.start(binary.unpacked(cache))
    status = Path(f"/proc/{service._process.pid}/status").read_text()
    await service.end()
    assert "Seccomp:\t2" in status
    assert "NoNewPrivs:\t1" in status


async def test_packages_have_a_limit_of_their_own(cache: Path) -> None:
    files = {"main.ts": "import 'big'", "node_modules/big/index.js": "//" + "x" * 2000}
    async with open_bundler(cache=cache, limits=BundleLimits(package_bytes=1000)) as bundler:
        with pytest.raises(BundleRefused, match="bytes of packages"):
            await bundler.bundle(files, "main.ts")


def test_the_binary_is_unpacked_once_and_only_if_it_is_the_one_we_know(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = binary.unpacked(tmp_path)
    number = first.stat().st_ino

    assert binary.unpacked(tmp_path).stat().st_ino == number
    assert list(tmp_path.iterdir()) == [first]
    monkeypatch.setattr(binary, "SHA256", "0" * 64)
    with pytest.raises(BundlerUnavailableError, match="does not hold esbuild"):
        binary.unpacked(tmp_path)
