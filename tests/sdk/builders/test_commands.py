"""Each of Discord's rules on application commands is looked at before any request, and told with its place."""

import json
import re
from pathlib import Path
from typing import Any, Final

import pytest

from tests.sdk.builders.conftest import Evaluate, not_refused

SPECIFICATION: Final = Path(__file__).parents[4] / "shared" / "discord-openapi.json"

FLATTENED: dict[str, tuple[str, Any]] = {
    "a plain one": (
        '[{ name: "ping", description: "Pong", run() {} }]',
        [{"type": 1, "name": "ping", "description": "Pong"}],
    ),
    "options of every kind": (
        (
            "[{ name: 'a', description: 'A', options: ["
            "{ name: 'text', description: 'T', required: true, minLength: 1, maxLength: 5 },"
            "{ name: 'whole', description: 'W', type: 'integer', choices: [1, { name: 'two', value: 2 }] },"
            "{ name: 'any', description: 'N', type: 'number', minValue: 0.5, maxValue: 2, autocomplete: () => [] },"
            "{ name: 'place', description: 'P', type: 'channel', channelTypes: [ChannelType.GuildText] },"
            "{ name: 'doc', description: 'D', type: OptionType.Attachment },"
            "{ name: 'who', description: 'M', type: 'mentionable' }] }]"
        ),
        [
            {
                "type": 1,
                "name": "a",
                "description": "A",
                "options": [
                    {"type": 3, "name": "text", "description": "T", "required": True, "min_length": 1, "max_length": 5},
                    {
                        "type": 4,
                        "name": "whole",
                        "description": "W",
                        "choices": [{"name": "1", "value": 1}, {"name": "two", "value": 2}],
                    },
                    {
                        "type": 10,
                        "name": "any",
                        "description": "N",
                        "autocomplete": True,
                        "min_value": 0.5,
                        "max_value": 2,
                    },
                    {"type": 7, "name": "place", "description": "P", "channel_types": [0]},
                    {"type": 11, "name": "doc", "description": "D"},
                    {"type": 9, "name": "who", "description": "M"},
                ],
            }
        ],
    ),
    "subcommands and groups": (
        (
            "[{ name: 'tag', description: 'Tags', subcommands: ["
            "{ name: 'show', description: 'S', options: [{ name: 'name', description: 'N' }], run() {} },"
            "{ name: 'edit', description: 'E', subcommands: [{ name: 'add', description: 'A' }] }] }]"
        ),
        [
            {
                "type": 1,
                "name": "tag",
                "description": "Tags",
                "options": [
                    {
                        "type": 1,
                        "name": "show",
                        "description": "S",
                        "options": [{"type": 3, "name": "name", "description": "N"}],
                    },
                    {
                        "type": 2,
                        "name": "edit",
                        "description": "E",
                        "options": [{"type": 1, "name": "add", "description": "A"}],
                    },
                ],
            }
        ],
    ),
    "the original's way with subcommands": (
        "[{ name: 'tag', description: 'T', options: [{ name: 'show', description: 'S', type: 'subcommand' }] }]",
        [
            {
                "type": 1,
                "name": "tag",
                "description": "T",
                "options": [{"type": 1, "name": "show", "description": "S"}],
            }
        ],
    ),
    "short ways to write": (
        (
            "[{ name: 'a', description: 'A', permissions: 'BanMembers', options: {"
            "count: { type: 'integer', min: 1, max: 9 }, text: { min: 2, max: 5, choices: { Half: 'h' } },"
            "place: { type: 'channel', channelTypes: ['text', 2] } } }]"
        ),
        [
            {
                "type": 1,
                "name": "a",
                "description": "A",
                "default_member_permissions": "4",
                "options": [
                    {"type": 4, "name": "count", "description": "count", "min_value": 1, "max_value": 9},
                    {
                        "type": 3,
                        "name": "text",
                        "description": "text",
                        "choices": [{"name": "Half", "value": "h"}],
                        "min_length": 2,
                        "max_length": 5,
                    },
                    {"type": 7, "name": "place", "description": "place", "channel_types": [0, 2]},
                ],
            }
        ],
    ),
    "menus, permissions, languages": (
        (
            "[{ name: 'Report this', type: 'message', defaultMemberPermissions: ['ModerateMembers', 'KICK_MEMBERS'] },"
            "{ name: 'Who', type: 'user', nsfw: true, nameLocalizations: { 'de': 'Wer' } },"
            "{ name: 'hi', description: 'Hi', defaultMemberPermissions: 8n, "
            "descriptionLocalizations: { 'pt-BR': 'Oi' } }]"
        ),
        [
            {
                "type": 3,
                "name": "Report this",
                "description": "",
                "default_member_permissions": str((1 << 40) | 2),
            },
            {"type": 2, "name": "Who", "description": "", "name_localizations": {"de": "Wer"}, "nsfw": True},
            {
                "type": 1,
                "name": "hi",
                "description": "Hi",
                "description_localizations": {"pt-BR": "Oi"},
                "default_member_permissions": "8",
            },
        ],
    ),
}


