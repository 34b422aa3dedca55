"""The daemon's configuration: config.toml, and environment variables, which win.

    config = load_config(path, os.environ)

Every value is known here by name, kind and default. What is wrong is refused before anything starts, in one sentence
that names the key, where it was said, and what is allowed; a key that does not exist is refused with the nearest one
that does. No secret is ever in a message or in a repr.
"""

import difflib
import math
import os
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from functools import cache
from pathlib import Path
from typing import Any, Final, cast, get_type_hints

from actors.egress import EgressRules
from actors.limits import IsolateLimits, RuntimeLimits
from api import config_values as values
from api.config_table import (
    ALIASES,
    OBSOLETE,
    ApiConfig,
    CacheConfig,
    DatabaseConfig,
    DiscordConfig,
    GeneralConfig,
    SecretsConfig,
)
from api.config_values import BadValueError, Kind
from sdk.bundler import BundleLimits
from storage.confidential import HIDDEN, Secret, ServerUrl
from storage.guild_logs.limits import GuildLogLimits
from storage.kv import KvLimits
from storage.limits import FINITE, StorageLimits

DEFAULT_FILE: Final = "config.toml"


class ConfigError(Exception):
    """Something is configured that cannot be: one sentence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """What holds for this start of the daemon."""

    general: GeneralConfig
    secrets: SecretsConfig
    discord: DiscordConfig
    database: DatabaseConfig
    cache: CacheConfig
    runtime: RuntimeLimits
    api: ApiConfig
    isolate: IsolateLimits
    bundle: BundleLimits
    egress: EgressRules
    storage: StorageLimits
    kv: KvLimits
    logs: GuildLogLimits
    warnings: tuple[str, ...] = ()
    """What the operator should be told at start."""
    sources: Mapping[str, str] = field(default_factory=dict[str, str], repr=False)
    """Where each value that is no default was said."""

    @property
    def public_url(self) -> str:
        """How browsers reach the API."""
        scheme = "https" if self.api.tls_certificate else "http"
        return self.api.public_url or f"{scheme}://{self.api.address}:{self.api.port}"

    @property
    def redirect_uri(self) -> str:
        return self.discord.redirect_uri or f"{self.public_url}/api/auth/callback"

    @property
    def cookie_secure(self) -> bool:
        chosen = self.api.cookie_secure
        return self.public_url.startswith("https://") if chosen is None else chosen


@dataclass(frozen=True, slots=True)
class Setting:
    """One thing that can be set."""

    key: str
    variables: tuple[str, ...]
    kind: Kind
    default: Any
    tells: str


_SECTIONS: Final[Mapping[str, type[Any]]] = {
    name: kind for name, kind in get_type_hints(Config).items() if name not in {"warnings", "sources"}
}
_WHERE: Final = {
    "runtime": "[limits.md](limits.md)",
    "isolate": "[limits.md](limits.md)",
    "bundle": "`sdk/bundler/project.py`",
    "egress": "[fetch.md](fetch.md)",
    "storage": "[storage.md](storage.md)",
    "kv": "[kv.md](kv.md)",
    "logs": "[logs-and-metrics.md](logs-and-metrics.md)",
}


@cache
def settings() -> Mapping[str, Setting]:
    """All of them by key, in the order in which they are told."""
    return {one.key: one for section, holder in _SECTIONS.items() for one in _settings_of(section, holder)}


def _settings_of(section: str, holder: type[Any]) -> Iterator[Setting]:
    hints = get_type_hints(holder)
    for one in fields(holder):
        key = one.name if section == "general" else f"{section}.{one.name}"
        own = f"{'guild_logs' if section == 'logs' else section}_{one.name}".upper()
        told: Mapping[str, Any] = one.metadata
        kind = told.get("kind") or _kind_of_limit(section, one.name, hints[one.name])
        tells = told.get("tells") or told.get("stops", "")
        yield Setting(key, told.get("variables") or (own,), kind, one.default, tells)


def _kind_of_limit(section: str, name: str, hint: Any) -> Kind:
    if hint is int:
        return values.integer(1, 64) if name == "workers" else values.integer()
    if hint is float:
        return values.number(liftable=section == "storage" and not name.endswith(FINITE))
    return values.ports() if name == "ports" else values.networks()


def load_config(path: Path | None, environ: Mapping[str, str]) -> Config:
    """The configuration in force. Without a path, `config.toml` here, if there is one. Raises ConfigError."""
    file = _read_file(path)
    found: dict[str, tuple[Any, str]] = {}
    for setting in settings().values():
        said = _said(setting, file, environ)
        if said is not None:
            found[setting.key] = said
    cores = os.cpu_count() or 1
    found.setdefault("runtime.workers", (min(RuntimeLimits().workers, cores), "default"))
    built = {section: _build(section, holder, found) for section, holder in _SECTIONS.items()}
    config = Config(
        **built,
        warnings=tuple(_warnings(file, environ, found)),
        sources={key: where for key, (_value, where) in found.items()},
    )
    _check_together(config)
    return config


@dataclass(frozen=True, slots=True)
class _File:
    """The values of config.toml by key, and on which line each stands."""

    name: str = ""
    entries: Mapping[str, object] = field(default_factory=dict[str, object])
    lines: Mapping[str, int] = field(default_factory=dict[str, int])

    def place(self, key: str) -> str:
        line = self.lines.get(key)
        return f"{self.name}:{line}" if line else self.name


def _read_file(path: Path | None) -> _File:
    chosen = path or Path(DEFAULT_FILE)
    try:
        text = chosen.read_text(encoding="utf-8")
        parsed = tomllib.loads(text)
    except FileNotFoundError:
        if path is None:
            return _File()
        raise ConfigError(f"there is no file {path}") from None
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigError(f"{chosen} cannot be read: {error}") from None
    file = _File(str(chosen), dict(_flat(parsed)), _lines_of(text))
    for key in file.entries:
        if key not in settings() and key not in ALIASES and key not in OBSOLETE:
            raise ConfigError(_unknown(key, file))
    return file


def _flat(parsed: Mapping[str, object]) -> Iterator[tuple[str, object]]:
    for key, value in parsed.items():
        if isinstance(value, dict):
            for inner, item in cast("dict[str, object]", value).items():
                yield f"{key}.{inner}", item
        else:
            yield key, value


def _lines_of(text: str) -> dict[str, int]:
    """For messages only, so a line in a multi-line text may mislead; nothing depends on it."""
    lines: dict[str, int] = {}
    section = ""
    for number, line in enumerate(text.splitlines(), 1):
        if header := re.match(r"\s*\[\s*([\w.\-]+)\s*\]", line):
            section = f"{header[1]}."
        elif entry := re.match(r"\s*([\w.\-]+)\s*=", line):
            lines.setdefault(f"{section}{entry[1]}", number)
    return lines


def _unknown(key: str, file: _File) -> str:
    known = [*settings(), *ALIASES]
    near = difflib.get_close_matches(key, known, 1, 0.5) or [
        one for one in known if one.rpartition(".")[2] == key.rpartition(".")[2]
    ]
    hint = f"; did you mean {near[0]}?" if near else "; docs/configuration.md lists them"
    return f"{file.place(key)}: there is no setting {key}{hint}"


def _said(setting: Setting, file: _File, environ: Mapping[str, str]) -> tuple[Any, str] | None:
    """The value somebody gave, and where: the environment before the file, today's names before yesterday's."""
    aliases = [(old, scale) for old, (key, scale) in ALIASES.items() if key == setting.key]
    for variable in setting.variables:
        if environ.get(variable, "").strip():
            return _parsed(setting, environ[variable], variable, 1), variable
    for old, scale in aliases:
        variable = old.replace(".", "_").upper()
        if environ.get(variable, "").strip():
            return _parsed(setting, environ[variable], variable, scale), variable
    for key, scale in [(setting.key, 1.0), *aliases]:
        if key in file.entries:
            return _parsed(setting, file.entries[key], f"{key} ({file.place(key)})", scale), file.place(key)
    return None


def _parsed(setting: Setting, value: object, where: str, scale: float) -> Any:
    try:
        if scale == 1:
            return setting.kind.parse(value)
        return setting.kind.parse(values.number().parse(value) * scale)
    except BadValueError as error:
        why = f" ({error})" if str(error) else ""
        raise ConfigError(f"{where} must be {setting.kind.allowed}{why}") from None


def _build(section: str, holder: type[Any], found: Mapping[str, tuple[Any, str]]) -> Any:
    prefix = "" if section == "general" else f"{section}."
    given = {one.name: found[f"{prefix}{one.name}"][0] for one in fields(holder) if f"{prefix}{one.name}" in found}
    try:
        return holder(**given)
    except ValueError as error:
        raise ConfigError(f"[{section}] {error}") from None


def _warnings(file: _File, environ: Mapping[str, str], found: Mapping[str, tuple[Any, str]]) -> Iterator[str]:
    for key, why in OBSOLETE.items():
        variable = key.replace(".", "_").upper()
        if key in file.entries or variable in environ:
            yield f"{key} ({file.place(key) if key in file.entries else variable}) does nothing any more: {why}"
    for key, (value, where) in found.items():
        if value == math.inf:
            yield f"{key} ({where}) is lifted: nothing limits it"


def _check_together(config: Config) -> None:
    api = config.api
    if (api.tls_certificate is None) != (api.tls_key is None):
        raise ConfigError("api.tls_certificate and api.tls_key go together: set both or neither")
    if (config.discord.client_id is None) != (config.discord.client_secret is None):
        raise ConfigError("discord.client_id and discord.client_secret go together: set both or neither")
    count, shards = config.discord.shard_count, config.discord.shards
    if shards is not None and (count is None or not all(shard < count for shard in shards)):
        raise ConfigError("discord.shards needs discord.shard_count, and each must be below it")


def effective(path: str | Path | None, environ: Mapping[str, str] | None = None) -> list[tuple[str, str, str]]:
    """For `flora config`: name, value (secrets hidden) and source of every setting. Raises ConfigError."""
    config = load_config(None if path is None else Path(path), os.environ if environ is None else environ)
    rows: list[tuple[str, str, str]] = []
    for setting in settings().values():
        section, _, name = setting.key.rpartition(".")
        value = getattr(getattr(config, section or "general"), name)
        rows.append((setting.key, shown(value, secret=setting.kind.secret), config.sources.get(setting.key, "default")))
    return rows


def shown(value: Any, *, secret: bool = False) -> str:
    """A value as people may see it."""
    if value is None or value in ((), frozenset()):
        return "-"
    if secret or isinstance(value, Secret):
        return HIDDEN
    if isinstance(value, bool):
        return str(value).lower()
    if value == math.inf:
        return "none"
    if isinstance(value, tuple | frozenset):
        return ", ".join(sorted(map(str, cast("tuple[object, ...]", value))))
    return str(value) if isinstance(value, str | Path | ServerUrl) else f"{value:,}".replace(",", "_")


def page() -> str:
    """docs/configuration.md."""
    lines = [_PAGE_HEAD]
    section = None
    for setting in settings().values():
        own = setting.key.rpartition(".")[0]
        if own != section:
            section = own
            more = f"\nWhat each is for: {_WHERE[own]}.\n" if own in _WHERE else ""
            lines += [f"\n## {f'[{own}]' if own else 'Without a section'}\n{more}", _TABLE_HEAD]
        default = "4, or fewer cores" if setting.key == "runtime.workers" else shown(setting.default)
        names = ", ".join(f"`{name}`" for name in setting.variables)
        lines.append(f"| `{setting.key}` | {names} | {default} | {setting.kind.allowed} | {setting.tells} |")
    lines += [
        "\n## Names of the first version\n",
        "| key, or in capitals with `_` as variable | is today |",
        "|---|---|",
    ]
    lines += [
        f"| `{old}` | `{new}`{'' if scale == 1 else f' (× {scale:g})'} |" for old, (new, scale) in ALIASES.items()
    ]
    lines += [f"| `{old}` | nothing: {why} |" for old, why in OBSOLETE.items()]
    return "\n".join(lines) + "\n"


_TABLE_HEAD: Final = "| key | variable | default | allowed | what it is |\n|---|---|---|---|---|"
_PAGE_HEAD: Final = """# Configuration

Written by `make docs` from `api/config.py` and `api/config_table.py`; `make test` fails when it is out of date.

`config.toml` in the folder where flora starts (or `flora serve --config FILE`), and environment variables, which win.
`flora config` prints what is in force and where each value came from. Nothing is required: without any setting flora
runs on its own stores, in `data`, with the local Discord. An unknown key and a value that is not allowed end the start
with a sentence that says where it stands. Keep secrets in the environment, in a file that only flora's user reads.

    # config.toml
    data_dir = "/var/lib/flora/data"

    [api]
    public_url = "https://flora.example.com"
    operators = [80351110224678912]

    [isolate]
    heap_bytes = 67_108_864"""
