"""The shards of this process: how many, when each may identify, and their sessions kept for the next start.

A process runs a fixed subset of all shards (all of them unless configured otherwise). Sessions are stored while
they move and at the end, so that a daemon that starts again resumes: it gets what happened meanwhile, and spends no
identify. After a crash the stored number is up to STORE_EVERY_S old, and the events since then come a second time.
"""

import logging
from collections.abc import AsyncGenerator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, Final, Protocol

import trio

from gateway.close_codes import sentence_of
from gateway.connection import Connection, ConnectionStatistics, GatewayEndedError
from gateway.discord_api import DiscordApi, DiscordAwayError, DiscordRefusesError, GatewayAdvice
from gateway.envelope import Dispatch, Opcode, ReadyBody
from gateway.events import Wanted
from gateway.identifies import IdentifyLedger, StartLimit
from gateway.inflate import Compression
from gateway.intents import Intent, refused_sentence
from gateway.overlap import NEW, OLD, Overlap
from gateway.session import Identity, Session, State, StoredSession
from gateway.turns import Turns
from gateway.websocket import SocketOpener, open_line_socket
from storage.ids import GuildId

logger = logging.getLogger(__name__)
STORE_EVERY_S: Final = 0.5
STORE_S: Final = 3.0
STOP_S: Final = 5.0
"""Longer than a socket takes to say goodbye."""
ASK_AGAIN_S: Final = (1.0, 2.0, 5.0, 10.0, 30.0)
OVERLAP_S: Final = 5.0
"""Longer than two sessions of one bot are apart in hearing of the same event."""
TOKEN_CODE: Final = 4004
_EVERYTHING: Final = Wanted(None, ())


class SessionStore(Protocol):
    """Where sessions outlive the daemon. Neither call raises: without a store the shards identify."""

    async def load(self, shard: int, count: int) -> StoredSession | None: ...
    async def save(self, shard: int, count: int, session: StoredSession | None) -> None: ...


class Inlet(Protocol):
    """Who takes the events of all shards: `gateway/inbound.py`."""

    def wanted(self) -> Mapping[bytes, str]: ...
    def events(self, batch: Sequence[Dispatch]) -> None: ...
    def unheard(self, count: int) -> None: ...
    def ready(self, ready: ReadyBody, of_shard: Callable[[GuildId], bool]) -> None: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class ShardConfig:
    """What the operator says."""

    token: str = field(repr=False)
    intents: Intent
    count: int | None = None
    """None: as many as Discord advises."""
    shards: Sequence[int] | None = None
    """Those of this process; None: all."""
    compression: Compression = Compression.ZSTD
    gateway_url: str | None = None
    """None: what Discord says."""
    opener: SocketOpener = open_line_socket
    presence: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class ShardStatus:
    """For the API and `flora doctor`."""

    shard: int
    count: int
    state: str
    sequence: int
    latency_s: float | None
    statistics: ConnectionStatistics


class ShardConfigError(ValueError):
    """The configured shards make no sense."""


def shard_of(guild: int, count: int) -> int:
    """Discord's rule."""
    return (guild >> 22) % count


class _Set:
    """Shards of one count, with the sink through which their events go."""

    def __init__(self, count: int, ids: Sequence[int], side: int) -> None:
        self.count = count
        self.ids = ids
        self.side = side
        self.connections: dict[int, Connection] = {}
        self.overlap: Overlap | None = None
        self.live_ones: set[int] = set()
        self.all_live = trio.Event()
        self.done = trio.Event()


class _Sink:
    """Events of one set, on their way in."""

    def __init__(self, of: _Set, inlet: Inlet) -> None:
        self._set = of
        self._inlet = inlet

    def wanted(self) -> Mapping[bytes, str]:
        """While every event comes twice, all of them: each is to find its twin."""
        return self._inlet.wanted() if self._set.overlap is None else _EVERYTHING

    def events(self, shard: int, batch: Sequence[Dispatch]) -> None:  # noqa: ARG002  a Sink
        overlap = self._set.overlap
        if overlap is not None:
            side = self._set.side
            batch = [dispatch for dispatch in batch if overlap.admit(side, dispatch.name, dispatch.body)]
        self._inlet.events(batch)

    def unheard(self, shard: int, count: int) -> None:  # noqa: ARG002  a Sink
        self._inlet.unheard(count)

    def ready(self, shard: int, ready: ReadyBody) -> None:
        count = self._set.count
        self._inlet.ready(ready, lambda guild: shard_of(guild, count) == shard)

    def live(self, shard: int) -> None:
        self._set.live_ones.add(shard)
        if len(self._set.live_ones) == len(self._set.ids):
            self._set.all_live.set()


