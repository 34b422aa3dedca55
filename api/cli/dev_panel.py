"""What stands beside the chat of `flora dev`: the project's state and sources, its crons, its data, examples to try."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Final

from actors.refs import RuntimeRefusedError
from api.daemon import Daemon
from gateway.local.panel import CronLine, Example, PanelError, PanelView, StoreLine
from storage.errors import StorageError
from storage.ids import GuildId

_SAMPLE: Final = 8
_SHOWN_BYTES: Final = 60
_OFFERED: Final = (
    ("ping.ts", "Ping", "The smallest bot: one word in, one word out.", "!ping"),
    ("polls.ts", "Polls", "A slash command, buttons, and votes that are kept.", "/poll"),
    ("trivia.ts", "Trivia", "A game with a form.", "/trivia"),
)
_GO_LIVE: Final = "flora login, then flora deploy --guild ID: docs/operations.md"


@dataclass
class DevPanel:
    """The local Discord's Panel, over a daemon."""

    daemon: Daemon
    examples: Path
    try_it: Callable[[str], Awaitable[None]]
    """Deploys an example in place of what runs."""
    project: str = ""
    problem: str = ""
    sources: Mapping[str, str] = field(default_factory=dict[str, str])

    async def view(self, guild: int, /) -> PanelView:
        of = GuildId(guild)
        status = self.daemon.runtime.status(of)
        try:
            crons, stores = await self._crons(of), await self._stores(of)
        except StorageError as error:
            raise PanelError(f"The stores do not answer: {error}") from None
        return PanelView(
            project=self.project,
            state="failed" if self.problem else "" if status is None else status.phase.value,
            problem=self.problem,
            sources=self.sources,
            crons=crons,
            stores=stores,
            examples=self._offered(),
            go_live=_GO_LIVE,
        )

    async def run_cron(self, guild: int, name: str, /) -> None:
        try:
            await self.daemon.services.crons.run_now(GuildId(guild), name)
        except KeyError:
            raise PanelError(f"There is no cron {name}.") from None
        except (RuntimeRefusedError, StorageError) as error:
            raise PanelError(str(error)) from None

    async def try_example(self, guild: int, name: str, /) -> None:  # noqa: ARG002  there is one guild
        if name not in {file for file, *_ in _OFFERED}:
            raise PanelError(f"There is no example {name}.")
        await self.try_it(name)

    async def _crons(self, guild: GuildId) -> list[CronLine]:
        crons = self.daemon.services.crons
        lines: list[CronLine] = []
        for one in await crons.list(guild):
            last = next(iter((await crons.runs(guild, one.definition.name, None, 1)).runs), None)
            began, outcome = (None, "") if last is None else (last.claimed_at, last.outcome or "under way")
            name, schedule = one.definition.name, one.definition.schedule
            lines.append(CronLine(name, schedule, _moment(one.definition.next_run), _moment(began), outcome))
        return lines

    async def _stores(self, guild: GuildId) -> list[StoreLine]:
        kv = self.daemon.stores.kv
        lines: list[StoreLine] = []
        for store in await kv.stores(guild):
            sample = await self._sample(guild, store.name)
            lines.append(StoreLine(store.name, store.count, store.size, sample))
        return lines

    async def _sample(self, guild: GuildId, store: str) -> Sequence[tuple[str, str]]:
        view = self.daemon.stores.kv.guild(guild).store(store)
        page = await view.list_keys(limit=_SAMPLE)
        entries = await view.get_many([key.key for key in page.keys])
        return [
            (entry.key, entry.data[:_SHOWN_BYTES].decode(errors="replace")) for entry in entries if entry is not None
        ]

    def _offered(self) -> list[Example]:
        return [
            Example(name, title, about, (self.examples / name).read_text(encoding="utf-8"), say)
            for name, title, about, say in _OFFERED
            if (self.examples / name).is_file()
        ]


def _moment(at: datetime | None) -> str:
    return "" if at is None else at.isoformat(timespec="seconds")
