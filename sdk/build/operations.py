"""`rest.*`, read from the gateway's table: the names for the prelude, the types for the declarations.

Read as text: the SDK is below the gateway and imports nothing of it.
"""

import ast
import re
from pathlib import Path
from typing import Final

_TABLE: Final = Path(__file__).parent.parent.parent / "gateway" / "operations.py"
_HEAD: Final = (
    "// Made by `python -m sdk.build` from the gateway's table: name, whether it only reads, names in its path."
)

_RESULTS: Final = """
Message: createMessage getMessage updateMessage crosspostMessage pollExpire getOriginalWebhookMessage
Message: updateOriginalWebhookMessage getWebhookMessage updateWebhookMessage
Message|null: executeWebhook
Message[]: listMessages
{items:{pinnedAt:Timestamp;message:Message}[];hasMore:boolean}: listPins
User[]: listMessageReactionsByEmoji
{users:User[]}: getAnswerVoters
Channel: getChannel deleteChannel updateChannel createThreadFromMessage createThread createGuildChannel
Channel[]: listGuildChannels
{threads:Channel[];members:ThreadMember[];hasMore?:boolean}: listPrivateArchivedThreads listPublicArchivedThreads
{threads:Channel[];members:ThreadMember[];hasMore?:boolean}: listMyPrivateArchivedThreads getActiveGuildThreads
ThreadMember: getThreadMember
ThreadMember[]: listThreadMembers
Invite: createChannelInvite
Invite[]: listChannelInvites listGuildInvites
Webhook: createWebhook getWebhook updateWebhook getWebhookByToken updateWebhookByToken
Webhook[]: listChannelWebhooks getGuildWebhooks
Guild: getGuild updateGuild
{auditLogEntries:AuditLogEntry[];users:User[];threads:Channel[]}: listGuildAuditLogEntries
AutoModerationRule: createAutoModerationRule getAutoModerationRule updateAutoModerationRule
AutoModerationRule[]: listAutoModerationRules
Ban: getGuildBan
Ban[]: listGuildBans
{bannedUsers:Snowflake[];failedUsers:Snowflake[]}: bulkBanUsersFromGuild
ReceivedEmoji: createGuildEmoji getGuildEmoji updateGuildEmoji
ReceivedEmoji[]: listGuildEmojis
Integration[]: listGuildIntegrations
Member: updateMyGuildMember getGuildMember addGuildMember updateGuildMember
Member[]: listGuildMembers searchGuildMembers
{pruned:number|null}: previewPruneGuild pruneGuild
Role: createGuildRole getGuildRole updateGuildRole
Role[]: listGuildRoles bulkUpdateGuildRoles
Record<Snowflake,number>: guildRoleMemberCounts
ScheduledEvent: createGuildScheduledEvent getGuildScheduledEvent updateGuildScheduledEvent
ScheduledEvent[]: listGuildScheduledEvents
{user:User;member?:Member}[]: listGuildScheduledEventUsers listGuildScheduledEventExceptionUsers
{items:SoundboardSound[]}: listGuildSoundboardSounds
SoundboardSound: createGuildSoundboardSound getGuildSoundboardSound updateGuildSoundboardSound
Sticker: createGuildSticker getGuildSticker updateGuildSticker
Sticker[]: listGuildStickers
{code:string|null;uses:number}: getGuildVanityUrl
VoiceState: getSelfVoiceState getVoiceState
StageInstance: createStageInstance getStageInstance updateStageInstance
ApplicationCommand: getGuildApplicationCommand
ApplicationCommand[]: listGuildApplicationCommands
ApplicationCommandPermissions: getGuildApplicationCommandPermissions
ApplicationCommandPermissions[]: listGuildApplicationCommandPermissions
ThreadSearch|SearchPending: threadSearch
MessageSearch|SearchPending: guildSearch
IncidentActions: updateGuildIncidentActions
NewMemberWelcome|null: getGuildNewMemberWelcome
Onboarding: getGuildsOnboarding putGuildsOnboarding
WelcomeScreen: getGuildWelcomeScreen updateGuildWelcomeScreen
GuildPreview: getGuildPreview
VoiceRegion[]: listGuildVoiceRegions
WidgetSettings: getGuildWidgetSettings updateGuildWidgetSettings
Widget: getGuildWidget
{total?:number;guildJoinRequests?:JoinRequest[]}: getGuildJoinRequests
JoinRequest: actionGuildJoinRequest
ScheduledEventException: createGuildScheduledEventException updateGuildScheduledEventException
ScheduledEventCounts: countGuildScheduledEventUsers
GuildTemplate: createGuildTemplate syncGuildTemplate deleteGuildTemplate updateGuildTemplate
GuildTemplate[]: listGuildTemplates
InteractionCallback|null: createInteractionResponse
object|null: triggerTypingIndicator
null: bulkDeleteMessages createPin deletePin deleteMessage deleteAllMessageReactions deleteAllMessageReactionsByEmoji
null: addMyMessageReaction deleteMyMessageReaction deleteUserMessageReaction setChannelPermissionOverwrite
null: deleteChannelPermissionOverwrite joinThread leaveThread addThreadMember deleteThreadMember banUserFromGuild
null: updateVoiceChannelStatus deleteAutoModerationRule unbanUserFromGuild bulkUpdateGuildChannels deleteGuildEmoji
null: deleteGuildIntegration deleteGuildMember addGuildMemberRole deleteGuildMemberRole deleteGuildRole
null: deleteGuildScheduledEvent deleteGuildScheduledEventException deleteGuildSoundboardSound deleteGuildSticker
null: updateSelfVoiceState updateVoiceState deleteStageInstance deleteWebhook deleteWebhookByToken
null: deleteOriginalWebhookMessage deleteWebhookMessage
"""
"""What each answers."""

