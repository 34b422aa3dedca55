"""What can only be asked over the gateway: a guild's members (op 8), and voice (op 4).

Discord answers members in chunks, among the events; a *nonce* of ours says which answer belongs to which question. All
members of a guild may be asked for once in 30 s; who asks sooner is told how long to wait, and so is who asks for
anything while Discord says RATE_LIMITED.
"""

import itertools
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import msgspec
import trio

from gateway.envelope import Opcode
from gateway.events import Snowflake, as_guild, as_id
from storage.ids import GuildId

ALL_MEMBERS_EVERY_S: Final = 30.0
MEMBERS_S: Final = 30.0
VOICE_S: Final = 10.0
ASKING_PER_GUILD: Final = 4
MOST_IDS: Final = 100
MOST_FOUND: Final = 100
"""By a query; Discord's own bound."""
ANSWER_BYTES: Final = 16 * 1024 * 1024
"""Of all chunks of one answer."""

SendToShard = Callable[[GuildId, Opcode, Mapping[str, Any], float], Awaitable[None]]
"""Sends on the shard of a guild, within Discord's limits; raises trio.TooSlowError."""


class AskRefusedError(Exception):
    """Not asked, or not answered. `retry_after` is None when asking again cannot help."""

    def __init__(self, code: str, message: str, retry_after: float | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.retry_after = retry_after


class _Chunk(msgspec.Struct, gc=False):
    guild_id: Snowflake
    members: list[msgspec.Raw] = []
    chunk_index: int = 0
    chunk_count: int = 1
    not_found: list[msgspec.Raw] = []
    presences: list[msgspec.Raw] = []
    nonce: str | None = None


class _Meta(msgspec.Struct, gc=False, frozen=True):
    guild_id: Snowflake = None
    nonce: str | None = None


class _RateLimited(msgspec.Struct, gc=False):
    opcode: int = 0
    retry_after: float = 0.0
    meta: _Meta = _Meta()


class _Voice(msgspec.Struct, gc=False):
    user_id: Snowflake = None
    channel_id: Snowflake = None


@dataclass(frozen=True, slots=True)
class Members:
    """Each as Discord sent it."""

    members: Sequence[bytes]
    presences: Sequence[bytes]
    not_found: Sequence[bytes]


@dataclass(slots=True)
class _Question:
    guild: GuildId
    members: list[bytes] = field(default_factory=list[bytes])
    presences: list[bytes] = field(default_factory=list[bytes])
    not_found: list[bytes] = field(default_factory=list[bytes])
    bytes: int = 0
    chunks: int = 0
    done: trio.Event = field(default_factory=trio.Event)
    refused: AskRefusedError | None = None


@dataclass(slots=True)
class _VoiceQuestion:
    channel: int | None
    state: bytes | None = None
    server: bytes | None = None
    done: trio.Event = field(default_factory=trio.Event)


class Asking:
    """For all shards of this process."""

    def __init__(self, send: SendToShard, own_user: Callable[[], int | None]) -> None:
        self._send = send
        self._own_user = own_user
        self._nonces = itertools.count(1)
        self._questions: dict[str, _Question] = {}
        self._voice: dict[GuildId, _VoiceQuestion] = {}
        self._not_before: dict[GuildId, float] = {}
        """When all members of a guild may be asked for again."""

    def __repr__(self) -> str:
        return f"<Asking: {len(self._questions)} for members, {len(self._voice)} for voice>"

    async def members(
        self,
        guild: GuildId,
        *,
        query: str = "",
        limit: int = 0,
        user_ids: Sequence[int] = (),
        presences: bool = False,
    ) -> Members:
        """Members by name, by id, or (with neither and limit 0) all. Raises AskRefusedError."""
        self._check(guild, query, limit, user_ids)
        nonce = f"flora-{next(self._nonces)}"
        question = self._questions[nonce] = _Question(guild)
        body: dict[str, Any] = {"guild_id": str(guild), "presences": presences, "nonce": nonce}
        body |= {"user_ids": [str(user) for user in user_ids]} if user_ids else {"query": query, "limit": limit}
        try:
            with trio.fail_after(MEMBERS_S):
                await self._send(guild, Opcode.REQUEST_MEMBERS, body, MEMBERS_S)
                await question.done.wait()
        except trio.TooSlowError:
            raise AskRefusedError("TIMEOUT", f"Discord sent no members within {MEMBERS_S:g} s", 1.0) from None
        finally:
            del self._questions[nonce]
        if question.refused is not None:
            raise question.refused
        return Members(question.members, question.presences, question.not_found)

    async def voice(
        self, guild: GuildId, channel: int | None, *, mute: bool = False, deaf: bool = False
    ) -> tuple[bytes, bytes | None]:
        """Join a voice channel, or leave with None: our voice state, and the server to speak to. Whoever calls has
        checked that the channel is the guild's. Raises AskRefusedError."""
        if guild in self._voice:
            raise AskRefusedError("BUSY", "this guild already waits for a voice channel", 1.0)
        question = self._voice[guild] = _VoiceQuestion(channel)
        body = {
            "guild_id": str(guild),
            "channel_id": None if channel is None else str(channel),
            "self_mute": mute,
            "self_deaf": deaf,
        }
        try:
            with trio.fail_after(VOICE_S):
                await self._send(guild, Opcode.VOICE_STATE, body, VOICE_S)
                await question.done.wait()
        except trio.TooSlowError:
            raise AskRefusedError("TIMEOUT", f"Discord gave no voice within {VOICE_S:g} s", 1.0) from None
        finally:
            del self._voice[guild]
        assert question.state is not None
        return question.state, question.server

    def members_came(self, body: bytes) -> None:
        """GUILD_MEMBERS_CHUNK. Raises msgspec.MsgspecError."""
        chunk = msgspec.json.decode(body, type=_Chunk)
        question = self._questions.get(chunk.nonce or "")
        if question is None or question.guild != as_guild(chunk.guild_id):
            return
        question.bytes += len(body)
        if question.bytes > ANSWER_BYTES:
            question.refused = AskRefusedError("TOO_LARGE", f"the members take more than {ANSWER_BYTES} bytes")
            question.done.set()
            return
        question.members += map(bytes, chunk.members)
        question.presences += map(bytes, chunk.presences)
        question.not_found += map(bytes, chunk.not_found)
        question.chunks += 1
        if question.chunks >= chunk.chunk_count:
            question.done.set()

    def refused(self, body: bytes) -> None:
        """RATE_LIMITED. Raises msgspec.MsgspecError."""
        refusal = msgspec.json.decode(body, type=_RateLimited)
        guild = as_guild(refusal.meta.guild_id)
        if refusal.opcode != Opcode.REQUEST_MEMBERS:
            return
        if guild is not None:
            self._not_before[guild] = trio.current_time() + refusal.retry_after
        question = self._questions.get(refusal.meta.nonce or "")
        if question is not None:
            question.refused = _too_soon(refusal.retry_after)
            question.done.set()

    def voice_came(self, guild: GuildId, name: str, body: bytes) -> None:
        """VOICE_STATE_UPDATE and VOICE_SERVER_UPDATE. Raises msgspec.MsgspecError."""
        question = self._voice.get(guild)
        if question is None:
            return
        if name == "VOICE_SERVER_UPDATE":
            question.server = bytes(body)
        else:
            state = msgspec.json.decode(body, type=_Voice)
            if as_id(state.user_id) != self._own_user() or as_id(state.channel_id) != question.channel:
                return
            question.state = bytes(body)
        if question.state is not None and (question.channel is None or question.server is not None):
            question.done.set()

    def _check(self, guild: GuildId, query: str, limit: int, user_ids: Sequence[int]) -> None:
        if len(user_ids) > MOST_IDS or not 0 <= limit <= MOST_FOUND or len(query) > 100:
            raise AskRefusedError("BAD_ARGUMENTS", f"at most {MOST_IDS} ids, {MOST_FOUND} found, 100 letters of a name")
        if query and limit == 0:
            raise AskRefusedError("BAD_ARGUMENTS", "a query needs a limit of 1 to 100")
        if sum(question.guild == guild for question in self._questions.values()) >= ASKING_PER_GUILD:
            raise AskRefusedError("BUSY", f"this guild already waits for {ASKING_PER_GUILD} answers", 1.0)
        if not user_ids and limit == 0:
            self._spend_all(guild)

    def _spend_all(self, guild: GuildId) -> None:
        now = trio.current_time()
        wait = self._not_before.get(guild, 0.0) - now
        if wait > 0:
            raise _too_soon(wait)
        self._not_before = {other: at for other, at in self._not_before.items() if at > now}
        self._not_before[guild] = now + ALL_MEMBERS_EVERY_S


def _too_soon(wait: float) -> AskRefusedError:
    return AskRefusedError(
        "RATE_LIMITED", f"Discord gives all members of a guild once in 30 s; try again in {wait:.1f} s", wait
    )
