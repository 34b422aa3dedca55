"""Commands of all kinds: what is registered, what is refused, and how a use of one finds its handler and its answer."""

from typing import Any

import msgspec
import pytest
import trio

from actors.isolate.process import Zygote
from actors.outcomes import RunOutcome
from tests.sdk.conftest import CHANNEL, USER, Refusal, Script, command, interaction, message, new_script

ALL_OPTIONS = """
    createBot({ slashCommands: [slash({
        name: "all", description: "Everything", nsfw: true, defaultMemberPermissions: 8n,
        nameLocalizations: { "en-GB": "every" },
        options: [
            { name: "text", description: "t", type: "string", required: true,
              choices: ["a", { name: "B", value: "b" }] },
            { name: "whole", description: "w", type: "integer", min: 1, max: 9, required: true },
            { name: "real", description: "r", type: "number", choices: { Half: 0.5 } },
            { name: "long", type: "string", minLength: 2, maxLength: 5 },
            { name: "yes", description: "y", type: "boolean" },
            { name: "who", description: "w", type: "user" },
            { name: "where", description: "w", type: "channel", channelTypes: ["text", 2] },
            { name: "role", description: "r", type: "role" },
            { name: "any", description: "a", type: "mentionable" },
            { name: "file", description: "f", type: "attachment" },
            { name: "typing", description: "t", autocomplete: ({ value }) => [value + "!", { name: "x", value: "y" }] },
        ],
        run: (ctx) => {
            console.log(JSON.stringify(ctx.options), ctx.getUser("who").globalName, ctx.getRole("role"));
            return ctx.reply({ content: "done", ephemeral: true });
        },
    })] });
"""


async def test_every_kind_of_option_is_registered_as_discord_takes_it(script: Script) -> None:
    (registered,) = (await script.load(ALL_OPTIONS))["commands"]

    options = {option.pop("name"): option for option in registered.pop("options")}
    assert registered == {
        "type": 1,
        "name": "all",
        "description": "Everything",
        "name_localizations": {"en-GB": "every"},
        "default_member_permissions": "8",
        "nsfw": True,
    }
    assert [option["type"] for option in options.values()] == [3, 4, 10, 3, 5, 6, 7, 8, 9, 11, 3]
    assert options["text"]["choices"] == [{"name": "a", "value": "a"}, {"name": "B", "value": "b"}]
    assert options["whole"] == {"type": 4, "description": "w", "required": True, "min_value": 1, "max_value": 9}
    assert options["real"]["choices"] == [{"name": "Half", "value": 0.5}]
    assert (options["long"]["min_length"], options["long"]["max_length"]) == (2, 5)
    assert options["where"]["channel_types"] == [0, 2]
    assert options["typing"]["autocomplete"] is True


async def test_a_use_has_its_options_and_gets_its_answer(script: Script) -> None:
    await script.load(ALL_OPTIONS)
    given = [
        {"name": "text", "type": 3, "value": "a"},
        {"name": "whole", "type": 4, "value": 3},
        {"name": "who", "type": 6, "value": "5"},
    ]

    await script.ok("interactionCreate", command("all", *given, resolved={"users": {"5": {"global_name": "Bo"}}}))
    typed = {"name": "typing", "type": 3, "value": "ab", "focused": True}
    await script.ok("interactionCreate", interaction(4, {"name": "all", "type": 1, "options": [typed]}))

    assert script.said == ['{"text":"a","whole":3,"who":"5"} Bo null']
    base = {"interactionId": "1400000000000000001", "interactionToken": "token"}
    data = {"content": "done", "flags": 64, "allowed_mentions": {"parse": ["users"], "replied_user": True}}
    choices = [{"name": "ab!", "value": "ab!"}, {"name": "x", "value": "y"}]
    assert script.calls == [
        ("rest.createInteractionResponse", {**base, "body": {"type": 4, "data": data}}),
        ("rest.createInteractionResponse", {**base, "body": {"type": 8, "data": {"choices": choices}}}),
    ]