class Shards:
    """Opened by `open_shards`."""

    def __init__(
        self,
        config: ShardConfig,
        api: DiscordApi,
        store: SessionStore,
        inlet: Inlet,
        chance: Callable[[], float],
    ) -> None:
        self._config = config
        self._api = api
        self._store = store
        self._inlet = inlet
        self._chance = chance
        self._set: _Set | None = None
        self._next: _Set | None = None
        self._ledger: IdentifyLedger | None = None
        self._buckets: dict[int, Turns] = {}
        self._max_concurrency = 1
        self._nursery: trio.Nursery | None = None
        self._begun = trio.Event()
        self._url = ""
        self._saved: dict[int, StoredSession | None] = {}
        self.failure: GatewayEndedError | None = None
        self.ended = trio.Event()
        """Set when Discord will have us no more; `failure` says why."""

    def __repr__(self) -> str:
        live = len(self._set.live_ones) if self._set else 0
        return f"<Shards: {live} of {self.count} live>"

    @property
    def count(self) -> int:
        return self._set.count if self._set else 0

    def statuses(self) -> list[ShardStatus]:
        """Of every shard of this process."""
        if self._set is None:
            return []
        return [_status(connection, self._set.count) for connection in self._set.connections.values()]

    async def wait_live(self) -> None:
        """Until every shard has been live once."""
        await self._begun.wait()
        assert self._set is not None
        await self._set.all_live.wait()

    async def send(self, guild: GuildId, op: Opcode, body: Mapping[str, Any], timeout_s: float) -> None:
        """On the shard of a guild. Raises trio.TooSlowError when there is no live connection in time."""
        connection = self._set.connections.get(shard_of(guild, self._set.count)) if self._set else None
        if connection is None:
            raise trio.TooSlowError
        await connection.send(op, body, timeout_s)

    async def run(self) -> None:
        """Until cancelled; a refusal by Discord is left in `failure`, for the daemon to end with."""
        try:
            advice = await self._advice()
            self._renew(advice)
            self._url = self._config.gateway_url or advice.url
            shards = await self._new_set(self._config.count or advice.shards, OLD)
            self._set = shards
            self._begun.set()
            async with trio.open_nursery() as nursery:
                self._nursery = nursery
                nursery.start_soon(self._run_set, shards)
                nursery.start_soon(self._keep_storing)
        except* GatewayEndedError as group:
            self.failure = _first_ended(group)
            self.ended.set()

    async def stop(self) -> None:
        """Close every socket so that its session can be resumed, and store them. Bounded."""
        sets = [one for one in (self._set, self._next) if one is not None]
        for one in sets:
            for connection in one.connections.values():
                connection.stop()
        with trio.move_on_after(STOP_S):
            for one in sets:
                await one.done.wait()
        await self._store_all()

    async def reshard(self, count: int) -> None:
        """Change the number of shards without missing an event: the new ones connect beside the old ones, every
        event is taken once, and the old ones leave when all of the new ones are live. Raises ShardConfigError."""
        old, nursery = self._set, self._nursery
        if old is None or nursery is None or self._next is not None:
            raise ShardConfigError("the shards are being changed, or have not started")
        new = await self._new_set(count, NEW)
        new.overlap = old.overlap = Overlap()
        self._next = new
        try:
            nursery.start_soon(self._run_set, new)
            await new.all_live.wait()
            await trio.sleep(OVERLAP_S)
            for connection in old.connections.values():
                connection.stop()
            await old.done.wait()
            self._set = new
            await trio.sleep(OVERLAP_S)
        finally:
            self._next = None
            if self._set is not new:
                for connection in new.connections.values():
                    connection.stop()
            new.overlap = old.overlap = None
            new.side = OLD

    async def _new_set(self, count: int, side: int) -> _Set:
        ids = list(range(count)) if self._config.shards is None else sorted(set(self._config.shards))
        if count < 1 or not ids or ids[0] < 0 or ids[-1] >= count:
            raise ShardConfigError(f"shards {ids} do not lie within a count of {count}")
        shards = _Set(count, ids, side)
        sink = _Sink(shards, self._inlet)
        for shard in ids:
            stored = await self._store.load(shard, count)
            session = Session(self._identity(shard, count), self._chance, stored)
            shards.connections[shard] = Connection(
                session, self._config.opener, self._config.compression, sink, self._leave
            )
        return shards

    def _identity(self, shard: int, count: int) -> Identity:
        config = self._config
        query = f"v=10&encoding=json{config.compression.query}"
        return Identity(config.token, int(config.intents), shard, count, self._url, query, presence=config.presence)

    async def _run_set(self, shards: _Set) -> None:
        try:
            async with trio.open_nursery() as nursery:
                for connection in shards.connections.values():
                    nursery.start_soon(connection.run)
        except* GatewayEndedError as group:
            raise await self._explained(_first_ended(group)) from None
        finally:
            shards.done.set()

    async def _explained(self, error: GatewayEndedError) -> GatewayEndedError:
        """4014 does not say which intent; the application's flags do."""
        if error.code != 4014:
            return error
        flags: int | None = None
        try:
            flags = await self._api.application_flags()
        except (DiscordAwayError, DiscordRefusesError):
            logger.info("Discord could not be asked which intents are allowed")
        return GatewayEndedError(error.code, refused_sentence(self._config.intents, flags))

    async def _advice(self) -> GatewayAdvice:
        """Asked until it is answered: a daemon that starts while Discord is away waits."""
        tries = 0
        while True:
            try:
                return await self._api.gateway_advice()
            except DiscordRefusesError:
                raise GatewayEndedError(TOKEN_CODE, sentence_of(TOKEN_CODE)) from None
            except DiscordAwayError as error:
                pause = ASK_AGAIN_S[min(tries, len(ASK_AGAIN_S) - 1)]
                logger.warning("Discord does not say where its gateway is (%s); asked again in %g s", error, pause)
                tries += 1
                await trio.sleep(pause)

    def _renew(self, advice: GatewayAdvice) -> None:
        told = advice.session_start_limit
        limit = StartLimit(told.total, told.remaining, told.reset_after / 1000, max(1, told.max_concurrency))
        self._max_concurrency = limit.max_concurrency
        if self._ledger is None:
            self._ledger = IdentifyLedger(limit, trio.current_time())
        else:
            self._ledger.renew(limit, trio.current_time())

    async def _leave(self, shard: int) -> None:
        """Wait for the shard's turn: one after another in a bucket, the lowest number first."""
        async with self._buckets.setdefault(shard % self._max_concurrency, Turns()).turn_of(shard):
            assert self._ledger is not None
            while (wait := self._ledger.take(shard, trio.current_time())) > 0:
                if self._ledger.is_spent():
                    logger.error(
                        "%r: shard %d waits, for the rest is kept in reserve",
                        self._ledger,
                        shard,
                        extra={"shard": shard},
                    )
                    await trio.sleep(min(wait, 60.0))
                    self._renew(await self._advice())
                else:
                    await trio.sleep(wait)

    async def _keep_storing(self) -> None:
        while True:
            await trio.sleep(STORE_EVERY_S)
            await self._store_all()

    async def _store_all(self) -> None:
        """What changed since it was stored. Bounded, also when cancelled from outside."""
        with trio.CancelScope(shield=True, deadline=trio.current_time() + STORE_S):
            for shard, connection in (self._set.connections if self._set else {}).items():
                session = connection.session.stored()
                if session != self._saved.get(shard):
                    await self._store.save(shard, connection.session.identity.shard_count, session)
                    self._saved[shard] = session


@asynccontextmanager
async def open_shards(shards: Shards) -> AsyncGenerator[Shards]:
    """Runs them inside the block; at its end they close so that they can be resumed."""
    async with trio.open_nursery() as nursery:
        nursery.start_soon(shards.run)  # noqa: ASYNC113  Discord may be away when the daemon starts
        try:
            yield shards
        finally:
            with trio.CancelScope(shield=True, deadline=trio.current_time() + STOP_S + STORE_S):
                await shards.stop()
            nursery.cancel_scope.cancel()


def _status(connection: Connection, count: int) -> ShardStatus:
    session = connection.session
    return ShardStatus(
        session.identity.shard, count, session.state.value, session.sequence, session.latency_s, connection.statistics
    )


def is_live(status: ShardStatus) -> bool:
    return status.state == State.LIVE.value


def _first_ended(group: BaseExceptionGroup[GatewayEndedError]) -> GatewayEndedError:
    for error in group.exceptions:
        return _first_ended(error) if isinstance(error, BaseExceptionGroup) else error
    raise AssertionError("a group has members")