async def test_commands_in_discords_words(evaluate: Evaluate) -> None:
    flat = {case: await evaluate(f"checkedCommands({code})") for case, (code, _) in FLATTENED.items()}

    assert flat == {case: wanted for case, (_, wanted) in FLATTENED.items()}


async def test_what_is_flat_stays_as_it_is(evaluate: Evaluate) -> None:
    for code, wanted in FLATTENED.values():
        assert await evaluate(f"flattenCommands(flattenCommands({code}))") == wanted


def one(fields: str) -> str:
    return f'checkedCommands([{{ name: "a", description: "A", {fields} }}])'


def option(fields: str) -> str:
    return one(f'options: [{{ name: "o", description: "O", {fields} }}]')


MANY = 'Array(%d).fill(0).map((_, index) => ({ name: `c${index}`, description: "C" %s }))'
REFUSED: dict[str, tuple[str, str]] = {
    "no list": ("checkedCommands(5)", "commands: 5 is not a list"),
    "no command": ("checkedCommands([null])", "commands[0]: null is not a command"),
    "options that are none": (one("options: 5"), "commands[0].options: is not a list of objects"),
    "101 commands": (f"checkedCommands({MANY % (101, '')})", "commands: has 101 slash commands of at most 100"),
    "16 user commands": (
        "checkedCommands(Array(16).fill(0).map((_, i) => ({ name: `u${i}`, type: 'user' })))",
        "commands: has 16 commands in the user menu of at most 15",
    ),
    "16 message commands": (
        "checkedCommands(Array(16).fill(0).map((_, i) => ({ name: `u${i}`, type: 'message' })))",
        "commands: has 16 commands in the message menu of at most 15",
    ),
    "two of one name": (
        f"checkedCommands([...{MANY % (1, '')}, ...{MANY % (1, '')}])",
        'commands[1].name: "c0" is the name of commands[0] too; give each its own',
    ),
    "no name": ('checkedCommands([{ description: "A" }])', "commands[0].name: nothing is not text"),
    "an empty name": ('checkedCommands([{ name: "", description: "A" }])', "commands[0].name: is empty"),
    "a long name": (
        'checkedCommands([{ name: "a".repeat(33), description: "A" }])',
        "commands[0].name: has 33 characters of 32 at most; shorten it by 1",
    ),
    "a name with a space": (
        'checkedCommands([{ name: "My tag!", description: "A" }])',
        'commands[0].name: " " in "My tag!" may not stand in a name; "my-tag" would do',
    ),
    "a name with capitals": (
        'checkedCommands([{ name: "Tag", description: "A" }])',
        'commands[0].name: "Tag" has capital letters; "tag" would do',
    ),
    "no description": ('checkedCommands([{ name: "a" }])', "commands[0].description: is empty"),
    "a long description": (
        'checkedCommands([{ name: "a", description: "x".repeat(101) }])',
        "commands[0].description: has 101 characters of 100 at most",
    ),
    "a kind that is none": (
        'checkedCommands([{ name: "a", description: "A", type: "slsh" }])',
        'commands[0].type: "slsh" is no kind of command; use "chat", "user" or "message"',
    ),
    "an entry point in a guild": (
        'checkedCommands([{ name: "a", description: "A", type: 4 }])',
        "commands[0].type: 4 is no kind of command",
    ),
    "a menu's description": (
        'checkedCommands([{ name: "A", description: "x", type: "user" }])',
        "commands[0].description: commands of a menu have no description",
    ),
    "a menu's options": (
        'checkedCommands([{ name: "A", type: "user", options: [{ name: "o", description: "O" }] }])',
        "commands[0].options: commands of a menu have no options",
    ),
    "permissions that are none": (
        one('defaultMemberPermissions: "ManageGuilds"'),
        'commands[0].defaultMemberPermissions: "ManageGuilds" is no permission; did you mean ManageGuild?',
    ),
    "unknown bits": (
        one("defaultMemberPermissions: 1n << 60n"),
        "commands[0].defaultMemberPermissions: has bits that Discord does not know",
    ),
    "a language that is none": (
        one('nameLocalizations: { "pt-br": "a" }'),
        'commands[0].nameLocalizations.pt-br: is no locale that Discord knows; did you mean "pt-BR"?',
    ),
    "a localised name with capitals": (
        one('nameLocalizations: { de: "Abc" }'),
        'commands[0].nameLocalizations.de: "Abc" has capital letters',
    ),
    "26 options": (
        f'checkedCommands([{{ name: "a", description: "A", options: {MANY % (26, "")} }}])',
        "commands[0].options: has 26 of at most 25; leave 1 out",
    ),
    "a required option after an optional": (
        one('options: [{ name: "x", description: "X" }, { name: "y", description: "Y", required: true }]'),
        'commands[0].options[1].required: a required option stands after "x", which is not; move it before "x"',
    ),
    "two options of one name": (
        one('options: [{ name: "x", description: "X" }, { name: "x", description: "Y" }]'),
        'commands[0].options[1].name: "x" is there twice',
    ),
    "subcommands beside options": (
        one(
            'subcommands: [{ name: "s", description: "S" }], options: [{ name: "x", description: "X" }]',
        ),
        "commands[0].options: subcommands stand beside plain options",
    ),
    "a group in a group": (
        one(
            'subcommands: [{ name: "g", description: "G", subcommands: '
            '[{ name: "h", description: "H", subcommands: [{ name: "s", description: "S" }] }] }]',
        ),
        "commands[0].subcommands[0].subcommands[0].type: is nested too deeply",
    ),
    "a subcommand in a subcommand": (
        one(
            'subcommands: [{ name: "g", description: "G", options: '
            '[{ name: "h", description: "H", type: "subcommand" }] }]',
        ),
        "commands[0].subcommands[0].options[0].type: is nested too deeply",
    ),
    "an empty group": (
        one('subcommands: [{ name: "g", description: "G", subcommands: [] }]'),
        "commands[0].subcommands[0].subcommands: a group is empty",
    ),
    "a plain option in a group": (
        one(
            'options: [{ name: "g", description: "G", type: "subcommand_group", '
            'options: [{ name: "o", description: "O" }] }]',
        ),
        "commands[0].options[0].options[0]: a plain option stands in a group",
    ),
    "an option of no kind": (
        option('type: "strng"'),
        'commands[0].options[0].type: "strng" is no kind of option; did you mean "string"?',
    ),
    "an option's name": (
        one('options: [{ name: "O", description: "O" }]'),
        'commands[0].options[0].name: "O" has capital letters',
    ),
    "an option of a kind far from any": (
        option('type: "sausage"'),
        'commands[0].options[0].type: "sausage" is no kind of option; use one of string,',
    ),
    "a subcommand without description": (
        one('subcommands: [{ name: "o" }]'),
        "commands[0].subcommands[0].description: nothing is not text",
    ),
    "a choice's long value": (
        option('choices: [{ name: "a", value: "x".repeat(101) }]'),
        "commands[0].options[0].choices[0].value: has 101 characters of 100 at most",
    ),
    "a channel type of no name": (
        option('type: "channel", channelTypes: ["txet"]'),
        'commands[0].options[0].channelTypes[0]: "txet" is not one that Discord knows',
    ),
    "options in a plain option": (
        option('options: [{ name: "p", description: "P" }]'),
        "commands[0].options[0].options: a plain option holds options",
    ),
    "26 choices": (
        option("choices: Array(26).fill(0).map((_, i) => `${i}`)"),
        "commands[0].options[0].choices: are 26 of at most 25; use autocomplete instead",
    ),
    "two choices of one name": (
        option('choices: ["a", "a"]'),
        'commands[0].options[0].choices[1].name: "a" is there twice',
    ),
    "a choice's long name": (
        option('choices: [{ name: "x".repeat(101), value: "a" }]'),
        "commands[0].options[0].choices[0].name: has 101 characters of 100 at most",
    ),
    "a number among texts": (
        option("choices: [1]"),
        "commands[0].options[0].choices[0].value: 1 is not text",
    ),
    "half a whole number": (
        option('type: "integer", choices: [1.5]'),
        "commands[0].options[0].choices[0].value: 1.5 is not a whole number",
    ),
    "choices for a role": (
        option('type: "role", choices: ["a"]'),
        "commands[0].options[0].choices: belongs to texts and numbers only",
    ),
    "choices beside autocomplete": (
        option('choices: ["a"], autocomplete: true'),
        "commands[0].options[0].choices: stand beside autocomplete; keep one of the two",
    ),
    "a text's least value": (option("minValue: 1"), "commands[0].options[0].minValue: belongs to numbers only"),
    "a number's least length": (
        option('type: "number", minLength: 1'),
        "commands[0].options[0].minLength: belongs to texts only",
    ),
    "a role's channel types": (
        option('type: "role", channelTypes: [0]'),
        "commands[0].options[0].channelTypes: belongs to channels only",
    ),
    "a channel type that is none": (
        option('type: "channel", channelTypes: [99]'),
        "commands[0].options[0].channelTypes[0]: 99 is not one that Discord knows",
    ),
    "a channel type twice": (
        option('type: "channel", channelTypes: [0, 0]'),
        "commands[0].options[0].channelTypes: names a kind twice",
    ),
    "bounds the wrong way round": (
        option('type: "integer", minValue: 5, maxValue: 2'),
        "commands[0].options[0].minValue: 5 is more than the most, 2; exchange them",
    ),
    "lengths the wrong way round": (
        option("minLength: 5, maxLength: 2"),
        "commands[0].options[0].minLength: 5 is more than the most, 2",
    ),
    "a longest length of nothing": (
        option("maxLength: 0"),
        "commands[0].options[0].maxLength: 0 is out of range; give it one from 1 to 6000",
    ),
    "a bound that is no whole number": (
        option('type: "integer", minValue: 0.5'),
        "commands[0].options[0].minValue: 0.5 is not a whole number",
    ),
    "more than 8,000 characters": (
        one(
            "options: Array(25).fill(0).map((_, i) => ({ name: `o${i}`, description: 'd', "
            "choices: Array(5).fill(0).map((_, j) => ({ name: `n${j}`, value: 'v'.repeat(70) })) }))"
        ),
        "commands[0]: its names, descriptions and values have ",
    ),
}