async def test_subcommands_and_groups_whichever_way_they_are_written(script: Script) -> None:
    registered = await script.load("""
        const say = (ctx) => { console.log(ctx.subcommandGroup, ctx.subcommand, JSON.stringify(ctx.options));
                               console.log(getSubcommandGroup(ctx), getSubcommand(ctx)); return ctx.reply("ok"); };
        createBot({ slashCommands: [
            slash({ name: "tag", description: "Tags", subcommands: [
                { name: "get", description: "g", options: [{ name: "name", description: "n" }], run: say },
                { name: "admin", description: "a", subcommands: [{ name: "clear", description: "c", run: say }] },
            ] }),
            slash({ name: "set", description: "Settings", options: [
                { name: "one", description: "o", type: "subcommand", run: say },
            ] }),
        ] });
    """)
    assert [one["name"] for one in registered["commands"]] == ["tag", "set"]
    tag = registered["commands"][0]
    assert [(one["name"], one["type"]) for one in tag["options"]] == [("get", 1), ("admin", 2)]

    value = {"name": "name", "type": 3, "value": "x"}
    await script.ok("interactionCreate", command("tag", {"name": "get", "type": 1, "options": [value]}))
    clear: dict[str, Any] = {"name": "admin", "type": 2, "options": [{"name": "clear", "type": 1, "options": []}]}
    await script.ok("interactionCreate", command("tag", clear))
    unknown = await script.dispatch("interactionCreate", command("tag", {"name": "gone", "type": 1}))

    assert script.said == ['undefined get {"name":"x"}', "undefined get", "admin clear {}", "admin clear"]
    assert unknown.outcome is RunOutcome.THREW
    assert unknown.error is not None
    assert unknown.error.message == "nothing in this script handles /tag gone"


async def test_context_menus_have_their_target(script: Script) -> None:
    registered = await script.load("""
        userCommand({ name: "Who is it", run: (ctx) => ctx.reply(ctx.target.username + ctx.targetMember.joinedAt) });
        messageCommand({ name: "Quote", run: (ctx) => ctx.reply(ctx.target.content) });
    """)
    assert registered["commands"] == [{"type": 2, "name": "Who is it"}, {"type": 3, "name": "Quote"}]

    member = {"users": {"5": {"username": "bo"}}, "members": {"5": {"joined_at": "now"}}}
    await script.ok(
        "interactionCreate", interaction(2, {"name": "Who is it", "type": 2, "target_id": "5", "resolved": member})
    )
    quoted = {"messages": {"6": {"content": "hello"}}}
    await script.ok(
        "interactionCreate", interaction(2, {"name": "Quote", "type": 3, "target_id": "6", "resolved": quoted})
    )

    assert [args["body"]["data"]["content"] for _, args in script.calls] == ["bonow", "hello"]


async def test_what_discord_would_refuse_is_refused_while_loading(zygote: Zygote) -> None:
    run = "run() {}"
    many = "Array.from({ length: %d }, (_, i) => ({ name: 'x' + i, description: 'd', run() {} }))"

    def with_options(options: str) -> str:
        return f'slash({{ name: "a", description: "d", options: {options}, {run} }})'

    cases = {
        f'slash({{ name: "Ping", description: "d", {run} }})': (
            'slash "Ping".name: "Ping" has capital letters; "ping" would do'
        ),
        f'slash({{ name: "a b", description: "d", {run} }})': '" " in "a b" may not stand in a name',
        f'slash({{ name: "a", {run} }})': 'slash "a".description: is empty',
        'slash({ name: "a", description: "d" })': 'slash "a".run: nothing is no function; write run',
        'slash({ name: "a", description: "d", subcommands: [{ name: "b", description: "b" }] })': (
            'slash "a".subcommands[0].run: nothing is no function'
        ),
        'userCommand({ name: "a", description: "no", run() {} })': 'userCommand "a".description: commands of a menu',
        with_options('[{ name: "o", description: "d", type: "strng" }]'): (
            'slash "a".options[0].type: "strng" is no kind of option; did you mean "string"?'
        ),
        with_options('[{ name: "x" }, { name: "y", required: true }]'): (
            'slash "a".options[1].required: a required option stands after "x", which is not; move it before "x"'
        ),
        with_options('{ x: {}, "y z": { type: "integer", min: 3, max: 1 } }'): (
            'slash "a".options.y z.minValue: 3 is more than the most, 1; exchange them'
        ),
        with_options('[{ name: "x" }, { name: "x" }]'): 'options[1].name: "x" is there twice',
        with_options('[{ name: "x", choices: [1] }]'): "choices[0].value: 1 is not text",
        with_options('[{ name: "x", choices: { long: "v".repeat(101) } }]'): "has 101 characters of 100 at most",
        with_options(many % 26): 'slash "a".options: has 26 of at most 25',
        f'const c = slash({{ name: "a", description: "d", {run} }}); createBot({{ slashCommands: [c, c] }})': (
            'commands[1].name: "a" is the name of commands[0] too; give each its own'
        ),
        f"createBot({{ slashCommands: {many % 101} }})": "commands: has 101 slash commands of at most 100",
        'onButton("a", () => {}); onButton("a", () => {});': 'two handlers for button "a"',
        'onButton("a:{x}:{x}", () => {});': '"a:{x}:{x}" has two places "{x}": give each a name of its own',
        'onButton("a:{1}", () => {});': '"a:{1}": the name of a place begins with a letter',
        'prefix({ name: "a" })': 'prefix "a" needs a run function',
    }
    for source, reason in cases.items():
        script = await new_script(zygote)
        assert reason in await script.refused(source), source


