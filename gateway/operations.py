"""`rest.*`: what of Discord scripts may do, in their own guild.

The rows are Discord's guild-scoped operations, each by its operationId in camel case; argument structs and scope rules
follow from the routes. The guild and the application are never arguments: the host knows them. What a *body* may
name of other guilds is checked here too, for Discord would let the bot do it.
"""

import base64
import binascii
from functools import cache
from typing import Any, Final

import msgspec
import trio

from actors.ops import Caller, Op, OpRefusedError, OpTable, ScopeResolver, ScopeRule, ScopeTarget
from gateway.guild_cache import GuildCache
from gateway.interactions import OpenInteractions
from gateway.multipart import File
from gateway.rest import DiscordError, Priority, RestCall, RestClient
from gateway.shapes import is_list

OPERATIONS: Final = """
listGuildApplicationCommands GET /applications/{application_id}/guilds/{guild_id}/commands
listGuildApplicationCommandPermissions GET /applications/{application_id}/guilds/{guild_id}/commands/permissions
getGuildApplicationCommand GET /applications/{application_id}/guilds/{guild_id}/commands/{command_id}
getGuildApplicationCommandPermissions GET /applications/{application_id}/guilds/{guild_id}/commands/{command_id}/permissions
getChannel GET /channels/{channel_id}
deleteChannel DELETE /channels/{channel_id}
updateChannel PATCH /channels/{channel_id}
listChannelInvites GET /channels/{channel_id}/invites
createChannelInvite POST /channels/{channel_id}/invites
listMessages GET /channels/{channel_id}/messages
createMessage POST /channels/{channel_id}/messages
bulkDeleteMessages POST /channels/{channel_id}/messages/bulk-delete
listPins GET /channels/{channel_id}/messages/pins
createPin PUT /channels/{channel_id}/messages/pins/{message_id}
deletePin DELETE /channels/{channel_id}/messages/pins/{message_id}
getMessage GET /channels/{channel_id}/messages/{message_id}
deleteMessage DELETE /channels/{channel_id}/messages/{message_id}
updateMessage PATCH /channels/{channel_id}/messages/{message_id}
crosspostMessage POST /channels/{channel_id}/messages/{message_id}/crosspost
deleteAllMessageReactions DELETE /channels/{channel_id}/messages/{message_id}/reactions
listMessageReactionsByEmoji GET /channels/{channel_id}/messages/{message_id}/reactions/{emoji_name}
deleteAllMessageReactionsByEmoji DELETE /channels/{channel_id}/messages/{message_id}/reactions/{emoji_name}
addMyMessageReaction PUT /channels/{channel_id}/messages/{message_id}/reactions/{emoji_name}/@me
deleteMyMessageReaction DELETE /channels/{channel_id}/messages/{message_id}/reactions/{emoji_name}/@me
deleteUserMessageReaction DELETE /channels/{channel_id}/messages/{message_id}/reactions/{emoji_name}/{user_id}
createThreadFromMessage POST /channels/{channel_id}/messages/{message_id}/threads
setChannelPermissionOverwrite PUT /channels/{channel_id}/permissions/{overwrite_id}
deleteChannelPermissionOverwrite DELETE /channels/{channel_id}/permissions/{overwrite_id}
getAnswerVoters GET /channels/{channel_id}/polls/{message_id}/answers/{answer_id}
pollExpire POST /channels/{channel_id}/polls/{message_id}/expire
listThreadMembers GET /channels/{channel_id}/thread-members
joinThread PUT /channels/{channel_id}/thread-members/@me
leaveThread DELETE /channels/{channel_id}/thread-members/@me
getThreadMember GET /channels/{channel_id}/thread-members/{user_id}
addThreadMember PUT /channels/{channel_id}/thread-members/{user_id}
deleteThreadMember DELETE /channels/{channel_id}/thread-members/{user_id}
createThread POST /channels/{channel_id}/threads
listPrivateArchivedThreads GET /channels/{channel_id}/threads/archived/private
listPublicArchivedThreads GET /channels/{channel_id}/threads/archived/public
threadSearch GET /channels/{channel_id}/threads/search
triggerTypingIndicator POST /channels/{channel_id}/typing
listMyPrivateArchivedThreads GET /channels/{channel_id}/users/@me/threads/archived/private
updateVoiceChannelStatus PUT /channels/{channel_id}/voice-status
listChannelWebhooks GET /channels/{channel_id}/webhooks
createWebhook POST /channels/{channel_id}/webhooks
getGuild GET /guilds/{guild_id}
updateGuild PATCH /guilds/{guild_id}
listGuildAuditLogEntries GET /guilds/{guild_id}/audit-logs
listAutoModerationRules GET /guilds/{guild_id}/auto-moderation/rules
createAutoModerationRule POST /guilds/{guild_id}/auto-moderation/rules
getAutoModerationRule GET /guilds/{guild_id}/auto-moderation/rules/{rule_id}
deleteAutoModerationRule DELETE /guilds/{guild_id}/auto-moderation/rules/{rule_id}
updateAutoModerationRule PATCH /guilds/{guild_id}/auto-moderation/rules/{rule_id}
listGuildBans GET /guilds/{guild_id}/bans
getGuildBan GET /guilds/{guild_id}/bans/{user_id}
banUserFromGuild PUT /guilds/{guild_id}/bans/{user_id}
unbanUserFromGuild DELETE /guilds/{guild_id}/bans/{user_id}
bulkBanUsersFromGuild POST /guilds/{guild_id}/bulk-ban
listGuildChannels GET /guilds/{guild_id}/channels
createGuildChannel POST /guilds/{guild_id}/channels
bulkUpdateGuildChannels PATCH /guilds/{guild_id}/channels
listGuildEmojis GET /guilds/{guild_id}/emojis
createGuildEmoji POST /guilds/{guild_id}/emojis
getGuildEmoji GET /guilds/{guild_id}/emojis/{emoji_id}
deleteGuildEmoji DELETE /guilds/{guild_id}/emojis/{emoji_id}
updateGuildEmoji PATCH /guilds/{guild_id}/emojis/{emoji_id}
updateGuildIncidentActions PUT /guilds/{guild_id}/incident-actions
listGuildIntegrations GET /guilds/{guild_id}/integrations
deleteGuildIntegration DELETE /guilds/{guild_id}/integrations/{integration_id}
listGuildInvites GET /guilds/{guild_id}/invites
listGuildMembers GET /guilds/{guild_id}/members
updateMyGuildMember PATCH /guilds/{guild_id}/members/@me
searchGuildMembers GET /guilds/{guild_id}/members/search
getGuildMember GET /guilds/{guild_id}/members/{user_id}
addGuildMember PUT /guilds/{guild_id}/members/{user_id}
deleteGuildMember DELETE /guilds/{guild_id}/members/{user_id}
updateGuildMember PATCH /guilds/{guild_id}/members/{user_id}
addGuildMemberRole PUT /guilds/{guild_id}/members/{user_id}/roles/{role_id}
deleteGuildMemberRole DELETE /guilds/{guild_id}/members/{user_id}/roles/{role_id}
guildSearch GET /guilds/{guild_id}/messages/search
getGuildNewMemberWelcome GET /guilds/{guild_id}/new-member-welcome
getGuildsOnboarding GET /guilds/{guild_id}/onboarding
putGuildsOnboarding PUT /guilds/{guild_id}/onboarding
getGuildPreview GET /guilds/{guild_id}/preview
previewPruneGuild GET /guilds/{guild_id}/prune
pruneGuild POST /guilds/{guild_id}/prune
listGuildVoiceRegions GET /guilds/{guild_id}/regions
getGuildJoinRequests GET /guilds/{guild_id}/requests
actionGuildJoinRequest PATCH /guilds/{guild_id}/requests/{request_id}
listGuildRoles GET /guilds/{guild_id}/roles
createGuildRole POST /guilds/{guild_id}/roles
bulkUpdateGuildRoles PATCH /guilds/{guild_id}/roles
guildRoleMemberCounts GET /guilds/{guild_id}/roles/member-counts
getGuildRole GET /guilds/{guild_id}/roles/{role_id}
deleteGuildRole DELETE /guilds/{guild_id}/roles/{role_id}
updateGuildRole PATCH /guilds/{guild_id}/roles/{role_id}
listGuildScheduledEvents GET /guilds/{guild_id}/scheduled-events
createGuildScheduledEvent POST /guilds/{guild_id}/scheduled-events
getGuildScheduledEvent GET /guilds/{guild_id}/scheduled-events/{guild_scheduled_event_id}
deleteGuildScheduledEvent DELETE /guilds/{guild_id}/scheduled-events/{guild_scheduled_event_id}
updateGuildScheduledEvent PATCH /guilds/{guild_id}/scheduled-events/{guild_scheduled_event_id}
createGuildScheduledEventException POST /guilds/{guild_id}/scheduled-events/{guild_scheduled_event_id}/exceptions
deleteGuildScheduledEventException DELETE /guilds/{guild_id}/scheduled-events/{guild_scheduled_event_id}/exceptions/{exception_id}
updateGuildScheduledEventException PATCH /guilds/{guild_id}/scheduled-events/{guild_scheduled_event_id}/exceptions/{exception_id}
listGuildScheduledEventUsers GET /guilds/{guild_id}/scheduled-events/{guild_scheduled_event_id}/users
countGuildScheduledEventUsers GET /guilds/{guild_id}/scheduled-events/{guild_scheduled_event_id}/users/counts
listGuildScheduledEventExceptionUsers GET /guilds/{guild_id}/scheduled-events/{guild_scheduled_event_id}/{guild_scheduled_event_exception_id}/users
listGuildSoundboardSounds GET /guilds/{guild_id}/soundboard-sounds
createGuildSoundboardSound POST /guilds/{guild_id}/soundboard-sounds
getGuildSoundboardSound GET /guilds/{guild_id}/soundboard-sounds/{sound_id}
deleteGuildSoundboardSound DELETE /guilds/{guild_id}/soundboard-sounds/{sound_id}
updateGuildSoundboardSound PATCH /guilds/{guild_id}/soundboard-sounds/{sound_id}
listGuildStickers GET /guilds/{guild_id}/stickers
createGuildSticker POST /guilds/{guild_id}/stickers
getGuildSticker GET /guilds/{guild_id}/stickers/{sticker_id}
deleteGuildSticker DELETE /guilds/{guild_id}/stickers/{sticker_id}
updateGuildSticker PATCH /guilds/{guild_id}/stickers/{sticker_id}
listGuildTemplates GET /guilds/{guild_id}/templates
createGuildTemplate POST /guilds/{guild_id}/templates
syncGuildTemplate PUT /guilds/{guild_id}/templates/{code}
deleteGuildTemplate DELETE /guilds/{guild_id}/templates/{code}
updateGuildTemplate PATCH /guilds/{guild_id}/templates/{code}
getActiveGuildThreads GET /guilds/{guild_id}/threads/active
getGuildVanityUrl GET /guilds/{guild_id}/vanity-url
getSelfVoiceState GET /guilds/{guild_id}/voice-states/@me
updateSelfVoiceState PATCH /guilds/{guild_id}/voice-states/@me
getVoiceState GET /guilds/{guild_id}/voice-states/{user_id}
updateVoiceState PATCH /guilds/{guild_id}/voice-states/{user_id}
getGuildWebhooks GET /guilds/{guild_id}/webhooks
getGuildWelcomeScreen GET /guilds/{guild_id}/welcome-screen
updateGuildWelcomeScreen PATCH /guilds/{guild_id}/welcome-screen
getGuildWidgetSettings GET /guilds/{guild_id}/widget
updateGuildWidgetSettings PATCH /guilds/{guild_id}/widget
getGuildWidget GET /guilds/{guild_id}/widget.json
createInteractionResponse POST /interactions/{interaction_id}/{interaction_token}/callback
createStageInstance POST /stage-instances
getStageInstance GET /stage-instances/{channel_id}
deleteStageInstance DELETE /stage-instances/{channel_id}
updateStageInstance PATCH /stage-instances/{channel_id}
getWebhook GET /webhooks/{webhook_id}
deleteWebhook DELETE /webhooks/{webhook_id}
updateWebhook PATCH /webhooks/{webhook_id}
getWebhookByToken GET /webhooks/{webhook_id}/{webhook_token}
executeWebhook POST /webhooks/{webhook_id}/{webhook_token}
deleteWebhookByToken DELETE /webhooks/{webhook_id}/{webhook_token}
updateWebhookByToken PATCH /webhooks/{webhook_id}/{webhook_token}
getOriginalWebhookMessage GET /webhooks/{webhook_id}/{webhook_token}/messages/@original
deleteOriginalWebhookMessage DELETE /webhooks/{webhook_id}/{webhook_token}/messages/@original
updateOriginalWebhookMessage PATCH /webhooks/{webhook_id}/{webhook_token}/messages/@original
getWebhookMessage GET /webhooks/{webhook_id}/{webhook_token}/messages/{message_id}
deleteWebhookMessage DELETE /webhooks/{webhook_id}/{webhook_token}/messages/{message_id}
updateWebhookMessage PATCH /webhooks/{webhook_id}/{webhook_token}/messages/{message_id}
"""  # noqa: E501  one line for each
FILES_BYTES: Final = 10 * 1024 * 1024
"""Discord's own bound for a bot's attachments together."""
FILES: Final = 10


