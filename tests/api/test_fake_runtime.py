"""The stand-in for the runtime does what the runtime does: the same play, against both."""

import inspect
import json
from collections.abc import AsyncGenerator, Awaitable
from contextlib import asynccontextmanager
from dataclasses import dataclass

import pytest

from actors.isolate.isolate import Load
from actors.outcomes import LoadOutcome, RunOutcome
from actors.placement import WorkerId
from actors.refs import Bundle, Deployed, GuildPhase, Runtime, RuntimeRefusedError
from storage.ids import GuildId
from tests.actors.runtime.playbook import GUILD, OTHER, playing
from tests.api.fake_runtime import FakeRuntime


@dataclass(frozen=True)
class Play:
    """A runtime, and how scripts are written for it."""

    runtime: Runtime
    good: str
    bad: str
    commits: list[str]
    kept: dict[GuildId, Bundle]
    """Where the runtime finds what was committed."""

    async def deploy(self, source: str, revision: str) -> Deployed:
        async def commit(load: Load) -> str:  # noqa: ASYNC124  as a Commit is
            assert load.outcome is LoadOutcome.LOADED
            self.commits.append(revision)
            self.kept[GUILD] = bundle
            return revision

        bundle = Bundle(source, revision=revision)
        return await self.runtime.deploy(GUILD, bundle, commit)


@asynccontextmanager
async def opened(kind: str) -> AsyncGenerator[Play]:
    if kind == "stand-in":
        said = json.dumps({"events": ["x"]})
        yield Play(FakeRuntime(), f"globalThis.registers = '{said}';", 'globalThis.fails = "why";', [], {})
        return
    async with playing(workers=2) as real:
        yield Play(real.system, "on('x', () => {});", "throw new Error('why');", [], real.record.bundles)


KINDS = pytest.mark.parametrize("kind", ["stand-in", "isolates"])


async def refusal(asked: Awaitable[object]) -> str:
    with pytest.raises(RuntimeRefusedError) as refused:
        await asked
    return refused.value.code


@KINDS
async def test_what_is_not_deployed_is_refused_in_the_same_words(kind: str) -> None:
    async with opened(kind) as play:
        runtime = play.runtime
        first = runtime.workers()[0].worker
        asked = (
            runtime.undeploy(OTHER),
            runtime.pause(OTHER, "why"),
            runtime.resume(OTHER),
            runtime.restart(OTHER),
            runtime.migrate(OTHER, first),
        )

        assert {await refusal(one) for one in asked} == {"NOT_DEPLOYED"}
        assert runtime.status(OTHER) is None
        assert list(runtime.guilds()) == []


@KINDS
async def test_what_loads_is_committed_and_what_does_not_changes_nothing(kind: str) -> None:
    async with opened(kind) as play:
        runtime = play.runtime
        done = await play.deploy(play.good, "r1")
        failed = await play.deploy(play.bad, "r2")
        status = runtime.status(GUILD)

        assert (done.load.outcome, done.revision) == (LoadOutcome.LOADED, "r1")
        assert done.load.registrations["events"] == ["x"]
        assert failed.load.outcome is LoadOutcome.THREW
        assert failed.load.error is not None
        assert failed.load.error.message == "why"
        assert play.commits == ["r1"]
        assert status is not None
        assert (status.phase, status.revision, status.registrations["events"]) == (GuildPhase.LIVE, "r1", ["x"])
        assert list(runtime.guilds()) == [GUILD]
        assert (await runtime.dispatch(GUILD, "x", b"{}")).outcome is RunOutcome.OK


@KINDS
async def test_a_commit_that_fails_leaves_what_ran(kind: str) -> None:
    async def commit(_load: Load) -> str:  # noqa: ASYNC124  as a Commit is
        raise LookupError("no database")

    async with opened(kind) as play:
        await play.deploy(play.good, "r1")
        with pytest.raises(LookupError):
            await play.runtime.deploy(GUILD, Bundle(play.good, revision="r2"), commit)
        status = play.runtime.status(GUILD)

        assert status is not None
        assert status.revision == "r1"


@KINDS
async def test_pause_resume_move_and_end(kind: str) -> None:
    async with opened(kind) as play:
        runtime = play.runtime
        await play.deploy(play.good, "r1")

        await runtime.pause(GUILD, "tired")
        paused = runtime.status(GUILD)
        assert paused is not None
        assert (paused.phase, paused.reason) == (GuildPhase.PAUSED, "tired")
        await runtime.resume(GUILD)
        await runtime.restart(GUILD)
        one, other = (worker.worker for worker in runtime.workers())
        for target in (one, other):
            await runtime.migrate(GUILD, target)
            moved = runtime.status(GUILD)
            assert moved is not None
            assert (moved.phase, moved.worker) == (GuildPhase.LIVE, target)
        assert await refusal(runtime.migrate(GUILD, WorkerId(99))) == "NO_SUCH_WORKER"
        await runtime.drain(other)
        added = await runtime.add_worker()
        assert {worker.worker for worker in runtime.workers()} == {one, other, added}
        for worker in (other, added):
            await runtime.remove_worker(worker)
        drained = runtime.status(GUILD)
        assert drained is not None
        assert drained.worker == one
        assert await refusal(runtime.remove_worker(one)) == "LAST_WORKER"
        assert await refusal(runtime.drain(other)) == "NO_SUCH_WORKER"
        await runtime.undeploy(GUILD)
        assert runtime.status(GUILD) is None


def test_it_has_every_question_of_the_runtime_with_the_same_arguments() -> None:
    asked = [name for name, one in vars(Runtime).items() if inspect.isfunction(one) and not name.startswith("_")]

    assert len(asked) > 10
    for name in asked:
        wanted, found = (inspect.signature(getattr(kind, name)) for kind in (Runtime, FakeRuntime))
        assert found == wanted, name
