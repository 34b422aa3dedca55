"""Embeds and components are what Discord takes, and what it would refuse is told with its place."""

# ruff: noqa: E501  an expression of JavaScript is a line

from typing import Any

from tests.sdk.builders.conftest import Evaluate, not_refused

PLAIN = 'button().setCustomId("a").setLabel("A")'
TEXT = {"type": 10, "content": "hi"}
BUILT: dict[str, tuple[str, Any]] = {
    "an embed": (
        (
            'embed().setTitle("T").setDescription("D").setUrl("https://a.b").setColor(1).setTimestamp("2026-01-02T03:04:05Z")'
            '.setFooter("F", "https://i").setImage("https://m").setThumbnail("https://t").setAuthor("A", { iconUrl: "https://x" })'
            '.addField("n", "v").addFields([{ name: "m", value: "w", inline: true }])'
        ),
        {
            "title": "T",
            "description": "D",
            "url": "https://a.b",
            "color": 1,
            "timestamp": "2026-01-02T03:04:05.000Z",
            "footer": {"text": "F", "icon_url": "https://i"},
            "image": {"url": "https://m"},
            "thumbnail": {"url": "https://t"},
            "author": {"name": "A", "icon_url": "https://x"},
            "fields": [{"name": "n", "value": "v", "inline": False}, {"name": "m", "value": "w", "inline": True}],
        },
    ),
    "an embed from another": (
        'embed(embed({ footer: { text: "F", iconUrl: "u" } })).setFields([]).setColor("#ff0080")',
        {"footer": {"text": "F", "icon_url": "u"}, "fields": [], "color": 0xFF0080},
    ),
    "no footer without text, no author without name": ('embed().setFooter("").setAuthor()', {}),
    "a row": (
        f"actionRow().addComponents({PLAIN}).addComponents({{ type: 2, style: 5, url: 'https://a' }})",
        {
            "type": 1,
            "components": [
                {"type": 2, "style": 1, "custom_id": "a", "label": "A"},
                {"type": 2, "style": 5, "url": "https://a"},
            ],
        },
    ),
    "a button": (
        'button().setStyle(ButtonStyle.Danger).setCustomId("x").setLabel("L").setEmoji("<a:go:12345678901234567>").setDisabled(true)',
        {
            "type": 2,
            "style": 4,
            "custom_id": "x",
            "label": "L",
            "emoji": {"name": "go", "id": "12345678901234567", "animated": True},
            "disabled": True,
        },
    ),
    "a link": (
        'button().setUrl("https://a.b").setLabel("L")',
        {"type": 2, "style": 5, "url": "https://a.b", "label": "L"},
    ),
    "a premium button": ('button().setSkuId("1")', {"type": 2, "style": 6, "sku_id": "1"}),
    "a string select": (
        (
            'stringSelect("s").setPlaceholder("p").setMinValues(0).setMaxValues(2).setOptions([{ label: "A", value: "a" }])'
            '.addOptions("b", { label: "C", value: "c", emoji: "🎉" })'
        ),
        {
            "type": 3,
            "custom_id": "s",
            "placeholder": "p",
            "min_values": 0,
            "max_values": 2,
            "options": [
                {"label": "A", "value": "a"},
                {"label": "b", "value": "b"},
                {"label": "C", "value": "c", "emoji": {"name": "🎉"}},
            ],
        },
    ),
    "a user select": (
        'userSelect("u").addDefaultUser("1").setRequired(true).setDisabled(false)',
        {
            "type": 5,
            "custom_id": "u",
            "default_values": [{"id": "1", "type": "user"}],
            "required": True,
            "disabled": False,
        },
    ),
    "a role select": (
        'roleSelect("r").setDefaultValues("1", "2")',
        {"type": 6, "custom_id": "r", "default_values": [{"id": "1", "type": "role"}, {"id": "2", "type": "role"}]},
    ),
    "a mentionable select": (
        'mentionableSelect("m").setDefaultUsers(["1"]).setDefaultRoles(["2"]).setDefaultUsers(["3"])',
        {"type": 7, "custom_id": "m", "default_values": [{"id": "2", "type": "role"}, {"id": "3", "type": "user"}]},
    ),
    "a channel select": (
        'channelSelect("c").setChannelTypes([ChannelType.GuildText, ChannelType.GuildForum]).addDefaultChannel("9")',
        {
            "type": 8,
            "custom_id": "c",
            "channel_types": [0, 15],
            "default_values": [{"id": "9", "type": "channel"}],
        },
    ),
    "a section": (
        'section().addComponents(textDisplay("hi")).setAccessory(thumbnail("https://t").setDescription("d").setSpoiler(true))',
        {
            "type": 9,
            "components": [TEXT],
            "accessory": {"type": 11, "media": {"url": "https://t"}, "description": "d", "spoiler": True},
        },
    ),
    "a gallery": (
        (
            'mediaGallery().addItem("https://a", { description: "d", spoiler: true }).setItems([{ url: "https://b" }])'
            '.addItem("https://c")'
        ),
        {"type": 12, "items": [{"media": {"url": "https://b"}}, {"media": {"url": "https://c"}}]},
    ),
    "a file": (
        'file("attachment://a.txt").setSpoiler(true)',
        {"type": 13, "file": {"url": "attachment://a.txt"}, "spoiler": True},
    ),
    "a separator": ('separator().setSpacing("large").setDivider(false)', {"type": 14, "divider": False, "spacing": 2}),
    "a container": (
        f'container().setAccentColor(0xff).setSpoiler(true).addComponents("hi", separator(), {PLAIN}, textDisplay("hi"))',
        {
            "type": 17,
            "accent_color": 255,
            "spoiler": True,
            "components": [
                TEXT,
                {"type": 14, "divider": True},
                {"type": 1, "components": [{"type": 2, "style": 1, "custom_id": "a", "label": "A"}]},
                TEXT,
            ],
        },
    ),
    "a label": (
        (
            'label("L").setDescription("d").setComponent(inputText("i").setStyle(InputTextStyle.Paragraph).setMinLength(1)'
            '.setMaxLength(9).setRequired(false).setValue("v").setPlaceholder("p"))'
        ),
        {
            "type": 18,
            "label": "L",
            "description": "d",
            "component": {
                "type": 4,
                "custom_id": "i",
                "style": 2,
                "min_length": 1,
                "max_length": 9,
                "required": False,
                "value": "v",
                "placeholder": "p",
            },
        },
    ),
    "a file upload": (
        'fileUpload("f").setMinValues(1).setMaxValues(3).setRequired(true)',
        {"type": 19, "custom_id": "f", "min_values": 1, "max_values": 3, "required": True},
    ),
    "choices in sight": (
        '[radioGroup("r").setOptions("a", "b"), checkboxGroup("g").addOptions("c").setMaxValues(1), checkbox("x").setDefault()]',
        [
            {"type": 21, "custom_id": "r", "options": [{"label": "a", "value": "a"}, {"label": "b", "value": "b"}]},
            {"type": 22, "custom_id": "g", "options": [{"label": "c", "value": "c"}], "max_values": 1},
            {"type": 23, "custom_id": "x", "default": True},
        ],
    ),
    "a modal": (
        'modal("m", "T").addComponents(label("L", inputText("i")), "hi", inputText("j").setLabel("J"))',
        {
            "custom_id": "m",
            "title": "T",
            "components": [
                {"type": 18, "label": "L", "component": {"type": 4, "custom_id": "i", "style": 1}},
                TEXT,
                {"type": 1, "components": [{"type": 4, "custom_id": "j", "style": 1, "label": "J"}]},
            ],
        },
    ),
    "a poll": (
        'poll("Q?", ["a"]).addAnswers({ text: "b", emoji: "🎉" }).setDuration(2).setMultiselect()',
        {
            "question": {"text": "Q?"},
            "answers": [{"poll_media": {"text": "a"}}, {"poll_media": {"text": "b", "emoji": {"name": "🎉"}}}],
            "duration": 2,
            "allow_multiselect": True,
        },
    ),
    "bare buttons share rows": (
        f"inRows([{', '.join([PLAIN] * 6)}, stringSelect('s'), {PLAIN}]).map((row) => row.components.length)",
        [5, 1, 1, 1],
    ),
    "what a modal was answered with": (
        (
            'modalValues({ components: [{ type: 18, component: { type: 4, custom_id: "i", value: "v" } },'
            '{ type: 1, components: [{ type: 4, custom_id: "j", value: "" }] },'
            '{ type: 18, component: { type: 22, custom_id: "g", values: ["a"] } }] })'
        ),
        {"i": "v", "j": "", "g": ["a"]},
    ),
}