async def test_prefix_commands_take_aliases_and_quoted_arguments(script: Script) -> None:
    registered = await script.load("""
        createBot({ prefix: ["!", "?"], help: true, commands: [
            prefix({ name: "tag", description: "Tags", aliases: ["t"], usage: "<name>",
                     run: (ctx) => console.log(JSON.stringify(ctx.args), "|", ctx.rest) }),
            prefix({ name: "slow", cooldown: 60, run: () => console.log("slow") }),
        ] });
    """)
    assert registered == {"events": ["messageCreate"], "prefixCommands": ["tag", "slow", "help"]}

    for content in ('!tag add "two words" a\\"b \'x y\'', "?t", "! tag  spaced", "!Tag", "tag"):
        await script.ok("messageCreate", message(content))
    for content in ("!slow", "!slow", "!help", "!help t"):
        await script.ok("messageCreate", message(content))
    await script.ok("messageCreate", message("!tag", author={"id": "1", "bot": True}))

    assert script.said == [
        '["add","two words","a\\\\\\"b","x y"] | add "two words" a\\"b \'x y\'',
        "[] | ",
        '["spaced"] | spaced',
        "slow",
    ]
    sent = [args["body"]["content"] for _, args in script.calls]
    assert sent == [
        "You can use this again in 60 s.",
        "`!tag`: Tags\n`!slow`\n`!help`: What this bot can do",
        "`!tag <name>`\nTags\nAlso: `!t`",
    ]


async def test_a_slow_command_is_deferred_for_it(script: Script) -> None:
    await script.load("""
        slash({ name: "slow", description: "d", autoDefer: 5, run: async (ctx) => {
            await new Promise((resolve) => setTimeout(resolve, 50));
            await ctx.reply("at last");
        } });
        slash({ name: "fail", description: "d", autoDefer: 5, run: async () => {
            await new Promise((resolve) => setTimeout(resolve, 50));
            throw new Error("broken");
        } });
        slash({ name: "never", description: "d", autoDefer: false, run: () => {} });
    """)

    await script.ok("interactionCreate", command("slow"))
    failed = await script.dispatch("interactionCreate", command("fail"))
    await script.ok("interactionCreate", command("never"))

    assert failed.outcome is RunOutcome.THREW
    asked = [(name, args["body"].get("type"), args["body"].get("content", "")[:9]) for name, args in script.calls]
    assert asked == [
        ("rest.createInteractionResponse", 5, ""),
        ("rest.updateOriginalWebhookMessage", None, "at last"),
        ("rest.createInteractionResponse", 5, ""),
        ("rest.updateOriginalWebhookMessage", None, "This serv"),
    ]
    assert script.log == [("warn", "/never ended without an answer")]


async def test_all_that_can_be_done_with_an_interaction(script: Script) -> None:
    await script.load("""
        slash({ name: "all", description: "d", run: async (ctx) => {
            await Promise.all([ctx.reply("first"), ctx.reply("second")]);
            await ctx.editReply("changed");
            await ctx.followUp({ content: "more", ephemeral: true });
            await ctx.edit("again");
            await ctx.deleteReply();
            const { msg } = ctx;
            console.log(msg.interactionId, msg.interactionToken, msg.commandName, msg.user.username);
        } });
        onButton("vote:{poll}:{choice}", async (ctx) => {
            console.log(ctx.params.poll, ctx.params.choice);
            await ctx.update("counted");
        });
        onSelect("pick-*", async (ctx) => {
            console.log(ctx.values.join(), ctx.msg.data.custom_id, ctx.msg.data.customId);
        });
        onComponent(/^any(\\d)$/, async (ctx) => {
            const why = { type: 4, customId: "why", label: "Why", style: 1 };
            await ctx.showModal({ title: "Form", customId: "form", components: [why] });
        });
        onModal("form", (ctx) => ctx.reply(ctx.fields.why));
        on("componentInteraction", (ctx) => console.log("component", ctx.customId));
    """)
    at = {"message": {"id": "77", "channel_id": CHANNEL}}

    await script.ok("interactionCreate", command("all"))
    press: dict[str, Any] = {"component_type": 2}
    await script.ok("interactionCreate", interaction(3, {"custom_id": "vote:12:yes", **press}, **at))
    chosen = {"custom_id": "pick-me", "component_type": 3, "values": ["a", "b"]}
    await script.ok("interactionCreate", interaction(3, chosen, **at))
    await script.ok("interactionCreate", interaction(3, {"custom_id": "any7", **press}, **at))
    inputs = [{"type": 1, "components": [{"type": 4, "custom_id": "why", "value": "because"}]}]
    await script.ok("interactionCreate", interaction(5, {"custom_id": "form", "components": inputs}))

    assert script.said == [
        "1400000000000000001 token all ada", "12 yes", "component vote:12:yes",
        "a,b pick-me pick-me", "component pick-me", "component any7",
    ]  # fmt: skip
    hook = {"webhookId": "800", "webhookToken": "token"}
    assert [(name, args.get("body", {}).get("type")) for name, args in script.calls] == [
        ("rest.createInteractionResponse", 4),
        ("rest.executeWebhook", None),
        ("rest.updateOriginalWebhookMessage", None),
        ("rest.executeWebhook", None),
        ("rest.updateOriginalWebhookMessage", None),
        ("rest.deleteOriginalWebhookMessage", None),
        ("rest.createInteractionResponse", 7),
        ("rest.createInteractionResponse", 6),
        ("rest.createInteractionResponse", 9),
        ("rest.createInteractionResponse", 4),
    ]
    assert script.calls[3][1] | hook == script.calls[3][1]
    assert script.calls[3][1]["query"] == {"wait": True}
    assert script.calls[3][1]["body"]["flags"] == 64
    form = script.calls[8][1]["body"]["data"]
    assert (form["title"], form["custom_id"], form["components"][0]["type"]) == ("Form", "form", 1)
    assert script.calls[9][1]["body"]["data"]["content"] == "because"


