"""What is not Discord's acts on the script's own guild, and names no other."""

from typing import Any, cast

import msgspec
import pytest

from actors.operations.cron import register_cron
from actors.operations.fetch import register_fetch
from actors.operations.kv import register_kv
from actors.operations.secrets import register_secrets, register_variables
from actors.operations.timers import register_timers
from actors.ops import OpRefusedError, OpTable, ScopeRule
from tests.actors.operations.conftest import OTHER_GUILD, NoScopes, Script


def _table() -> OpTable:
    table, nobody = OpTable(), cast("Any", None)
    for register in (register_kv, register_secrets, register_variables, register_cron, register_timers, register_fetch):
        register(table, nobody)
    return table


@pytest.mark.parametrize("name", sorted(op.name for op in _table()))
async def test_no_script_can_name_another_guild(name: str, script: Script) -> None:
    table = _table()
    (op,) = (one for one in table if one.name == name)
    assert op.scope is ScopeRule.OWN_GUILD
    for field in ("guild", "guildId", "guild_id"):
        asked = msgspec.json.encode({field: str(OTHER_GUILD)})
        with pytest.raises(OpRefusedError) as refused:
            await table.answer(NoScopes(), script, name, asked)
        assert refused.value.code == "BAD_ARGUMENTS"
