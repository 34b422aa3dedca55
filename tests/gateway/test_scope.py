"""The wall between guilds: what may be named, what is asked of Discord, and what is not."""

from dataclasses import dataclass, field

import pytest
import trio

from actors.ops import OpRefusedError, ScopeRule, ScopeTarget
from gateway.guild_cache import ALL_PERMISSIONS, Channel, Guild, GuildCache, Member, Overwrite, Role, RoleChange, User
from gateway.interactions import OPEN_PER_GUILD, TOKEN_LIFE_S, Interaction, OpenInteractions
from gateway.scope import LOOK_UPS_PER_MINUTE, Scopes
from storage.ids import GuildId
from tests.gateway.world import KeptApi

OURS, THEIRS = GuildId(1000), GuildId(2000)


@dataclass
class Script:
    """A Caller."""

    guild: GuildId = OURS
    revision: str = "1"
    lines: list[str] = field(default_factory=list[str])

    def log(self, level: str, text: str) -> None:
        self.lines.append(f"{level} {text}")


def cache() -> GuildCache:
    known = GuildCache()
    known.own_user = 900
    for guild in (OURS, THEIRS):
        known.guild_available(
            Guild(
                str(guild),
                owner_id="7",
                roles=[Role(str(guild), "1"), Role(str(guild + 50), "6")],
                channels=[Channel(str(guild + 1)), Channel(str(guild + 2))],
                threads=[Channel(str(guild + 3), parent_id=str(guild + 1), type=11)],
                members=[Member(User("900"), [str(guild + 50)])],
            )
        )
    return known


def scopes(
    channels: dict[int, int] | None = None, webhooks: dict[int, int] | None = None
) -> tuple[Scopes, KeptApi, OpenInteractions]:
    asked = KeptApi(channels=channels or {}, webhooks=webhooks or {})
    interactions = OpenInteractions()
    return Scopes(cache(), interactions, asked), asked, interactions


async def allowed(resolver: Scopes, rule: ScopeRule, value: str) -> bool:
    try:
        await resolver.check(Script(), ScopeTarget(rule, "it"), value)
    except OpRefusedError as error:
        if error.code not in ("SCOPE_FORBIDDEN", "BAD_ARGUMENTS"):
            raise
        return False
    return True


async def test_channels_and_threads_of_the_own_guild_only() -> None:
    resolver, api, _ = scopes()
    for rule in (ScopeRule.CHANNEL, ScopeRule.MESSAGE):
        assert [await allowed(resolver, rule, str(OURS + n)) for n in (1, 2, 3)] == [True] * 3
        assert [await allowed(resolver, rule, str(THEIRS + n)) for n in (1, 2, 3)] == [False] * 3
    assert api.asked == []


@pytest.mark.parametrize("value", ["", "x", "-1", "0", "1e3", " 1001", "1001 ", "١٢٣", "9" * 30, "1001/../2001"])
async def test_what_is_no_id_is_refused(value: str) -> None:
    resolver, api, _ = scopes()
    for rule in ScopeRule:
        assert not await allowed(resolver, rule, value)
    assert api.asked == []


async def test_unknown_ones_are_asked_for_once_and_remembered() -> None:
    resolver, api, _ = scopes(channels={555: OURS, 556: THEIRS}, webhooks={777: OURS})
    for _ in range(3):
        assert await allowed(resolver, ScopeRule.CHANNEL, "555")
        assert not await allowed(resolver, ScopeRule.CHANNEL, "556")
        assert not await allowed(resolver, ScopeRule.CHANNEL, "557")
        assert await allowed(resolver, ScopeRule.WEBHOOK, "777")
        assert not await allowed(resolver, ScopeRule.WEBHOOK, "778")
    assert sorted(api.asked) == [555, 556, 557, 777, 778]


async def test_many_who_ask_at_once_share_one_question() -> None:
    resolver, api, _ = scopes(channels={555: OURS})
    async with trio.open_nursery() as nursery:
        for _ in range(20):
            nursery.start_soon(resolver.check, Script(), ScopeTarget(ScopeRule.CHANNEL, "it"), "555")
    assert api.asked == [555]


