"""What `flora doctor` says of Discord: whether it is reached, knows the bot's token, and grants the intents."""

from typing import Any, Final

import httpx2

from api.cli.shapes import as_map
from api.config_table import DiscordConfig
from gateway.intents import UnknownIntentError, intents_of, not_granted, one_sentence
from storage.health import Diagnosis, Level

_PATIENCE_S: Final = 10.0
_NAME: Final = "Discord"


async def diagnose_discord(config: DiscordConfig) -> list[Diagnosis]:
    """Asks Discord twice, and changes nothing there."""
    if config.bot_token is None:
        remedy = "set DISCORD_TOKEN; `flora dev` needs none"
        return [Diagnosis(_NAME, Level.WARN, "no token of a bot is set: flora serve would not start", remedy)]
    headers = {"authorization": f"Bot {config.bot_token.reveal()}"}
    try:
        async with httpx2.AsyncClient(base_url=config.api_url, headers=headers, timeout=_PATIENCE_S) as http:
            application, gateway = await http.get("/applications/@me"), await http.get("/gateway/bot")
    except httpx2.HTTPError as error:
        finding = f"{config.api_url} does not answer ({type(error).__name__})"
        return [Diagnosis(_NAME, Level.FAIL, finding, "let this machine reach it, or correct DISCORD_API_URL")]
    if application.status_code == 401:
        remedy = "reset it under Bot in the developer portal, and put the new one into DISCORD_TOKEN"
        return [Diagnosis(_NAME, Level.FAIL, "refuses the token of the bot", remedy)]
    if application.status_code != 200 or gateway.status_code != 200:
        codes = f"{application.status_code} and {gateway.status_code}"
        return [Diagnosis(_NAME, Level.WARN, f"answers with {codes}", "see discordstatus.com, and try again")]
    told = as_map(application.json())
    name = told.get("name") or as_map(told.get("bot")).get("username") or told.get("id")
    found = [Diagnosis(_NAME, Level.OK, f"knows the bot: {name}"), *_of_intents(config, int(told.get("flags") or 0))]
    return [*found, _of_starts(as_map(gateway.json()))]


def _of_intents(config: DiscordConfig, flags: int) -> list[Diagnosis]:
    try:
        wanted = intents_of(config.intents)
    except UnknownIntentError as error:
        return [Diagnosis("intents", Level.FAIL, str(error), "correct DISCORD_INTENTS")]
    missing = not_granted(wanted, flags)
    if not missing:
        return [Diagnosis("intents", Level.OK, "Discord grants what is configured")]
    sentences = [one_sentence(intent).partition(": ") for intent in missing]
    return [Diagnosis("intents", Level.FAIL, what, then) for what, _, then in sentences]


def _of_starts(gateway: dict[str, Any]) -> Diagnosis:
    limit, shards = as_map(gateway.get("session_start_limit")), int(gateway.get("shards") or 1)
    remaining, total = int(limit.get("remaining") or 0), int(limit.get("total") or 0)
    finding = f"{remaining:,} of {total:,} session starts are left today, for {shards} shards"
    if remaining >= 2 * shards:
        return Diagnosis("session starts", Level.OK, finding)
    return Diagnosis("session starts", Level.WARN, finding, "start flora anew as rarely as you can today")
