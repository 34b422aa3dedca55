"""The configuration: what is taken, what is refused and how, and that no secret shows."""

import math
import re
from pathlib import Path

import pytest

from api.config import ConfigError, effective, load_config, page, settings
from api.config_table import ALIASES

ROOT = Path(__file__).parent.parent.parent


def _load(tmp_path: Path, text: str = "", **environ: str) -> object:
    file = tmp_path / "config.toml"
    file.write_text(text)
    return load_config(file, environ)


def test_nothing_is_required(tmp_path: Path) -> None:
    config = load_config(tmp_path / "config.toml", {}) if (tmp_path / "config.toml").exists() else load_config(None, {})

    assert config.discord.bot_token is None
    assert config.general.data_dir == Path("data")
    assert config.public_url == "http://127.0.0.1:3000"
    assert config.redirect_uri == "http://127.0.0.1:3000/api/auth/callback"
    assert not config.cookie_secure
    assert config.warnings == ()


def test_the_environment_wins_over_the_file(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text('log_level = "warn"\n[runtime]\nworkers = 2\n[kv]\nvalue_bytes = 2_097_152\n')

    config = load_config(file, {"RUNTIME_MAX_WORKERS": "8", "ISOLATE_HEAP_BYTES": "1048576"})

    assert (config.general.log_level, config.runtime.workers) == ("warn", 8)
    assert (config.kv.value_bytes, config.isolate.heap_bytes) == (2 * 1024 * 1024, 1024 * 1024)
    assert config.sources["runtime.workers"] == "RUNTIME_MAX_WORKERS"
    assert config.sources["kv.value_bytes"] == f"{file}:5"


def test_names_of_the_first_version_carry_over(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text("[runtime]\nmigration_timeout_ms = 750\n[cache]\npool_size = 10\n")
    old = {
        "RUST_LOG": "flora::runtime=debug,flora=info",
        "RUNTIME_DISPATCH_TIMEOUT_SECS": "4",
        "DATABASE_MAX_CONNECTIONS": "5",
        "REDIS_URL": "redis://127.0.0.1:6379/0",
        "API_ADDRESS": "0.0.0.0",
    }

    config = load_config(file, old)

    assert config.runtime.quiesce_s == 0.75
    assert config.isolate.dispatch_s == 4
    assert config.storage.database_connections == 5
    assert config.cache.url is not None
    assert config.cache.url.reveal() == old["REDIS_URL"]
    assert config.public_url == "http://0.0.0.0:3000"
    assert [warning.split()[0] for warning in config.warnings] == ["cache.pool_size"]


def test_every_old_name_means_a_setting_there_is() -> None:
    assert {key for key, _scale in ALIASES.values()} <= set(settings())


def test_a_limit_is_lifted_by_none_only_where_it_may_be_and_said_so(tmp_path: Path) -> None:
    lifted = load_config(None, {"STORAGE_FILES": "none"})

    assert lifted.storage.files == math.inf
    assert lifted.warnings == ("storage.files (STORAGE_FILES) is lifted: nothing limits it",)
    for variable in ("STORAGE_ACQUIRE_WAIT", "ISOLATE_HEAP_BYTES"):
        with pytest.raises(ConfigError, match=variable):
            load_config(None, {variable: "none"})


@pytest.mark.parametrize(
    ("text", "environ", "said"),
    [
        (
            "[runtime]\nmax_wrokers = 2",
            {},
            r"config\.toml:2: there is no setting runtime\.max_wrokers; did you mean runti",
        ),
        ("max_workers = 2", {}, r"config\.toml:1: there is no setting max_workers; did you mean runtime\.max_workers"),
        ("[runtime]\nmax_workers = 0", {}, r"runtime\.max_workers \(.*:2\) must be a whole number, 1 to 64"),
        ("[runtime]\nmax_workers = true", {}, "must be a whole number"),
        ("", {"RUNTIME_MAX_WORKERS": "four"}, "RUNTIME_MAX_WORKERS must be a whole number"),
        ("", {"RUNTIME_MAX_WORKERS": "65"}, "RUNTIME_MAX_WORKERS must be a whole number, 1 to 64"),
        ("", {"ISOLATE_DISPATCH_S": "0"}, "ISOLATE_DISPATCH_S must be a number above 0"),
        ("", {"ISOLATE_DISPATCH_S": "nan"}, "ISOLATE_DISPATCH_S must be a number above 0"),
        ("", {"DATABASE_URL": "mysql://u:hush@h/d"}, "DATABASE_URL must be an address that begins with postgresql://"),
        ("", {"API_SECRET": "hush"}, "API_SECRET must be a secret text of at least 32 characters"),
        ("", {"LOG_LEVEL": "loud"}, "'loud' is no level"),
        ("", {"DISCORD_INTENTS": "guilds,everything"}, "DISCORD_INTENTS must be names of intents"),
        ("", {"API_COOKIE_SECURE": "maybe"}, "API_COOKIE_SECURE must be true or false"),
        ("", {"API_TRUSTED_PROXIES": "10.0.0.1/8"}, "API_TRUSTED_PROXIES must be networks"),
        ("", {"API_TLS_KEY": "key.pem"}, "go together"),
        ("", {"DISCORD_CLIENT_ID": "7"}, "go together"),
        ("", {"DISCORD_SHARDS": "3", "DISCORD_SHARD_COUNT": "2"}, "each must be below it"),
        ("[runtime", {}, "cannot be read"),
        ("[api.port]\nx = 1", {}, "there is no setting|must be"),
    ],
)
def test_what_is_wrong_is_one_sentence_that_says_where(
    tmp_path: Path, text: str, environ: dict[str, str], said: str
) -> None:
    with pytest.raises(ConfigError) as refused:
        _load(tmp_path, text, **environ)

    assert re.search(said, str(refused.value)), refused.value
    assert "hush" not in str(refused.value)


def test_a_file_that_was_named_must_be_there(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"there is no file .*none\.toml"):
        load_config(tmp_path / "none.toml", {})


def test_no_secret_shows_anywhere() -> None:
    environ = {
        "DISCORD_TOKEN": "hush-hush-hush-hush-hush",
        "DISCORD_CLIENT_ID": "80351110224678912",
        "DISCORD_CLIENT_SECRET": "hush-client",
        "API_SECRET": "hush" * 10,
        "API_OPERATOR_SECRET": "hush" * 10,
        "SECRETS_MASTER_KEY": "hush",
        "DATABASE_URL": "postgresql://ada:hush@db.example/flora",
        "CACHE_URL": "redis://:hush@cache.example/0",
    }

    config = load_config(None, environ)
    rows = effective(None, environ)

    assert "hush" not in repr(config) + repr(rows)
    assert ("database.url", "postgresql://***@db.example/flora", "DATABASE_URL") in rows
    assert ("discord.bot_token", "***", "DISCORD_TOKEN") in rows
    assert ("api.port", "3_000", "default") in rows
    assert len(rows) == len(settings())


def test_the_page_is_up_to_date() -> None:
    assert (ROOT / "docs/configuration.md").read_text() == page(), "run `make docs`"