class SentFile(msgspec.Struct, rename="camel", forbid_unknown_fields=True):
    """An attachment, as the SDK sends it."""

    name: str
    data: str
    content_type: str = "application/octet-stream"
    description: str | None = None


class _Reference(msgspec.Struct):
    channel_id: str | None = None


class _Body(msgspec.Struct):
    message_reference: _Reference | None = None
    channel_id: str | None = None


_KNOWN: Final = ("{guild_id}", "{application_id}")
_CHECKED: Final = {
    "channel_id": ScopeRule.CHANNEL,
    "webhook_id": ScopeRule.WEBHOOK,
    "interaction_id": ScopeRule.INTERACTION,
    "user_id": ScopeRule.USER,
}


class RestOperations:
    """Registers and answers `rest.*`."""

    def __init__(
        self, rest: RestClient, scopes: ScopeResolver, cache: GuildCache, interactions: OpenInteractions
    ) -> None:
        self._rest = rest
        self._scopes = scopes
        self._cache = cache
        self._interactions = interactions

    def register(self, table: OpTable) -> None:
        """Puts all of them into the table."""
        for line in OPERATIONS.strip().splitlines():
            name, method, route = line.split()
            table.register(self._row(name, method, route))

    def _row(self, name: str, method: str, route: str) -> Op[Any]:
        names = [part[1:-1] for part in route.split("/") if part.startswith("{") and part not in _KNOWN]
        arguments = _arguments_of(*names)
        targets = tuple(ScopeTarget(_CHECKED[each], _camel(each)) for each in names if each in _CHECKED)

        async def answer(caller: Caller, asked: Any) -> Any:
            return await self._answer(caller, asked, method, route, names)

        return Op(
            name=f"rest.{name}",
            arguments=arguments,
            scope=targets or ScopeRule.OWN_GUILD,
            handler=answer,
            doc=f"Discord's {method} {route}.",
            result="any",
            errors=("DISCORD_ERROR", "DISCORD_RATE_LIMITED", "SCOPE_FORBIDDEN", "SCOPE_UNKNOWN"),
        )

    async def _answer(self, caller: Caller, asked: Any, method: str, route: str, names: list[str]) -> Any:
        path = {name: getattr(asked, name) for name in names}
        priority = self._check_token(caller, path)
        body = _body_of(asked.body)
        await self._check_body(caller, body, is_all="{" not in route)
        query: dict[str, Any] = asked.query or {}
        call = RestCall(
            method,
            route,
            path | self._known(caller, route),
            query={name: _query(value) for name, value in query.items() if value is not None},
            json=body,
            files=_files_of(asked.files or []),
            reason=asked.reason,
            guild=caller.guild,
            priority=priority,
        )
        try:
            answered = await self._rest.request(call)
        except DiscordError as error:
            raise refusal_of(error) from None
        if "interaction_id" in path:
            self._interactions.answered(int(path["interaction_id"]))
        return msgspec.Raw(answered.body) if answered.body.strip() else None

    def _known(self, caller: Caller, route: str) -> dict[str, str]:
        """What of the path the host knows."""
        known: dict[str, str] = {}
        if "{guild_id}" in route:
            known["guild_id"] = str(caller.guild)
        if "{application_id}" in route:
            if self._cache.application is None:
                raise OpRefusedError("SCOPE_UNKNOWN", "flora is not connected to Discord yet")
            known["application_id"] = str(self._cache.application)
        return known

    def _check_token(self, caller: Caller, path: dict[str, str]) -> Priority:
        """An interaction's token must be of this guild, and of the interaction that is named with it."""
        token = path.get("interaction_token")
        if token is None and path.get("webhook_id") == str(self._cache.application or ""):
            token = path.get("webhook_token", "")
        if token is None:
            return Priority.NORMAL
        found = self._interactions.find(token, trio.current_time())
        if found is None or found.guild != caller.guild or path.get("interaction_id", str(found.id)) != str(found.id):
            raise OpRefusedError("SCOPE_FORBIDDEN", "this is no token that this guild was given within 15 minutes")
        return Priority.INTERACTION

    async def _check_body(self, caller: Caller, body: msgspec.Raw | None, *, is_all: bool) -> None:
        """A message may forward another, a stage or an event be opened in a channel: only in the guild's own. `is_all`:
        nothing but the body says whose it is."""
        if body is None or not bytes(body).lstrip().startswith(b"{"):
            if is_all:
                raise OpRefusedError("BAD_ARGUMENTS", "the body must name a channel_id")
            return
        try:
            named = msgspec.json.decode(body, type=_Body)
        except msgspec.MsgspecError as error:
            raise OpRefusedError("BAD_ARGUMENTS", f"the body is not understood: {error}") from None
        if named.message_reference is not None and named.message_reference.channel_id is not None:
            target = ScopeTarget(ScopeRule.CHANNEL, "message_reference.channel_id")
            await self._scopes.check(caller, target, named.message_reference.channel_id)
        if named.channel_id is not None:
            await self._scopes.check(caller, ScopeTarget(ScopeRule.CHANNEL, "channel_id"), named.channel_id)
        elif is_all:
            raise OpRefusedError("BAD_ARGUMENTS", "the body must name a channel_id")