async def test_what_is_built(evaluate: Evaluate) -> None:
    built = {case: await evaluate(code) for case, (code, _) in BUILT.items()}

    assert built == {case: wanted for case, (_, wanted) in BUILT.items()}


MESSAGE = "checkMessage({ %s })"
ROW = '{ type: 1, components: [{ type: 2, style: 1, custom_id: "a", label: "A" }] }'
REFUSED: dict[str, tuple[str, str]] = {
    "long content": (
        MESSAGE % 'content: "x".repeat(2001)',
        "content: has 2001 characters of 2000 at most; shorten it by 1",
    ),
    "eleven embeds": (MESSAGE % "embeds: Array(11).fill({})", "embeds: has 11 of at most 10; leave 1 out"),
    "a long field": (
        MESSAGE % 'embeds: [{ fields: [{ name: "n", value: "x".repeat(1025) }] }]',
        "embeds[0].fields[0].value: has 1025 characters of 1024 at most; shorten it by 1",
    ),
    "an empty field": (
        MESSAGE % 'embeds: [{ fields: [{ name: "", value: "v" }] }]',
        "embeds[0].fields[0].name: is empty",
    ),
    "embeds too long together": (
        MESSAGE % 'embeds: [{ description: "x".repeat(4000) }, { description: "x".repeat(2001) }]',
        "embeds: have 6001 characters together, of at most 6000",
    ),
    "a colour out of range": (MESSAGE % "embeds: [{ color: 0x1000000 }]", "embeds[0].color: 16777216 is out of range"),
    "a time that is none": (
        MESSAGE % 'embeds: [{ timestamp: "soon" }]',
        'embeds[0].timestamp: "soon" is not a point in time',
    ),
    "an address that is none": (
        MESSAGE % 'embeds: [{ image: { url: "a.png" } }]',
        'embeds[0].image.url: "a.png" is no address',
    ),
    "six rows": (
        MESSAGE
        % "components: Array(6).fill(0).map((_, i) => ({ type: 1, components: [button({ custom_id: `${i}`, label: 'A' }).toJSON()] }))",
        "components: has 6 rows of at most 5",
    ),
    "two buttons of one id": (
        MESSAGE % f"components: [{ROW}, {ROW}]",
        'components: two components have the custom id "a"',
    ),
    "a button that shows nothing": (
        MESSAGE % 'components: [{ type: 1, components: [{ type: 2, style: 1, custom_id: "a" }] }]',
        "components[0].components[0]: shows nothing; give it setLabel or setEmoji",
    ),
    "a button without id": (
        MESSAGE % 'components: [{ type: 1, components: [{ type: 2, style: 1, label: "a" }] }]',
        "components[0].components[0].custom_id: nothing is not text",
    ),
    "a link without address": (
        MESSAGE % 'components: [{ type: 1, components: [{ type: 2, style: 5, label: "a" }] }]',
        "components[0].components[0].url: nothing is not text",
    ),
    "a select beside a button": (
        MESSAGE
        % 'components: [actionRow(button({ custom_id: "a", label: "A" }), stringSelect("s").setOptions("x")).toJSON()]',
        "components[0].components: a select shares its row",
    ),
    "a select without options": (
        MESSAGE % 'components: [actionRow(stringSelect("s")).toJSON()]',
        "components[0].components[0].options: has 0 of at least 1",
    ),
    "two options of one value": (
        MESSAGE % 'components: [actionRow(stringSelect("s").setOptions("x", "x")).toJSON()]',
        'components[0].components[0].options[1].value: "x" is there twice',
    ),
    "more than may be chosen": (
        MESSAGE % 'components: [actionRow(userSelect("s").setMinValues(3).setMaxValues(2)).toJSON()]',
        "components[0].components[0].min_values: is 3, more than max_values",
    ),
    "a thumbnail alone": (
        MESSAGE % 'flags: 32768, components: [thumbnail("https://t").toJSON()]',
        "components[0]: a component of type 11 cannot stand here; a message holds",
    ),
    "a section without accessory": (
        MESSAGE % 'flags: 32768, components: [section("hi").toJSON()]',
        "components[0].accessory: is missing",
    ),
    "content beside V2": (
        MESSAGE % 'flags: 32768, content: "hi", components: [textDisplay("hi").toJSON()]',
        "content: does not go with Components V2",
    ),
    "a file that is not sent along": (
        MESSAGE % 'flags: 32768, components: [file("https://a").toJSON()]',
        'components[0].file.url: "https://a" is no address that may stand here; name a file of this message',
    ),
    "forty-one components": (
        MESSAGE % 'flags: 32768, components: [container(Array(40).fill("x")).toJSON()]',
        "components: has 41 components in all, of at most 40",
    ),
    "texts too long together": (
        MESSAGE % 'flags: 32768, components: [container("x".repeat(2500), "y".repeat(2500)).toJSON()]',
        "components: show 5000 characters of at most 4000",
    ),
    "a container in a container": (
        MESSAGE % "flags: 32768, components: [{ type: 17, components: [{ type: 17, components: [] }] }]",
        "components[0].components[0]: a component of type 17 cannot stand here",
    ),
    "no component at all": (MESSAGE % "components: [null]", "components[0]: null is no object"),
    "a poll without answers": (MESSAGE % 'poll: poll("Q").toJSON()', "poll.answers: has 0 of at least 1"),
    "a modal's long title": (
        'checkModalBody(modal("m", "x".repeat(46)).addComponents(label("L", inputText("i"))).toJSON())',
        "title: has 46 characters of 45 at most",
    ),
    "a modal of nothing": ('checkModalBody(modal("m", "T").toJSON())', "components: has 0 of at least 1"),
    "a button in a modal": (
        'checkModalBody(modal("m", "T").addComponents(button({ custom_id: "b", label: "B" })).toJSON())',
        "components[0].components[0]: is no text input",
    ),
    "a label over nothing": (
        'checkModalBody(modal("m", "T").addComponents(label("L")).toJSON())',
        "components[0].component: is missing",
    ),
    "one radio button": (
        'checkModalBody(modal("m", "T").addComponents(label("L", radioGroup("r").setOptions("a"))).toJSON())',
        "components[0].component.options: has 1 of at least 2",
    ),
    "a text both longer and shorter": (
        'checkModalBody(modal("m", "T").addComponents(label("L", inputText("i").setMinLength(5).setMaxLength(2))).toJSON())',
        "components[0].component.min_length: is 5, more than max_length",
    ),
}


async def test_what_is_refused(evaluate: Evaluate) -> None:
    assert await not_refused(evaluate, REFUSED) == {}


async def test_everything_that_is_wrong_is_told_at_once(evaluate: Evaluate) -> None:
    answer = await evaluate('checkMessage({ content: "x".repeat(2001), embeds: [{ title: "x".repeat(257) }] })')

    assert [problem["path"] for problem in answer["problems"]] == ["content", "embeds[0].title"]
    assert answer["error"].splitlines() == [
        "DefinitionError: Discord would refuse this message:",
        "  content: has 2001 characters of 2000 at most; shorten it by 1",
        "  embeds[0].title: has 257 characters of 256 at most; shorten it by 1",
    ]


async def test_a_full_message_is_taken(evaluate: Evaluate) -> None:
    rows = '[1, 2, 3, 4, 5].map((row) => actionRow([1, 2, 3, 4, 5].map((n) => button({ custom_id: `${row}${n}`, label: "A" }))).toJSON())'
    code = f'checkMessage({{ content: "😀".repeat(2000), embeds: [embed().setTitle("T").toJSON()], components: {rows} }}) ?? "taken"'

    assert await evaluate(code) == "taken"
