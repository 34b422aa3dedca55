"""Every setting of the daemon but the limits, which stand where they are enforced: key, variables, kind, default.

A field is a setting: `[discord] bot_token` in config.toml is `DiscordConfig.bot_token`, and `DISCORD_TOKEN` in the
environment. Names that flora's first version had keep their meaning; they are at the bottom.
"""

# ruff: noqa: RUF009 -- `_setting` makes a field

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from actors.daemon_log import DEFAULT as DEFAULT_LOG_LEVEL
from actors.daemon_log import levels_of
from api import config_values as values
from api.config_values import Kind
from gateway.intents import intents_of
from gateway.rest import API_URL
from storage.confidential import Secret, ServerUrl

MIB: Final = 1024 * 1024
COOKIE_SECRET_CHARACTERS: Final = 32


def _setting(default: Any, kind: Kind, *variables: str, tells: str) -> Any:
    return field(default=default, metadata={"kind": kind, "variables": variables, "tells": tells})


@dataclass(frozen=True, slots=True, kw_only=True)
class GeneralConfig:
    """Keys without a section."""

    log_level: str = _setting(
        DEFAULT_LOG_LEVEL,
        values.checked(values.text(), levels_of, "levels like info, or flora::kv=debug,flora=warn"),
        "LOG_LEVEL",
        "RUST_LOG",
        tells="how much the daemon's own log says, by target",
    )
    data_dir: Path = _setting(
        Path("data"), values.path(), "DATA_DIR", tells="everything that must survive lies under it"
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class SecretsConfig:
    master_key: tuple[Secret, ...] = _setting(
        (),
        values.secrets(),
        "SECRETS_MASTER_KEY",
        tells="keys of the guilds' secrets, 64 hexadecimal digits each, the active one first; "
        "without it, `secrets.key` in the data directory",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class DiscordConfig:
    bot_token: Secret | None = _setting(None, values.secret(20), "DISCORD_TOKEN", tells="the bot's token")
    client_id: int | None = _setting(
        None, values.snowflake(), "DISCORD_CLIENT_ID", tells="the application's id, for logging in with Discord"
    )
    client_secret: Secret | None = _setting(
        None, values.secret(), "DISCORD_CLIENT_SECRET", tells="the application's secret, for logging in with Discord"
    )
    redirect_uri: str | None = _setting(
        None,
        values.web_url(),
        "DISCORD_REDIRECT_URI",
        tells="where Discord sends people back to; without it, /api/auth/callback under `api.public_url`",
    )
    public_key: str | None = _setting(
        None,
        values.checked(values.text(), bytes.fromhex, "64 hexadecimal digits"),
        "DISCORD_PUBLIC_KEY",
        tells="takes interactions over HTTP too, at /api/interactions",
    )
    api_url: str = _setting(API_URL, values.web_url(), "DISCORD_API_URL", tells="where Discord's REST API is")
    gateway_url: str | None = _setting(
        None,
        values.checked(values.text(), str, "an address that begins with wss:// or ws://"),
        "DISCORD_GATEWAY_URL",
        tells="where the gateway is; without it, what Discord says",
    )
    intents: tuple[str, ...] = _setting(
        ("default",),
        values.checked(values.texts(), intents_of, "names of intents, `default`, `all`; with - before it taken away"),
        "DISCORD_INTENTS",
        tells="what the bot hears of",
    )
    shard_count: int | None = _setting(
        None, values.integer(1, 16_384), "DISCORD_SHARD_COUNT", tells="shards in all; without it, what Discord advises"
    )
    shards: tuple[int, ...] | None = _setting(
        None, values.integers(0, 16_383), "DISCORD_SHARDS", tells="shards of this process; without it, all"
    )
    welcome_script: Path | None = _setting(
        None,
        values.path(),
        "DISCORD_WELCOME_SCRIPT",
        tells="a script of one file that a guild gets when the bot joins it; without it, newcomers begin without one",
    )
    rest_timeout_s: float = _setting(
        8.0, values.number(), "DISCORD_REST_TIMEOUT_S", tells="for one request to Discord, with all its waiting"
    )
    rest_per_guild: int = _setting(
        4, values.integer(1, 64), "DISCORD_REST_PER_GUILD", tells="requests of one guild under way at once"
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class DatabaseConfig:
    url: ServerUrl | None = _setting(
        None,
        values.server_url("postgresql", "postgres"),
        "DATABASE_URL",
        tells="PostgreSQL; without it flora starts its own in the data directory",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class CacheConfig:
    url: ServerUrl | None = _setting(
        None,
        values.server_url("redis", "rediss", "unix", "valkey", "valkeys"),
        "CACHE_URL",
        "REDIS_URL",
        tells="Redis or Valkey; without it flora starts its own in the data directory",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiConfig:
    address: str = _setting(
        "127.0.0.1", values.text("an address of this machine"), "API_ADDRESS", tells="where the API listens"
    )
    port: int = _setting(3000, values.integer(0, 65_535), "API_PORT", tells="its port; 0 takes a free one")
    unix_socket: Path | None = _setting(
        None, values.path(), "API_UNIX_SOCKET", tells="listen there instead of on a port"
    )
    tls_certificate: Path | None = _setting(
        None, values.path(), "API_TLS_CERTIFICATE", tells="PEM file with the chain: speak TLS"
    )
    tls_key: Path | None = _setting(None, values.path(), "API_TLS_KEY", tells="PEM file with its key")
    public_url: str | None = _setting(
        None,
        values.web_url(),
        "API_PUBLIC_URL",
        tells="how browsers reach flora; without it, the address it listens on",
    )
    trusted_proxies: tuple[Any, ...] = _setting(
        (), values.networks(), "API_TRUSTED_PROXIES", tells="whose X-Forwarded-For and -Proto are believed"
    )
    secret: Secret | None = _setting(
        None,
        values.secret(COOKIE_SECRET_CHARACTERS),
        "API_SECRET",
        tells="signs cookies; without it, `api.secret` in the data directory",
    )
    cookie_secure: bool | None = _setting(
        None,
        values.boolean(),
        "API_COOKIE_SECURE",
        tells="cookies over TLS only; without it, when `public_url` begins with https",
    )
    operator_secret: Secret | None = _setting(
        None, values.secret(16), "API_OPERATOR_SECRET", tells="a bearer that may read metrics and nothing else"
    )
    operators: tuple[int, ...] = _setting(
        (), values.snowflakes(), "API_OPERATORS", tells="users of Discord who operate this flora"
    )
    allowed_origins: tuple[str, ...] = _setting(
        (), values.texts(), "API_ALLOWED_ORIGINS", tells="other origins whose pages may call the API (CORS)"
    )
    requests_per_minute: int = _setting(
        1_200,
        values.integer(),
        "API_REQUESTS_PER_MINUTE",
        tells="of one token, user or, without one, address, at all daemons of one cache together",
    )
    logins_per_minute: int = _setting(
        20, values.integer(), "API_LOGINS_PER_MINUTE", tells="logins and refused tokens of one address"
    )
    body_bytes: int = _setting(8 * MIB, values.integer(), "API_BODY_BYTES", tells="of one request")
    streams: int = _setting(2_000, values.integer(), "API_STREAMS", tells="log streams open at once; of one guild half")


ALIASES: Final[dict[str, tuple[str, float]]] = {
    "database.max_connections": ("storage.database_connections", 1),
    "runtime.max_workers": ("runtime.workers", 1),
    "runtime.worker_queue_capacity": ("runtime.mailbox", 1),
    "runtime.boot_timeout_secs": ("isolate.boot_s", 1),
    "runtime.load_timeout_secs": ("isolate.load_s", 1),
    "runtime.dispatch_timeout_secs": ("isolate.dispatch_s", 1),
    "runtime.cron_timeout_secs": ("runtime.cron_s", 1),
    "runtime.migration_timeout_ms": ("runtime.quiesce_s", 0.001),
    "runtime.rest_timeout_ms": ("discord.rest_timeout_s", 0.001),
    "runtime.guild_concurrency": ("discord.rest_per_guild", 1),
    "runtime.max_script_bytes": ("isolate.script_bytes", 1),
    "runtime.max_bundle_files": ("bundle.files", 1),
    "runtime.max_bundle_total_bytes": ("bundle.source_bytes", 1),
    "runtime.max_cron_jobs": ("storage.crons_per_guild", 1),
    "api.cookie_ttl_secs": ("storage.session_life", 1),
}
"""Names of flora's first version: what each is today, and by how much its value is multiplied. Their variables are the
keys in capitals."""

OBSOLETE: Final[dict[str, str]] = {
    "cache.pool_size": "the pool grows as it is needed",
    "runtime.show_internal_stack_frames": "stacks never show flora's own frames",
    "build_service.url": "bundling is part of the daemon",
    "build_service.secret": "bundling is part of the daemon",
}
"""Names of flora's first version that no longer do anything: they are told of, not refused."""
