"""Each global from inside a real isolate: those that no other test of the SDK takes in hand, and that none is left out."""
# ruff: noqa: E501  a table of expressions is read by its lines

import re
from pathlib import Path
from typing import Any, Final

from sdk.build import DECLARATIONS
from tests.sdk.conftest import Script

ROOT: Final = Path(__file__).parents[2]
GLOBALS: Final[dict[str, tuple[str, Any]]] = {
    "ActionRowBuilder": (
        "new ActionRowBuilder().addComponents(button().setCustomId('a').setLabel('A')).toJSON().components.length",
        1,
    ),
    "AutoModAction": ("AutoModAction.BlockMessage", 1),
    "AutoModTrigger": ("AutoModTrigger.Keyword", 1),
    "ButtonBuilder": ("new ButtonBuilder().setCustomId('a').setLabel('A').toJSON().type", 2),
    "ButtonStyles": ("ButtonStyles.Danger", 4),
    "ByteLengthQueuingStrategy": ("new ByteLengthQueuingStrategy({ highWaterMark: 8 }).size(new Uint8Array(3))", 3),
    "COMPONENT_LIMITS": ("COMPONENT_LIMITS.customId", 100),
    "CheckboxBuilder": ("new CheckboxBuilder('a').toJSON().type", 23),
    "CheckboxGroupBuilder": ("new CheckboxGroupBuilder('a').toJSON().type", 22),
    "CommandType": ("CommandType.Message", 3),
    "ContainerBuilder": ("new ContainerBuilder().addComponents(textDisplay('x')).toJSON().type", 17),
    "CountQueuingStrategy": ("new CountQueuingStrategy({ highWaterMark: 8 }).size('x')", 1),
    "CryptoKey": (
        "crypto.subtle.generateKey({ name: 'HMAC', hash: 'SHA-1' }, true, ['sign']).then((key) => key instanceof CryptoKey)",
        True,
    ),
    "EMBED_LIMITS": ("EMBED_LIMITS.title", 256),
    "FileBuilder": ("new FileBuilder('attachment://a').toJSON().file.url", "attachment://a"),
    "FileUploadBuilder": ("new FileUploadBuilder('a').toJSON().type", 19),
    "InputTextBuilder": ("new InputTextBuilder('a').toJSON().custom_id", "a"),
    "InputTextStyles": ("InputTextStyles.Paragraph", 2),
    "Intents": ("Intents.Guilds", 1),
    "InteractionResponseType": ("InteractionResponseType.Modal", 9),
    "InteractionType": ("InteractionType.ModalSubmit", 5),
    "LabelBuilder": ("new LabelBuilder('l').setComponent(inputText('a')).toJSON().label", "l"),
    "MESSAGE_LIMITS": ("MESSAGE_LIMITS.content", 2000),
    "MediaGalleryBuilder": ("new MediaGalleryBuilder().addItem('https://a.example/a.png').toJSON().items.length", 1),
    "MessageType": ("MessageType.Reply", 19),
    "ModalBuilder": ("new ModalBuilder('a', 'T').addComponents(label('l', inputText('b'))).toJSON().title", "T"),
    "OverwriteType": ("OverwriteType.Member", 1),
    "PollBuilder": ("new PollBuilder('?').addAnswers('a', 'b').toJSON().answers.length", 2),
    "RadioGroupBuilder": ("new RadioGroupBuilder('a').toJSON().type", 21),
    "QuotaExceededError": (
        "(() => { try { crypto.getRandomValues(new Uint8Array(65537)); } catch (error) { return error instanceof QuotaExceededError; } })()",
        True,
    ),
    "ReadableByteStreamController": (
        "new Promise((done) => new ReadableStream({ type: 'bytes', start: (one) => done(one instanceof ReadableByteStreamController) }))",
        True,
    ),
    "ReadableStreamBYOBReader": (
        "new Blob(['x']).stream().getReader({ mode: 'byob' }) instanceof ReadableStreamBYOBReader",
        True,
    ),
    "ReadableStreamBYOBRequest": (
        "new Promise((done) => new ReadableStream({ type: 'bytes', autoAllocateChunkSize: 1, pull: (one) => done(one.byobRequest instanceof ReadableStreamBYOBRequest) }).getReader().read())",
        True,
    ),
    "ReadableStreamDefaultController": (
        "new Promise((done) => new ReadableStream({ start: (one) => done(one instanceof ReadableStreamDefaultController) }))",
        True,
    ),
    "ReadableStreamDefaultReader": ("new ReadableStream().getReader() instanceof ReadableStreamDefaultReader", True),
    "ScheduledEventKind": ("ScheduledEventKind.External", 3),
    "ScheduledEventStatus": ("ScheduledEventStatus.Active", 2),
    "SectionBuilder": (
        "new SectionBuilder().addComponents(textDisplay('x')).setAccessory(thumbnail('https://a.example/a.png')).toJSON().type",
        9,
    ),
    "SeparatorBuilder": ("new SeparatorBuilder().setSpacing('large').toJSON().spacing", 2),
    "SeparatorSpacing": ("SeparatorSpacing.Large", 2),
    "StringSelectBuilder": ("new StringSelectBuilder('a').setOptions('x', 'y').toJSON().options.length", 2),
    "SubtleCrypto": ("crypto.subtle instanceof SubtleCrypto", True),
    "TextDisplayBuilder": ("new TextDisplayBuilder('x').toJSON().content", "x"),
    "TextInputStyle": ("TextInputStyle.Short", 1),
    "ThumbnailBuilder": (
        "new ThumbnailBuilder('https://a.example/a.png').toJSON().media.url",
        "https://a.example/a.png",
    ),
    "TimestampStyle": ("TimestampStyle.ShortTime", "t"),
    "TransformStream": ("new Response(new Blob(['x']).stream().pipeThrough(new TransformStream())).text()", "x"),
    "TransformStreamDefaultController": (
        "new Promise((done) => new TransformStream({ start: (one) => done(one instanceof TransformStreamDefaultController) }))",
        True,
    ),
    "VerificationLevel": ("VerificationLevel.High", 3),
    "WritableStreamDefaultController": (
        "new Promise((done) => new WritableStream({ start: (one) => done(one instanceof WritableStreamDefaultController) }))",
        True,
    ),
    "WritableStreamDefaultWriter": ("new WritableStream().getWriter() instanceof WritableStreamDefaultWriter", True),
    "bold": ("bold('x')", "**x**"),
    "bulletList": ("bulletList(['a', 'b'])", "- a\n- b"),
    "embedLength": ("embedLength(embed().setTitle('abc').toJSON())", 3),
    "handleSubcommand": (
        "handleSubcommand({ raw: { data: { options: [{ name: 'a', type: 1 }] } } }, { a: (ctx) => ctx.options })",
        True,
    ),
    "hideLinkEmbed": ("hideLinkEmbed('https://a.example')", "<https://a.example>"),
    "italic": ("italic('x')", "*x*"),
    "pageButtons": ("pageButtons({ name: 'a', page: 0 }, 3).components.some((one) => one.label === '1 / 3')", True),
    "registerSlashCommands": (
        "registerSlashCommands([{ name: 'a', description: 'A', options: [{ name: 'b', description: 'B', type: 'subcommand' }] }])",
        None,
    ),
    "strikethrough": ("strikethrough('x')", "~~x~~"),
    "subtext": ("subtext('x')", "-# x"),
    "textInput": ("textInput('a').toJSON().type", 4),
    "underline": ("underline('x')", "__x__"),
}


async def test_each_is_what_it_says(script: Script) -> None:
    table = ", ".join(f"[{name!r}, () => {code}]" for name, (code, _) in GLOBALS.items())
    got = await script.says(
        f"(async () => {{ const got = {{}}; for (const [name, run] of [{table}]) try {{ got[name] = await run() ?? null; }} catch (error) {{ got[name] = String(error); }} return got; }})()"
    )
    assert got == {name: wanted for name, (_, wanted) in GLOBALS.items()}


def test_none_is_left_out() -> None:
    declared = set(
        re.findall(r"^declare (?:const|function|(?:abstract )?class) (\w+)", DECLARATIONS.read_text(), re.MULTILINE)
    )
    paths = [path for kind in ("py", "js") for path in (ROOT / "tests" / "sdk").rglob(f"*.{kind}")]
    paths += [*(ROOT / "examples").glob("*.ts"), ROOT / "docs" / "sdk.md"]  # which run in isolates too
    tried = set(re.findall(r"\w+", "".join(path.read_text() for path in paths)))
    assert declared - tried == set()
