"""What builders build is what Discord's document has for a request, to the last nested object."""

from typing import Any, Final

import pytest

from tests.gateway.discord_table import operation_faults
from tests.sdk.builders.conftest import Evaluate
from tests.sdk.builders.test_commands import FLATTENED

PRESS: Final = 'button().setCustomId("a").setLabel("A").setEmoji("🎉")'
EMBED: Final = (
    'embed().setTitle("T").setDescription("D").setUrl("https://a.b").setColor(1).setTimestamp("2026-01-02T03:04:05Z")'
    '.setFooter("F", "https://i").setImage("https://m").setThumbnail("https://t").setAuthor("A", "https://x")'
    '.addField("n", "v", true)'
)
SELECTS: Final = (
    '[stringSelect("s").setPlaceholder("p").setMinValues(0).setMaxValues(2).setOptions("b", "c"),'
    ' userSelect("u").addDefaultUser("1"), roleSelect("r").setDefaultValues("1"),'
    ' mentionableSelect("m").setDefaultUsers(["3"]),'
    ' channelSelect("c").setChannelTypes([ChannelType.GuildText]).addDefaultChannel("9")]'
)
LAYOUT: Final = (
    'container().setAccentColor(0xff).setSpoiler(true).addComponents("hi", separator().setSpacing("large"),'
    f' section().addComponents(textDisplay("hi")).setAccessory({PRESS}),'
    ' section().addComponents("hi").setAccessory(thumbnail("https://t").setDescription("d").setSpoiler(true)),'
    ' mediaGallery().addItem("https://a", { description: "d", spoiler: true }),'
    ' file("attachment://a.txt").setSpoiler(true), actionRow().addComponents(stringSelect("s").setOptions("b")))'
)
FIELDS: Final = (
    'label("L", inputText("i").setStyle(InputTextStyle.Paragraph).setMinLength(1).setMaxLength(9).setRequired(false)'
    '.setValue("v").setPlaceholder("p")).setDescription("d"), "hi", label("S", stringSelect("s").setOptions("b", "c")),'
    ' label("U", userSelect("u")), label("F", fileUpload("f").setMinValues(1).setMaxValues(3)),'
    ' label("R", radioGroup("r").setOptions("a", "b")), label("G", checkboxGroup("g").addOptions("c").setMaxValues(1)),'
    ' label("X", checkbox("x").setDefault())'
)
OTHERS: Final = (
    'label("R", roleSelect("r")), label("M", mentionableSelect("m")), '
    'label("C", channelSelect("c").setChannelTypes([ChannelType.GuildText]))'
)
UNTOLD: Final = ("default_member_permissions is '", "nsfw is not known")
"""Discord takes a text for the one, gives both back, and its document has neither in this request."""
BODIES: Final[dict[str, tuple[str, str]]] = {
    "embeds and buttons": ("createMessage", f"{{ content: 'x', embeds: [{EMBED}], components: inRows([{PRESS}]) }}"),
    "every select": ("createMessage", f"{{ components: inRows({SELECTS}) }}"),
    "a layout": ("createMessage", f"{{ flags: 32768, components: [{LAYOUT}] }}"),
    "a poll": ("createMessage", '{ poll: poll("Q?", ["a"]).addAnswers({ text: "b", emoji: "🎉" }).setDuration(2) }'),
    "a webhook's message": ("executeWebhook", f"{{ content: 'x', embeds: [{EMBED}] }}"),
    "an answer": ("createInteractionResponse", f"({{ type: 4, data: {{ flags: 32768, components: [{LAYOUT}] }} }})"),
    "a modal": ("createInteractionResponse", f'({{ type: 9, data: modal("m", "T").addComponents({FIELDS}) }})'),
    "the other fields": (
        "createInteractionResponse",
        f'({{ type: 9, data: modal("m", "T").addComponents({OTHERS}) }})',
    ),
    "a form of old": (
        "createInteractionResponse",
        '({ type: 9, data: modal("m", "T").addComponents(inputText("j").setLabel("J")) })',
    ),
    "pages": ("createMessage", "pageMessage({ name: 'help', page: 0 }, ['a', 'b'])"),
    "a question": ("createMessage", "confirmMessage('purge', 'Sure?', { owner: '5', danger: true })"),
} | {
    f"commands: {name}": ("bulkSetGuildApplicationCommands", f"checkedCommands({code})")
    for name, (code, _) in FLATTENED.items()
}  # fmt: skip


@pytest.mark.parametrize("case", BODIES)
async def test_what_is_built_is_what_discord_takes(case: str, evaluate: Evaluate) -> None:
    name, code = BODIES[case]
    body: Any = await evaluate(code)
    assert [one for one in operation_faults(name, {}, body) if not any(told in one for told in UNTOLD)] == []
