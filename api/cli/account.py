"""Logging in and out, and tokens. A token is tried before it is kept, and kept where nobody else reads it."""

import argparse
import base64
import hashlib
import secrets
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import trio

from api.cli.browser import machine_name, open_in_browser, open_loopback
from api.cli.client import open_api
from api.cli.console import ask_secret, clean, confirm, note, show, show_fields, show_json, show_table, warn
from api.cli.faults import CommandError, Exit
from api.cli.progress import progress
from api.cli.session import talking
from api.cli.settings import (
    Server,
    a_token,
    address,
    forget,
    guild_of,
    normal_url,
    profiles,
    remember,
    server,
    token_id_of,
    use,
)
from api.cli.shapes import as_map


async def login(options: argparse.Namespace) -> int:
    """Keep a token for a server, after asking the server who that is."""
    known = profiles()["profiles"]
    name = options.profile or ("default" if not options.api else normal_url(options.api).partition("://")[2])
    url = normal_url(options.api) if options.api else address(None, name if name in known else None)[1]
    grant = await _grant(options, url)
    async with open_api(Server(name, url, grant.token)) as api:
        answer: Any = await api.get("/auth/me")
    place = remember(name, url, grant.token, grant.token_id)
    if options.json:
        show_json({"profile": name, "url": url, "user": answer.get("user")})
    else:
        show(f"logged in to {url} as {clean(grant.user or _who(answer))}; the token is in {place}")
    return Exit.OK


@dataclass(frozen=True, slots=True)
class _Grant:
    token: str
    token_id: str = ""
    """Known of a token that was made for this command alone, which a logout ends."""
    user: str = ""


async def _grant(options: argparse.Namespace, url: str) -> _Grant:
    """What was given, or piped; else by browser, or asked for where the server cannot do that."""
    if options.token:
        return _given(options.token)
    if options.token_stdin or not sys.stdin.isatty():
        return _given(ask_secret("token"))
    granted = None if options.no_browser else await _by_browser(url)
    if granted is not None:
        return granted
    if options.no_browser:
        note(f"make a token at {url}/tokens")
    return _given(ask_secret("token"))


def _given(text: str) -> _Grant:
    if not text.strip():
        raise CommandError("there is no token", "flora login --token-stdin reads one from stdin", Exit.USAGE)
    return _Grant(a_token(text))


async def _by_browser(url: str) -> _Grant | None:
    """None when the server has no login with Discord."""
    verifier = secrets.token_urlsafe(48)
    challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).decode().rstrip("=")
    async with open_api(Server("", url, None)) as api, open_loopback() as loopback:
        asking = {"port": loopback.port, "challenge": challenge, "name": machine_name()}
        try:
            asked = as_map(await api.ask("POST", "/auth/command", asking))
        except CommandError as error:
            if error.code is Exit.NOT_FOUND:
                note(f"{url} has no login with Discord; its operator can give you a token")
                return None
            raise
        brought: Mapping[str, str] = {}
        address = f"{url}/authorize?request={asked['request']}"
        opened = await open_in_browser(address)
        note(f"{'in your browser' if opened else 'open this in a browser on this machine'}: {address}")
        with progress("waiting for your browser"), trio.move_on_after(float(asked["expires_in"])):
            brought = await loopback.answer()
        if not brought:
            raise CommandError("nobody said yes in the browser", "say flora login again", Exit.NOT_ALLOWED)
        if "code" not in brought:
            raise CommandError("you refused it in the browser; nothing was changed", code=Exit.NOT_ALLOWED)
        made = as_map(await api.ask("POST", "/auth/command-token", {"code": brought["code"], "verifier": verifier}))
        return _Grant(str(made["token"]), str(made["token_id"]), str(made["user"]))


def _who(answer: Any) -> str:
    user: dict[str, Any] = answer.get("user") or {}
    return str(user.get("username") or user.get("id") or "somebody")


async def logout(options: argparse.Namespace) -> int:
    """Forget the token; one that was made for this command is ended at the server too, when it can be asked."""
    found = server(options.api, options.profile)
    token_id = token_id_of(found.profile)
    known = forget(found.profile)
    ended = known and bool(token_id) and await _end_token(found, token_id)
    if options.json:
        show_json({"url": found.url, "forgotten": known, "ended": ended})
        return Exit.OK
    show(f"the token for {found.url} is forgotten" if known else f"there was no token for {found.url}")
    if known and token_id and not ended:
        warn(f"the server could not be told; end it there with: flora tokens revoke {token_id}")
    return Exit.OK


async def _end_token(found: Server, token_id: str) -> bool:
    try:
        async with open_api(found) as api:
            await api.ask("DELETE", f"/tokens/{token_id}")
    except CommandError as error:
        return error.code in {Exit.NOT_ALLOWED, Exit.NOT_FOUND}  # it ended before
    return True


async def whoami(options: argparse.Namespace) -> int:
    async with talking(options) as api:
        answer: Any = await api.get("/auth/me")
    if options.json:
        show_json(answer)
    else:
        show_fields({"server": server(options.api, options.profile).url, **(answer.get("user") or {})})
    return Exit.OK


def list_profiles(options: argparse.Namespace) -> int:
    if options.use is not None:
        use(options.use)
    known = profiles()
    if options.json:
        show_json(known)
        return Exit.OK
    rows = [("*" if name == known["current"] else "", name, one["url"]) for name, one in known["profiles"].items()]
    show_table(("", "profile", "server"), rows)
    if not rows:
        note("flora login makes one")
    return Exit.OK


async def list_tokens(options: argparse.Namespace) -> int:
    async with talking(options) as api:
        found: list[dict[str, Any]] = await api.get("/tokens")
    if options.json:
        show_json(found)
    else:
        rows = [
            (
                one.get("token_id"),
                one.get("label"),
                ", ".join(one.get("scopes") or []),
                ", ".join(one.get("guilds") or []) or "all",
                one.get("created_at"),
                one.get("expires_at") or "never",
                one.get("last_used_at"),
            )
            for one in found
        ]
        show_table(("id", "label", "may", "guilds", "created", "ends", "last used"), rows)
    return Exit.OK


async def create_token(options: argparse.Namespace) -> int:
    async with talking(options) as api:
        guilds = [guild_of(one) for one in options.guild] or None
        wanted = {
            "label": options.label,
            "scopes": options.scope or None,
            "guilds": guilds,
            "expires_in_days": options.days,
        }
        given = {name: value for name, value in wanted.items() if value is not None}
        answer: Any = await api.ask("POST", "/tokens", given)
    if options.json:
        show_json(answer)
    else:
        show(str(answer.get("token")))
        note("it is shown this once only")
    return Exit.OK


async def revoke_token(options: argparse.Namespace) -> int:
    confirm(f"end token {options.token_id}", yes=options.yes)
    async with talking(options) as api:
        await api.ask("DELETE", f"/tokens/{options.token_id}")
    if options.json:
        show_json({"revoked": options.token_id})
    else:
        show(f"token {options.token_id} is ended")
    return Exit.OK