_MADE_BY_CONTEXTS: Final = "createInteractionResponse"
"""Its body has a shape for each kind of answer; `ctx.reply` and its like make it."""

_ENTRY: Final = re.compile(
    r'^  (\w+): (?:(Partial<)?DiscordFields\["(\w+)"\]>?;|\{\n(.*?)^  \};)', re.MULTILINE | re.DOTALL
)
"""One operation in `DiscordFields`: fields of its own, or those of another before it."""
_FIELD: Final = re.compile(r"^    (\w+)(\??):", re.MULTILINE)

MESSAGES: Final = frozenset(
    ["createMessage", "updateMessage", "executeWebhook", "updateWebhookMessage", "updateOriginalWebhookMessage"]
)
"""Those whose body is a message."""


def rest_operations() -> list[tuple[str, str, str]]:
    """Name, method and route of each of Discord's operations that scripts may use."""
    tree = ast.parse(_TABLE.read_text(encoding="utf-8"))
    for node in tree.body:
        if isinstance(node, ast.AnnAssign) and ast.unparse(node.target) == "OPERATIONS" and node.value is not None:
            lines = str(ast.literal_eval(node.value)).strip().splitlines()
            return [(name, method, route) for name, method, route in (line.split() for line in lines)]
    raise LookupError(f"{_TABLE.name} has no OPERATIONS")


def path_names(route: str) -> list[str]:
    """The parameters that a script gives: the host knows its guild and the application."""
    known = ("{guild_id}", "{application_id}")
    names = [part[1:-1] for part in route.split("/") if part.startswith("{") and part not in known]
    return [_camel(name) for name in names]


def operations_source() -> str:
    """sdk/src/operations.ts: the names of `rest.*`, whether each only reads, and what its path names."""
    rows = "\n".join(
        f'  ["{name}", {"true" if method == "GET" else "false"}, "{" ".join(path_names(route))}"],'
        for name, method, route in rest_operations()
    )
    kind = "export const OPERATIONS: readonly (readonly [string, boolean, string])[]"
    return f"{_HEAD}\n\n{kind} = [\n{rows}\n];\n"


def rest_declarations(fields: str) -> str:
    """The functions of `rest`, typed; `fields` declares what goes into their queries and bodies."""
    results, declared = _results(), declared_fields(fields)
    lines = [_declaration(operation, results[operation[0]], declared) for operation in rest_operations()]
    return "\n".join(["interface DiscordOperations {", *lines, "}\n"])


def declared_fields(fields: str) -> dict[str, dict[str, bool]]:
    """Of each operation that takes more than what its path names: its fields, and whether each is needed."""
    found: dict[str, dict[str, bool]] = {}
    for name, partial, other, own in _ENTRY.findall(fields):
        if other:
            found[name] = {field: needed and not partial for field, needed in found[other].items()}
        else:
            found[name] = {field: not optional for field, optional in _FIELD.findall(own)}
    return found


def _declaration(operation: tuple[str, str, str], result: str, declared: dict[str, dict[str, bool]]) -> str:
    name, method, route = operation
    paths = path_names(route)
    given = " | ".join(f'"{path}"' for path in paths) or "never"
    if name in MESSAGES:
        kind = f"MessageArguments<{given}>"
    else:
        other = "AnyFields" if name == _MADE_BY_CONTEXTS else "NoFields"
        fields = f'DiscordFields["{name}"]' if name in declared else other
        kind = f"{'ReadArguments' if method == 'GET' else 'RestArguments'}<{given}, {fields}>"
    optional = "" if paths or any(declared.get(name, {}).values()) else "?"
    return f"  /** Discord's {method} {route}. */\n  {name}(args{optional}: {kind}): Promise<{result}>;"


def _results() -> dict[str, str]:
    found: dict[str, str] = {}
    for line in _RESULTS.strip().splitlines():
        kind, names = line.rsplit(": ", 1)
        found |= dict.fromkeys(names.split(), kind)
    return found


def _camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(word.capitalize() for word in rest)
