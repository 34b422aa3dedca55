"""TextDecoder's encodings of one byte a character, beside what Python makes of the same bytes."""

import re
from typing import Final

import pytest

from tests.sdk.conftest import Script

PYTHONS: Final = {
    "ibm866": "cp866",
    "koi8-r": "koi8-r",
    "koi8-u": "koi8-u",
    "macintosh": "mac-roman",
    "windows-874": "cp874",
    "x-mac-cyrillic": "mac-cyrillic",
    **{f"iso-8859-{part}": f"iso8859-{part}" for part in (*range(2, 9), 10, 13, 14, 15, 16)},
    "iso-8859-8-i": "iso8859-8",
    **{f"windows-{page}": f"cp{page}" for page in range(1250, 1259)},
}
"""By the name in the Encoding Standard, the name that Python has for it."""

STANDARDS_OWN: Final = {("koi8-u", 0xAE): "\u045e", ("koi8-u", 0xBE): "\u040e", ("windows-1255", 0xCA): "\u05ba"}
"""Where the standard differs from Python."""


def wanted(name: str, byte: int) -> str:
    if (name, byte) in STANDARDS_OWN:
        return STANDARDS_OWN[name, byte]
    try:
        return bytes([byte]).decode(PYTHONS[name])
    except UnicodeDecodeError:  # the standard has controls there on the pages of Windows, and nothing elsewhere
        return chr(byte) if byte < 0xA0 and name.startswith("windows") else "\ufffd"


@pytest.mark.parametrize("name", sorted(PYTHONS))
async def test_it_decodes_every_byte(script: Script, name: str) -> None:
    got = await script.says(
        f"new TextDecoder('{name}').decode(Uint8Array.from({{ length: 256 }}, (_, index) => index))"
    )
    assert got == "".join(wanted(name, byte) for byte in range(256))


async def test_a_byte_that_means_nothing_is_refused_when_that_is_asked_for(script: Script) -> None:
    said = await script.says(thrown_by("new TextDecoder('iso-8859-7', { fatal: true }).decode(new Uint8Array([0xff]))"))
    assert said == "TypeError: the bytes are not iso-8859-7"


async def test_an_unknown_encoding_says_what_there_is(script: Script) -> None:
    for label in ("shift_jis", ""):
        said = await script.says(thrown_by(f"new TextDecoder('{label}')"))
        assert re.match(rf'RangeError: the encoding "{label}" is not supported: there are utf-8, utf-16 and', said)


def thrown_by(expression: str) -> str:
    return f"(() => {{ try {{ {expression}; }} catch (error) {{ return String(error); }} }})()"
