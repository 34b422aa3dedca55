"""docs/benchmarks.md says what the kept results say."""

import re
import xml.etree.ElementTree as ET

import pytest

from bench import plots, report
from bench.harness import RESULTS, module_of, names


def test_the_page_and_its_pictures_are_current() -> None:
    made = report.pages()
    images = report.PAGE.parent / "images"

    assert report.PAGE.read_text() == made.pop("page"), "run `make docs`"
    assert {path.name for path in images.glob("bench-*.svg")} == set(made), "run `make docs`"
    for name, text in made.items():
        assert (images / name).read_text() == text, "run `make docs`"


def test_the_words_speak_of_figures_that_were_measured() -> None:
    assert "(not measured)" not in report.pages()["page"]


def test_every_result_was_a_full_run_of_a_bench_that_exists() -> None:
    for path in RESULTS.glob("*.json"):
        text = path.read_text()
        assert module_of(path.stem).exists(), path
        assert '"quick": false' in text, path


def test_words_take_figures_by_path_and_say_what_is_missing() -> None:
    result = {"bench": "sample", "gets": {"us": 9.26}}
    made: dict[str, str] = {}

    told = report.told(
        "{gets/us:.1f} us, {sets/us} us\n@bars Gets | us | flora = gets/us | other = no/such", result, made
    )

    assert told.startswith("9.3 us, (not measured) us")
    assert re.findall(r"images/([^)]*)", told) == ["bench-sample-1.svg"]
    assert ">other<" not in made["bench-sample-1.svg"]


def test_a_table_takes_its_figures_below_the_paths_of_its_columns() -> None:
    result = {"bench": "sample", "ours": {"gets": {"us": 9.26}}, "other, too": {"gets": {"us": 2}}}

    words = (
        "Before.\n\n@table us | flora = ours | other = other, too | none = no/such\n"
        "gets, p50 | {gets/us:.1f} us\n\nAfter {ours/gets/us}."
    )

    told = report.told(words, result, {})

    assert told.splitlines() == [
        "Before.",
        "",
        "| us | flora | other | none |",
        "|---|---|---|---|",
        "| gets, p50 | 9.3 us | 2.0 us | (not measured) us |",
        "",
        "After 9.26.",
    ]


def test_a_plot_is_whole_xml_and_says_its_figures_to_those_who_do_not_see_it() -> None:
    root = ET.fromstring(plots.bars("A < B", "us", {"flora": 10, "other & more": 20.5}))

    assert root.get("aria-label") == "A < B: flora 10 us, other & more 20.5 us"
    widths = [float(bar.get("width", "")) for bar in root.iter("{http://www.w3.org/2000/svg}rect")]
    assert widths[1] == pytest.approx(2.05 * widths[0], rel=0.01)


def test_a_plot_has_room_for_its_longest_label_and_few_digits() -> None:
    label = "SQLite, many writes grouped by hand"
    root = ET.fromstring(plots.bars("Writes", "writes", {"flora": 132_225, label: 0.013712}))

    texts = {text.text: text for text in root.iter("{http://www.w3.org/2000/svg}text")}
    assert float(texts[label].get("x", "")) > 7 * len(label), "it ends there"
    assert {"132,000", "0.0137"} < set(texts)


def test_where_only_flora_is_shown_all_is_floras() -> None:
    kinds = {"flora": ("flora", "other"), "frame": ("frame", "route")}
    drawn = {first: plots.bars("x", "us", dict.fromkeys(labels, 1.0)) for first, labels in kinds.items()}

    assert drawn["flora"].count('class="ours"') == 1
    assert drawn["frame"].count('class="ours"') == 2


def test_every_bench_was_kept_and_has_words_and_a_section() -> None:
    page = report.pages()["page"]

    for name in names():
        assert f"## {name}\n" in page, "it was never kept"
        assert (report.WORDS / f"{name}.md").exists(), name
