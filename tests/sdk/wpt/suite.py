"""A checkout of web-platform-tests: which of its files concern flora, and what one of them is made of."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

AREAS: Final[dict[str, tuple[str, ...]]] = {
    "URL": ("url/*.any.js", "url/IdnaTestV2.window.js", "url/toascii.window.js"),
    "URLPattern": ("urlpattern/*.any.js",),
    "encoding": (
        "encoding/*.any.js",
        "encoding/single-byte-decoder.window.js?TextDecoder",
        "encoding/legacy-mb-*/*/*.any.js",
    ),
    "encoding streams": ("encoding/streams/*.any.js",),
    "fetch headers": ("fetch/api/headers/*.any.js",),
    "fetch requests": ("fetch/api/request/*.any.js",),
    "fetch responses": ("fetch/api/response/*.any.js",),
    "fetch bodies": ("fetch/api/body/*.any.js",),
    "structured clone": ("html/webappapis/structured-clone/*.any.js",),
    "abort": ("dom/abort/*.any.js",),
    "events": ("dom/events/*.any.js",),
    "exceptions": ("webidl/ecmascript-binding/es-exceptions/*.any.js",),
    "base64": ("html/webappapis/atob/*.any.js",),
    "timers": ("html/webappapis/timers/*.any.js", "html/webappapis/microtask-queuing/*.any.js"),
    "blobs": ("FileAPI/blob/*.any.js", "FileAPI/file/File-constructor.any.js"),
    "form data": ("xhr/formdata/*.any.js",),
    "crypto": (
        "WebCryptoAPI/*.any.js",
        "WebCryptoAPI/digest/digest.https.any.js",
        "WebCryptoAPI/sign_verify/hmac.https.any.js",
        "WebCryptoAPI/generateKey/*_HMAC.https.any.js",
    ),
    "clock": ("hr-time/*.any.js",),
    "console": ("console/*.any.js",),
    "streams": (
        "streams/*.any.js",
        "streams/piping/*.any.js",
        "streams/readable-streams/*.any.js",
        "streams/readable-byte-streams/*.any.js",
        "streams/writable-streams/*.any.js",
        "streams/transform-streams/*.any.js",
    ),
}
"""By area, the files of the suite; behind `?` the one variant of it that needs no page."""

_LEFT_OUT: Final = re.compile(
    r"idlharness"  # how interfaces are declared, to the letter of Web IDL: nothing here is generated from it
    r"|owning-type"  # of messages between workers, and of video
    r"|garbage-collection"  # needs a collector that scripts can call
    r"|WebCryptoAPI/historical"  # of pages that did not come over TLS
    r"|\bevents/(Event-dispatch|event-global)"  # of a tree of elements
    r"|request-(cache|bad-port|keepalive)|init-priority|no-cors|-realm"  # of a browser: its cache, its pages, its rules
    r"|(replacement|unsupported)-encodings|unsupported-labels"  # of pages that a browser loads
)
_SUBTESTS_LEFT_OUT: Final = re.compile(
    r"XMLHttpRequest"
    r"|\(using <a"  # elements of a page
    r"|^fetch\(\) with "  # which the suite's own server answers
)

_GLOBALS: Final = frozenset({"window", "worker", "dedicatedworker"})
"""A file for any of these runs here; one for service workers or shadow realms alone does not."""


@dataclass(frozen=True, slots=True)
class Page:
    """One variant of one file."""

    path: str
    """Within the suite."""
    search: str
    """What stands behind the file's name in its address, `?` and all; empty in a file without variants."""
    scripts: tuple[str, ...]
    """The suite's own scripts that the file wants before it, as paths within the suite."""

    @property
    def name(self) -> str:
        return self.path + self.search

    def counts(self, subtest: str) -> bool:
        """Whether a subtest of it is of something that scripts could have here."""
        return _SUBTESTS_LEFT_OUT.search(subtest) is None


def pages(folder: Path, area: str) -> Iterator[Page]:
    """Every page of an area that the checkout has."""
    for pattern in AREAS[area]:
        glob, _, only = pattern.partition("?")
        for file in sorted(folder.glob(glob)):
            path = file.relative_to(folder).as_posix()
            if not _LEFT_OUT.search(path):
                yield from (page for page in _variants(folder, path) if not only or page.search == f"?{only}")


def _variants(folder: Path, path: str) -> Iterator[Page]:
    meta = _meta((folder / path).read_text(encoding="utf-8"))
    wanted = {one.strip() for line in meta.get("global", []) for one in line.split(",")}
    if wanted and not wanted & _GLOBALS:
        return
    here = Path("/", path).parent
    scripts = tuple(_within(here, script) for script in meta.get("script", []))
    for variant in meta.get("variant", [""]):
        yield Page(path, variant, scripts)


def _within(here: Path, script: str) -> str:
    return Path("/", here, script).resolve().as_posix().lstrip("/")


def _meta(source: str) -> dict[str, list[str]]:
    """The lines `// META: key=value` at the top."""
    found: dict[str, list[str]] = {}
    for line in source.splitlines():
        if not line.startswith("//"):
            break
        if match := re.match(r"//\s*META:\s*(\w+)=(.*)", line):
            found.setdefault(match[1], []).append(match[2].strip())
    return found
