"""Logging in and out, and tokens. A token is tried before it is kept, and kept where nobody else reads it."""

import argparse
import sys
from typing import Any

from api.cli.client import open_api
from api.cli.console import ask_secret, confirm, note, show, show_fields, show_json, show_table
from api.cli.faults import CommandError, Exit
from api.cli.session import talking
from api.cli.settings import Server, forget, normal_url, profiles, remember, server


async def login(options: argparse.Namespace) -> int:
    """Keep a token for a server, after asking the server who that is."""
    known = profiles()
    name = options.profile or ("default" if not options.api else normal_url(options.api).partition("://")[2])
    url = normal_url(options.api) if options.api else server(None, name if name in known["profiles"] else None).url
    if not options.token and not options.token_stdin and sys.stdin.isatty():
        note(f"make a token at {url}/tokens")
    token = (options.token or ask_secret("token")).strip()
    if not token:
        raise CommandError("there is no token", "flora login --token-stdin reads one from stdin", Exit.USAGE)
    async with open_api(Server(name, url, token)) as api:
        answer: Any = await api.get("/auth/me")
    place = remember(name, url, token)
    if options.json:
        show_json({"profile": name, "url": url, "user": answer.get("user")})
    else:
        show(f"logged in to {url} as {_who(answer)}; the token is in {place}")
    return Exit.OK


def _who(answer: Any) -> str:
    user: dict[str, Any] = answer.get("user") or {}
    return str(user.get("username") or user.get("id") or "somebody")


def logout(options: argparse.Namespace) -> int:
    """Forget the token."""
    found = server(options.api, options.profile)
    known = forget(found.url)
    if options.json:
        show_json({"url": found.url, "forgotten": known})
    else:
        show(f"the token for {found.url} is forgotten" if known else f"there was no token for {found.url}")
    return Exit.OK


async def whoami(options: argparse.Namespace) -> int:
    async with talking(options) as api:
        answer: Any = await api.get("/auth/me")
    if options.json:
        show_json(answer)
    else:
        show_fields({"server": server(options.api, options.profile).url, **(answer.get("user") or {})})
    return Exit.OK


def list_profiles(options: argparse.Namespace) -> int:
    known = profiles()
    if options.json:
        show_json(known)
    else:
        rows = [("*" if name == known["current"] else "", name, one["url"]) for name, one in known["profiles"].items()]
        show_table(("", "profile", "server"), rows)
    return Exit.OK


async def list_tokens(options: argparse.Namespace) -> int:
    async with talking(options) as api:
        found: list[dict[str, Any]] = await api.get("/tokens")
    if options.json:
        show_json(found)
    else:
        rows = [
            (one.get("token_id"), one.get("label"), one.get("created_at"), one.get("last_used_at")) for one in found
        ]
        show_table(("id", "label", "created", "last used"), rows)
    return Exit.OK


async def create_token(options: argparse.Namespace) -> int:
    async with talking(options) as api:
        answer: Any = await api.ask("POST", "/tokens", {"label": options.label} if options.label else {})
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