async def test_what_is_refused(evaluate: Evaluate) -> None:
    assert await not_refused(evaluate, REFUSED) == {}


async def test_the_longest_localisation_counts(evaluate: Evaluate) -> None:
    named = '{ name: "ab", description: "😀", name_localizations: { de: "abcd", fr: "a" } }'

    assert await evaluate(f"characters({named})") == 5


@pytest.mark.parametrize("name", ["my-tag_2", "löschen", "削除", "नमस्ते", "สวัสดี", "o'clock", "ß"])
async def test_names_of_all_languages_are_taken(evaluate: Evaluate, name: str) -> None:
    assert await evaluate(f'commandProblems([{{ name: "{name}", description: "A" }}])') == []


@pytest.mark.skipif(not SPECIFICATION.exists(), reason="Discord's specification is not beside this folder")
async def test_the_numbers_are_discords(evaluate: Evaluate) -> None:
    schemas: dict[str, Any] = json.loads(SPECIFICATION.read_text())["components"]["schemas"]

    def numbers(schema: str) -> dict[str, Any]:
        return {re.sub("_", "", one["title"]).lower(): one["const"] for one in schemas[schema]["oneOf"]}

    for constant, schema in {
        "OptionType": "ApplicationCommandOptionType",
        "ButtonStyle": "ButtonStyleTypes",
        "ComponentType": "MessageComponentTypes",
        "AuditLogEvent": "AuditLogActionTypes",
    }.items():
        ours = {name.lower(): value for name, value in (await evaluate(constant)).items()}
        theirs = numbers(schema)
        assert set(ours.values()) <= set(theirs.values()), constant
        known = {name: value for name, value in ours.items() if name in theirs}
        assert known == {name: theirs[name] for name in known}, constant
        assert len(known) > 3, constant

    assert set(await evaluate("[...LOCALES]")) == {one["const"] for one in schemas["AvailableLocalesEnum"]["oneOf"]}
    command = schemas["ApplicationCommandCreateRequest"]["properties"]
    text = schemas["ApplicationCommandStringOption"]["properties"]
    limits = await evaluate("COMMAND_LIMITS")
    assert limits["name"] == command["name"]["maxLength"]
    assert limits["description"] == command["description"]["maxLength"]
    assert limits["options"] == command["options"]["maxItems"]
    assert limits["choices"] == text["choices"]["maxItems"]
    assert limits["textLength"] == text["max_length"]["maximum"]