async def test_a_script_that_makes_up_ids_is_stopped_and_only_that_script(
    autojump_clock: trio.testing.MockClock,
) -> None:
    resolver, api, _ = scopes(channels={555: THEIRS})
    assert autojump_clock.current_time() == 0
    for number in range(5000, 5000 + LOOK_UPS_PER_MINUTE):
        assert not await allowed(resolver, ScopeRule.CHANNEL, str(number))
    with pytest.raises(OpRefusedError, match="unknown things"):
        await allowed(resolver, ScopeRule.CHANNEL, "4999")
    assert len(api.asked) == LOOK_UPS_PER_MINUTE
    await resolver.check(Script(THEIRS), ScopeTarget(ScopeRule.CHANNEL, "it"), "555")


async def test_interactions_by_id_and_token_for_their_guild_while_they_live() -> None:
    resolver, _, interactions = scopes()
    now = trio.current_time()
    assert interactions.given(Interaction(1, "ours", 2, OURS, now))
    assert not interactions.given(Interaction(1, "ours", 2, OURS, now))
    interactions.given(Interaction(2, "theirs", 2, THEIRS, now))
    assert [await allowed(resolver, ScopeRule.INTERACTION, value) for value in ("1", "ours", "2", "theirs", "no")] == [
        True,
        True,
        False,
        False,
        False,
    ]
    assert interactions.find("ours", now + TOKEN_LIFE_S) is None
    assert len(interactions) == 0


def test_a_flood_of_interactions_pushes_out_only_the_own_ones() -> None:
    interactions = OpenInteractions()
    interactions.given(Interaction(1, "quiet", 2, THEIRS, 0))
    for number in range(2, OPEN_PER_GUILD + 3):
        interactions.given(Interaction(number, f"t{number}", 2, OURS, 0))
    assert interactions.find("quiet", 1) is not None
    assert interactions.find("2", 1) is None
    assert len(interactions) == OPEN_PER_GUILD + 1


def test_a_channel_takes_its_threads_along_and_a_guild_everything() -> None:
    known = cache()
    known.channel_gone(Channel(str(OURS + 1), guild_id=str(OURS)))
    assert [known.guild_of_channel(OURS + n) for n in (1, 2, 3)] == [None, OURS, None]
    known.webhook_found(777, OURS)
    known.channel_found(555, OURS)
    known.forget_guild(OURS)
    assert [known.guild_of_channel(OURS + 2), known.guild_of_webhook(777), known.guild_of_channel(555)] == [None] * 3
    assert known.guild_of_channel(THEIRS + 2) == THEIRS


def test_permissions_follow_roles_and_overwrites() -> None:
    known = cache()
    assert known.permissions(OURS) == 7
    known.role_changed(RoleChange(str(OURS), Role(str(OURS + 50), "16")))
    assert known.permissions(OURS) == 17
    overwrites = [Overwrite(str(OURS), "2", "1"), Overwrite("900", "0", "16")]
    known.channel_changed(Channel(str(OURS + 1), str(OURS), permission_overwrites=overwrites))
    assert known.permissions(OURS, OURS + 1) == 2
    assert known.permissions(OURS, OURS + 3) == 2, "a thread has its channel's"
    known.role_changed(RoleChange(str(OURS), Role(str(OURS + 50), "8")))
    assert known.permissions(OURS, OURS + 1) == ALL_PERMISSIONS
    known.role_changed(RoleChange(str(OURS), role_id=str(OURS + 50)))
    assert known.permissions(OURS) == 1
    assert known.permissions(GuildId(3)) is None


def test_a_guild_takes_a_few_kibibytes() -> None:
    known = GuildCache()
    for guild in range(10**18, 10**18 + 200 * 1000, 1000):
        known.guild_available(
            Guild(
                str(guild),
                roles=[Role(str(guild + n), "1") for n in range(20)],
                channels=[Channel(str(guild + 100 + n)) for n in range(50)],
            )
        )
    assert known.memory_bytes() / 200 < 5_000
