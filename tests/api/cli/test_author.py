"""The author's day without a server: a project, what is wrong with it, its tests."""

import json
import stat
from pathlib import Path

import pytest

from tests.api.cli.conftest import Flora

ROOT = Path(__file__).parents[3]


def _init(run: Flora) -> None:
    assert run("init", "--guild", "7").returncode == 0


def test_a_new_project_passes_its_check_and_its_test_and_that_of_the_page(run: Flora, project: Path) -> None:
    _init(run)
    page = (ROOT / "docs" / "testing.md").read_text()
    (project / "src/page.test.ts").write_text(page.split("```ts\n")[1].split("```")[0])

    checked = run("check", "--json")
    tested = run("test", "--json")

    assert checked.returncode == 0, checked.stderr
    assert json.loads(checked.stdout)["registrations"]["events"] == ["interactionCreate"]
    assert tested.returncode == 0, tested.stdout + tested.stderr
    assert [(one["name"], one["passed"]) for one in json.loads(tested.stdout)] == 2 * [("answers /hello", True)]
    assert (project / ".flora/sdk/tsconfig.json").exists()


def test_a_project_is_never_overwritten(run: Flora, project: Path) -> None:
    (project / "package.json").write_text("mine")

    told = run("init")

    assert told.returncode == 2
    assert "has a package.json already" in told.stderr
    assert [path.name for path in project.iterdir()] == ["package.json"]


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("on('x', () => 0);\nconst a = ;", 'src/main.ts:2:11: Unexpected ";"'),
        ("import './nope'", 'there is no file "src/nope"'),
        ("throw new Error('at once')", "Error: at once\n    at (top level) (src/main.ts:1:7)"),
        ("export {}", "registered nothing\n  nothing would ever happen: register a handler"),
        (
            "cron('x', '61 9 * * *', () => 0)",
            "a deploy would be refused: src/main.ts:1:1: cron 'x': '61 9 * * *': bad minute",
        ),
        ("cron('x', '@daily', () => 0, { timeZone: 'Europe/Berlim' })", "there is no time zone 'Europe/Berlim'"),
        ("on('mesageCreate', () => 0)", 'did you mean "messageCreate"?\n    at (top level) (src/main.ts:1:1)'),
    ],
)
def test_a_check_says_what_is_wrong_and_where(run: Flora, project: Path, source: str, said: str) -> None:
    _init(run)
    (project / "src/main.ts").write_text(source)

    told = run("check", "--no-types")

    assert told.returncode == 1
    assert said in told.stderr


def test_a_file_that_is_not_text(run: Flora, project: Path) -> None:
    _init(run)
    (project / "src/other.ts").write_bytes(b"\xff\xfe")

    told = run("check")

    assert told.returncode == 1
    assert "error: src/other.ts is not UTF-8 (byte 0)\n" in told.stderr


def test_no_entry_file(run: Flora) -> None:
    told = run("check")

    assert told.returncode == 2
    assert "there is no entry file src/main.ts" in told.stderr
    assert "flora init" in told.stderr


def test_settings_that_cannot_be_read(run: Flora, project: Path) -> None:
    (project / "flora.toml").write_text("guild = ")

    told = run("check")

    assert told.returncode == 2
    assert told.stderr.startswith("error: flora.toml cannot be read: ")


def test_tests_see_calls_stores_and_failures(run: Flora, project: Path) -> None:
    _init(run)
    (project / "src/greeting.ts").write_text("export const greeting = () => { throw new Error('out of words'); };")
    (project / "src/main.test.ts").write_text(
        'import "./main";\n'
        'test("throws", async () => {\n'
        '  const run = await bot.command("hello");\n'
        '  expect(run.outcome).toBe("threw");\n'
        '  expect(run.error).toContain("out of words");\n'
        "});\n"
        'test("fails", () => {\n'
        "  expect({ a: [1] }).not.toEqual({ a: [1] });\n"
        "});\n"
        'test("never ends", () => { for (;;); });\n'
        'test("reads", async () => { (await bot.command("hello")).reply.content; });\n'
    )

    tested = run("test")

    assert tested.returncode == 1
    assert "✓ src/main.test.ts: throws" in tested.stdout
    assert 'expected {"a":[1]} not to equal {"a":[1]}' in tested.stdout
    assert "(src/main.test.ts:8:" in tested.stdout
    assert "ended by cpu" in tested.stdout
    assert (
        "    [error] interactionCreate threw Error: out of words\n        at greeting (src/greeting.ts:1:"
        in tested.stdout
    )
    assert "1 passed, 3 failed" in tested.stdout


def test_a_full_disk_leaves_no_login(run: Flora, project: Path, tmp_path: Path) -> None:
    config = tmp_path / "config"
    config.write_text("a file where a folder should be")

    told = run("profiles")

    assert told.returncode == 1
    assert "cannot be read" in told.stderr
    assert stat.S_ISREG(config.stat().st_mode)
