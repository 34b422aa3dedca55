"""Reading interactions, permissions, text and pages."""

# ruff: noqa: E501  an expression of JavaScript is a line

from typing import Any

from tests.sdk.builders.conftest import Evaluate

CALLED = (
    "{ msg: { member: { roles: ['1', '2'] }, data: { options: [{ type: 2, name: 'g', options: "
    "[{ type: 1, name: 's', options: [{ type: 3, name: 'o', value: 'v' }, { type: 4, name: 'n', value: 3, focused: true }] }] }] } } }"
)
SIMPLE = "{ msg: { data: { options: [{ type: 1, name: 's', options: [] }] } } }"
GIVES: dict[str, Any] = {
    f"hasRole({CALLED}, '2')": True,
    f"hasRole({CALLED}, '3')": False,
    "hasRole({}, '3')": False,
    f"getSubcommand({SIMPLE})": "s",
    f"getSubcommand({CALLED})": "s",
    "getSubcommand({ msg: {} }) ?? null": None,
    f"getSubcommandGroup({CALLED})": "g",
    f"getSubcommandGroup({SIMPLE}) ?? null": None,
    f"flattenInteractionOptions({CALLED}.msg.data.options)": {"o": "v", "n": 3},
    # -- permissions
    "permissionBits(['ManageGuild', 8, '2', 1n]).toString()": "43",
    "permissionNames('40')": ["Administrator", "ManageGuild"],
    "hasPermissions('8', 'BanMembers')": True,
    "hasPermissions('8', 'BanMembers', { administrator: false })": False,
    "hasPermissions('2', ['KickMembers', 'BanMembers'])": False,
    "missingPermissions('2', ['KickMembers', 'BanMembers'])": ["BanMembers"],
    "hasPermissions(null, 'BanMembers')": False,
    "permissionBits('BanMember')": {
        "error": 'TypeError: there is no permission "BanMember"; did you mean BanMembers?',
        "problems": [],
    },
    "[hasFlag(64, MessageFlags.EPHEMERAL), addFlag(undefined, 1, 4), removeFlag(7, 2, 1)]": [True, 5, 4],
    # -- text
    "[userMention('1'), roleMention({ id: '2' }), channelMention('3'), commandMention('tag add', '4')]": [
        "<@1>",
        "<@&2>",
        "<#3>",
        "</tag add:4>",
    ],
    "[emojiMention({ name: 'a', id: '1', animated: true }), emojiMention({ name: '🎉' })]": ["<a:a:1>", "🎉"],
    "[timestamp(1500), timestamp('2026-01-01T00:00:00Z', 'R'), relativeTime(0)]": [
        "<t:1>",
        "<t:1767225600:R>",
        "<t:0:R>",
    ],
    "createdAt('175928847299117063').toISOString()": "2016-04-30T11:18:25.796Z",
    "messageLink('1', '2', '3')": "https://discord.com/channels/1/2/3",
    "escapeMarkdown('*a* [b](c)\\n# d\\n- e')": "\\*a\\* \\[b\\]\\(c\\)\n\\# d\n\\- e",
    "[escapeMentions('@everyone'), escapeMentions('<@1>')]": ["@\u200beveryone", "<@\u200b1>"],
    "mentionedIds('<@!12345678901234567> <@12345678901234567> <@&12345678901234568>')": ["12345678901234567"],
    "mentionedIds('<@!12345678901234567> <@&12345678901234568>', 'role')": ["12345678901234568"],
    "[truncate('abcdef', 4), truncate('abc', 4), truncate('a😀b', 3)]": ["abc…", "abc", "a…"],
    "codeBlock('a```b', 'ts')": "```ts\na`\u200b``b\n```",
    "['1d 2h30m', '90', '1.5 hours, 3 secs', '1 month', 'soon', '', '5x'].map((text) => parseDuration(text) ?? null)": [
        95_400_000,
        5_400_000,
        5_403_000,
        None,
        None,
        None,
        None,
    ],
    "[formatDuration(95_400_000), formatDuration(0), formatDuration(61_000), formatDuration(3_600_000, 1)]": [
        "1 day 2 hours",
        "0 seconds",
        "1 minute 1 second",
        "1 hour",
    ],
    "[colorOf('#fff'), colorOf('5865f2'), colorOf(Colors.Red)]": [0xFFFFFF, 0x5865F2, 0xED4245],
    "toWire({ customId: 'a', nested: [{ iconUrl: 1 }], nameLocalizations: { 'en-US': 'aB' }, no: undefined, big: 5n })": {
        "custom_id": "a",
        "nested": [{"icon_url": 1}],
        "name_localizations": {"en-US": "aB"},
        "big": "5",
    },
    "[matchCustomId('vote:*:*', 'vote:1:yes'), matchCustomId('a.b', 'axb') ?? null, matchCustomId(/^p(.)$/, 'pq')]": [
        ["1", "yes"],
        None,
        ["q"],
    ],
    # -- pages
    "chunk([1, 2, 3], 2)": [[1, 2], [3]],
    "pagesOfLines(['a', 'b', 'c'], { title: 'T', perPage: 2 }).map((page) => page.embeds[0].toJSON())": [
        {"description": "a\nb", "title": "T"},
        {"description": "c", "title": "T"},
    ],
    "pageMessage({ name: 'help', page: 7 }, ['only'])": {"content": "only", "components": []},
    "pageMessage({ name: 'help', page: 9, owner: '5' }, ['a', 'b', 'c']).content": "c",
    "pageMessage({ name: 'he:lp', page: 1, owner: '5' }, ['a', 'b', 'c']).components[0].components.map((one) =>"
    " [one.label ?? readPageId(one.custom_id), one.disabled])": [
        [{"name": "he:lp", "page": 0, "owner": "5"}, False],
        [{"name": "he:lp", "page": 0, "owner": "5"}, False],
        ["2 / 3", True],
        [{"name": "he:lp", "page": 2, "owner": "5"}, False],
        [{"name": "he:lp", "page": 2, "owner": "5"}, False],
    ],
    "readPageId('other') ?? null": None,
    "matchCustomId(pagePattern('help'), pageMessage({ name: 'help', page: 0 }, ['a', 'b']).components[0].components[3]"
    ".custom_id) !== undefined": True,
    "confirmMessage('purge', 'Sure?', { owner: '5', subject: '12:3', danger: true }).components[0].components.map((one) =>"
    " [one.style, readConfirmId(one.custom_id)])": [
        [4, {"name": "purge", "confirmed": True, "owner": "5", "subject": "12:3"}],
        [2, {"name": "purge", "confirmed": False, "owner": "5", "subject": "12:3"}],
    ],
    "readConfirmId('flora:page:a:1') ?? null": None,
}


async def test_helpers(evaluate: Evaluate) -> None:
    assert {code: await evaluate(code) for code in GIVES} == GIVES


async def test_a_page_of_buttons_is_taken_by_discord(evaluate: Evaluate) -> None:
    code = "checkMessage(pageMessage({ name: 'help', page: 0 }, ['a', 'b'])) ?? 'taken'"

    assert await evaluate(code) == "taken"