async def test_an_answer_that_failed_may_be_tried_again(script: Script) -> None:
    await script.load("""
        slash({ name: "a", description: "d", run: async (ctx) => {
            try { await ctx.reply("x".repeat(2000)); } catch (error) { console.log(error.code, error.status); }
            await ctx.reply("short");
        } });
    """)
    tries: list[Any] = []

    def answer(_args: Any) -> Any:
        tries.append(1)
        return Refusal("DISCORD_ERROR", "too long", {"status": 400}) if len(tries) == 1 else None

    script.answers["rest.createInteractionResponse"] = answer
    await script.ok("interactionCreate", command("a"))

    assert script.said == ["DISCORD_ERROR 400"]
    assert script.names == ["rest.createInteractionResponse"] * 2


async def test_a_bot_is_created_once_and_defined_commands_are_used_without_one(zygote: Zygote) -> None:
    script = await new_script(zygote)
    await script.load('createBot({}); createBot({ commands: [prefix({ name: "a", run() {} })] }); on("go", () => {});')
    assert script.log == [
        ("warn", "createBot was called before; this call is ignored"),
        ("warn", 'prefix "a" is defined and not in the bot: put it among the commands of createBot'),
    ]

    other = await new_script(zygote)
    registered = await other.load('prefix({ name: "a", run: (ctx) => ctx.reply("hi " + ctx.msg.author.id) });')
    await other.ok("messageCreate", message("!a"))
    assert registered["prefixCommands"] == ["a"]
    assert other.calls[0][1]["body"]["content"] == f"hi {USER}"


async def test_no_two_isolates_of_a_zygote_share_randomness(zygote: Zygote) -> None:
    nonces: set[str] = set()
    for _ in range(3):
        script = await new_script(zygote)
        await script.load('on("messageCreate", (ctx) => ctx.reply("hi"));')
        await script.ok("messageCreate", message("x"))
        nonces.add(script.calls[0][1]["body"]["nonce"])
        await trio.lowlevel.checkpoint()
    assert len(nonces) == 3, msgspec.json.encode(sorted(nonces))


@pytest.mark.parametrize(
    ("source", "said"),
    [
        (
            'slash({ name: "a", description: "x", run() {} });\n slash({ name: "a", description: "y", run() {} });',
            'there are two commands "a": give each name and each alias to one only',
        ),
        (
            'prefix({ name: "a", run() {} });\n prefix({ name: "b", aliases: ["a"], run() {} });',
            'there are two prefix commands "a": give each name and each alias to one only',
        ),
    ],
)
async def test_two_commands_of_one_name_are_told_with_the_line_of_the_second(
    script: Script, source: str, said: str
) -> None:
    loaded = await script.isolate.load(source)

    assert loaded.error is not None
    assert (loaded.error.message, loaded.error.stack[0].line) == (said, 2)


async def test_a_command_that_the_bot_was_not_given_is_told(script: Script) -> None:
    await script.load("""
        const sub = subcommand({ name: "inner", description: "x", run() {} });
        const outer = slash({ name: "outer", description: "x", options: [{ ...sub, type: "subcommand" }] });
        slash({ name: "forgotten", description: "x", run() {} });
        prefix({ name: "lost", run() {} });
        userCommand({ name: "outer", run() {} });
        createBot({ slashCommands: [outer] });
    """)

    assert script.log == [
        ("warn", 'slash "forgotten" is defined and not in the bot: put it among the slashCommands of createBot'),
        ("warn", 'prefix "lost" is defined and not in the bot: put it among the commands of createBot'),
    ]
