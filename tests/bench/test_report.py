"""docs/benchmarks.md says what the kept results say, and the check names what got worse and nothing else."""

import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

import pytest

from bench import check, plots, report
from bench.harness import RESULTS, Result, module_of, names


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


def test_only_ratios_beyond_noise_count_each_in_its_direction() -> None:
    def race(ratio: float, time: float) -> Result:
        return {"bench": "race", "ratio": {"discord.js": {"cpu": ratio}}, "flora": {"us": time}}

    assert check.compare(race(2.0, 10), race(1.9, 90)) == []
    assert check.compare(race(2.0, 10), race(9.0, 10)) == []
    assert check.compare(race(2.0, 10), race(1.0, 10)) == [check.Worse("race", "ratio/discord.js/cpu", 2.0, 1.0)]
    assert check.compare(
        {"bench": "coldstart", "ratio_to_best_peer": 0.2}, {"bench": "coldstart", "ratio_to_best_peer": 0.4}
    ) == [check.Worse("coldstart", "ratio_to_best_peer", 0.2, 0.4)]
    assert check.compare({"bench": "coldstart", "ratio_to_best_peer": 0.2}, {"bench": "coldstart"}) == []
    assert check.compare({"bench": "neighbour", "ratio_p99": 1.0}, {"bench": "neighbour", "ratio_p99": 2.0}) == []


def test_what_is_nothing_now_is_worse_however_much_it_was() -> None:
    def noisy(answered: float) -> Result:
        return {"bench": "noisy", "flora": {"attacks": {"throw": {"answered": answered}}}}

    figure = "flora/attacks/throw/answered"
    assert check.compare(noisy(1.0), noisy(0.0)) == [check.Worse("noisy", figure, 1.0, 0.0)]
    assert check.compare(noisy(1.0), noisy(0.95)) == []
    assert (
        check.compare(
            {"bench": "coldstart", "ratio_to_best_peer": 0.2}, {"bench": "coldstart", "ratio_to_best_peer": 0}
        )
        == []
    )


def test_the_check_fails_and_names_what_got_worse(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "kv.json").write_text('{"bench": "kv", "ratio_to_valkey_100": 0.7}')
    (tmp_path / "rest.json").write_text('{"bench": "rest", "ratio": {"none, 1 at once": 9.0, "tls, 1 at once": 6.0}}')
    now: dict[str, Result] = {
        "kv": {"bench": "kv", "ratio_to_valkey_100": 0.7},
        "rest": {"bench": "rest", "ratio": {"none, 1 at once": 8.0, "tls, 1 at once": 2.0}},
    }

    def run_anew(name: str, *, full: bool) -> Result:
        return {**now[name], "full": full}

    monkeypatch.setattr(check, "run_anew", run_anew)

    assert check.main([], tmp_path) == 1

    told = capsys.readouterr()
    assert json.loads(told.out) == {
        "checked": ["kv", "rest"],
        "worse": ["rest ratio/tls, 1 at once: 6 when kept, 2 now"],
    }
    assert "worse: rest ratio/tls, 1 at once" in told.err

    now["rest"]["ratio"]["tls, 1 at once"] = 6.1
    assert check.main([], tmp_path) == 0


def test_what_the_check_guards_was_measured() -> None:
    for name in {*check.LOWER, *check.HIGHER}:
        assert (RESULTS / f"{name}.json").exists(), name


def test_every_bench_was_kept_and_has_words_and_a_section() -> None:
    page = report.pages()["page"]

    for name in names():
        assert f"## {name}\n" in page, "it was never kept"
        assert (report.WORDS / f"{name}.md").exists(), name


def test_what_is_worse_once_is_measured_again_and_named_only_when_it_is_worse_twice(tmp_path: Path) -> None:
    (tmp_path / "kv.json").write_text('{"bench": "kv", "ratio_to_valkey_100": 0.7}')
    bad = {"bench": "kv", "ratio_to_valkey_100": 0.3}
    good = {"bench": "kv", "ratio_to_valkey_100": 0.7}

    for runs, expected in (([good], 0), ([bad, good], 0), ([bad, bad], 1)):
        left = iter(runs)

        def run(_: str, left: Iterator[Result] = left) -> Result:
            return next(left)

        assert len(check.worse_in("kv", run, tmp_path)) == expected
        assert list(left) == []
