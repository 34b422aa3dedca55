"""Places of a bundle are found in the author's files."""

import json

import pytest

from sdk.source_map import BadSourceMapError, Place, SourceMap


def _map(mappings: str, **more: object) -> SourceMap:
    values = {"version": 3, "sources": ["main.ts", "lib/tags.ts"], "names": [], "mappings": mappings, **more}
    return SourceMap(json.dumps(values))


# What esbuild 0.28.2 wrote for main.ts, which imports lib/tags.ts, bundled into one file of twelve lines.
SOURCES = ["lib/tags.ts", "main.ts"]
MAPPINGS = (
    ";AAAO,SAAS,MAAM,MAAsB;AAC1C,MAAI,SAAS,GAAI,OAAM,IAAI,MAAM,kBAAkB;AACnD,SAAO,KAAK,YAAY;AAC1B;;;ACDO,"
    "IAAM,SAAS,CAAC,SAAyB,MAAM,IAAI,IAAI;AAC9D,QAAQ,IAAI,OAAO,GAAG,CAAC;"
)


def test_the_first_thing_on_a_line_is_found() -> None:
    assert _map("AAAA").find(1, 1) == Place("main.ts", 1, 1)


def test_a_place_between_two_marks_belongs_to_the_one_before() -> None:
    # column 0 -> 1:1, column 10 -> 1:5
    found = _map("AAAA,UAAI").find(1, 8)

    assert found == Place("main.ts", 1, 1)
    assert _map("AAAA,UAAI").find(1, 11) == Place("main.ts", 1, 5)


@pytest.mark.parametrize(
    ("line", "column", "place"),
    [
        (3, 26, Place("lib/tags.ts", 2, 26)),  # new Error(...)
        (4, 10, Place("lib/tags.ts", 3, 10)),  # text.toUpperCase()
        (8, 24, Place("main.ts", 3, 49)),  # shout(text): the author's line is longer, by its types
        (9, 1, Place("main.ts", 4, 1)),  # console
    ],
)
def test_places_of_a_real_bundle(line: int, column: int, place: Place) -> None:
    assert _map(MAPPINGS, sources=SOURCES).find(line, column) == place


@pytest.mark.parametrize(("line", "column"), [(0, 1), (1, 1), (99, 1), (-1, -1)])
def test_what_is_not_the_authors_is_not_found(line: int, column: int) -> None:
    assert _map(";;AAAA").find(line, column) is None


def test_the_source_root_stands_before_each_file() -> None:
    assert _map("AAAA", sourceRoot="bot/").find(1, 1) == Place("bot/main.ts", 1, 1)


def test_a_source_that_the_map_does_not_list_is_not_found() -> None:
    assert _map("AEAA").find(1, 1) is None


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"version": 2}', '{"version":3,"sources":[],"mappings":"A A"}'])
def test_what_is_no_map_is_refused(text: str) -> None:
    with pytest.raises(BadSourceMapError):
        SourceMap(text).find(1, 1)
