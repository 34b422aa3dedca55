"""What all scripts together hear of."""

from hypothesis import given
from hypothesis import strategies as st

from actors.guild.audience import NOTHING, Audience, heard_of
from actors.refs import GuildEvent
from storage.ids import GuildId
from tests.actors.runtime.playbook import GUILD, eventually, playing

_HEARD = st.none() | st.frozensets(st.sampled_from("abcd"))


@given(st.lists(st.tuples(st.integers(0, 3), _HEARD)))
def test_it_is_what_the_guilds_hear_of_now(changes: list[tuple[int, frozenset[str] | None]]) -> None:
    audience = Audience()
    guilds: list[frozenset[str] | None] = [NOTHING] * 4
    for guild, hears in changes:
        audience.change(guilds[guild], hears)
        guilds[guild] = hears
        said = [one for one in guilds if one is not None]
        assert audience.names == (frozenset().union(*said) if len(said) == len(guilds) else None)
        assert audience.names is audience.names


def test_a_script_that_says_too_much_or_nonsense_does_not_say() -> None:
    assert heard_of({}) is None
    assert heard_of({"events": "messageCreate"}) is None
    assert heard_of({"events": [f"event{number}" for number in range(1000)]}) is None
    assert heard_of({"events": ["a", 1, {}, []]}) == frozenset({"a"})


_OTHER = GuildId(GUILD + 1)


async def test_scripts_that_come_and_go_are_heard_of() -> None:
    """That of a guild which is taken away, too, and what one registers later on."""
    async with playing() as play:
        assert play.system.heard() == NOTHING
        await play.deploy("on('a', () => {}); on('more', () => on('b', () => {}))")
        assert play.system.heard() == frozenset({"a", "more"})
        await play.deploy("on('c', () => {})", guild=_OTHER)
        assert play.system.heard() == frozenset({"a", "more", "c"})
        play.system.deliver([GuildEvent(GUILD, "more", b"1")])
        await eventually(lambda: play.system.heard() == frozenset({"a", "b", "more", "c"}))
        await play.system.undeploy(GUILD)
        assert play.system.heard() == frozenset({"c"})