_OPTIONAL: Final[list[tuple[str, Any, Any]]] = [
    ("query", dict[str, str | int | float | bool | list[str | int] | None] | None, None),
    ("body", msgspec.Raw, msgspec.Raw()),
    ("files", list[SentFile] | None, None),
    ("reason", str | None, None),
]


@cache
def _arguments_of(*names: str) -> type[msgspec.Struct]:
    """Of a route with these in its path; many have the same."""
    fields: list[tuple[str, Any] | tuple[str, Any, Any]] = [*((each, str) for each in names), *_OPTIONAL]
    return msgspec.defstruct("RestArguments", fields, rename="camel", forbid_unknown_fields=True)


def refusal_of(error: DiscordError) -> OpRefusedError:
    """What the script gets."""
    code = "DISCORD_RATE_LIMITED" if error.status == 429 else "DISCORD_ERROR"
    return OpRefusedError(
        code,
        str(error),
        status=error.status,
        discordCode=error.code,
        errors=error.errors,
        route=error.route,
        retryAfter=error.retry_after,
    )


def _body_of(raw: msgspec.Raw) -> msgspec.Raw | None:
    return None if bytes(raw).strip() in (b"", b"null") else raw


def _files_of(files: list[SentFile]) -> list[File]:
    if len(files) > FILES:
        raise OpRefusedError("BAD_ARGUMENTS", f"at most {FILES} files")
    if sum(len(file.data) for file in files) > FILES_BYTES * 4 // 3 + 4 * FILES:
        raise OpRefusedError("BAD_ARGUMENTS", f"the files have more than {FILES_BYTES} bytes together")
    try:
        return [File(file.name, base64.b64decode(file.data, validate=True), file.content_type) for file in files]
    except binascii.Error:
        raise OpRefusedError("BAD_ARGUMENTS", "a file's data is not base64") from None


def _query(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if is_list(value):
        return ",".join(map(str, value))
    return str(value)


def _camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(word.capitalize() for word in rest)
