"""Events reach whoever listens, whatever else listens, and are answered where they came from."""

from typing import Any

import pytest

from actors.isolate.process import Zygote
from actors.outcomes import RunOutcome
from tests.sdk.conftest import CHANNEL, Script, interaction, message, new_script


async def test_handlers_run_in_order_and_one_that_throws_stops_nobody(script: Script) -> None:
    await script.load("""
        on("messageCreate", async () => { console.log("first"); });
        on("messageCreate", () => { throw new Error("second"); });
        on("messageCreate", () => { throw new Error("third"); });
        on("messageCreate", () => { console.log("fourth"); });
    """)

    run = await script.dispatch("messageCreate", message("hi"))

    assert run.outcome is RunOutcome.THREW
    assert run.error is not None
    assert run.error.message == "second"
    assert script.log == [("info", "first"), ("uncaught in messageCreate", "third"), ("info", "fourth")]


async def test_once_and_off(script: Script) -> None:
    registered = await script.load("""
        once("messageCreate", () => console.log("once"));
        const always = () => console.log("always");
        const stop = on("messageCreate", always);
        on("go", () => off("messageCreate", always));
        on("stop", () => off("messageCreate"));
        once("messageCreate", always);
    """)
    assert registered == {"events": ["messageCreate", "go", "stop"]}

    for name in ("messageCreate", "messageCreate", "go", "messageCreate", "stop", "messageCreate"):
        await script.ok(name, message("hi"))

    assert script.said == ["once", "always", "always", "always"]


async def test_a_misspelt_event_is_refused_with_the_nearest(zygote: Zygote) -> None:
    expected = {
        "mesageCreate": "messageCreate",
        "MESSAGE_CREATE": "messageCreate",
        "memberAdd": "guildMemberAdd",
        "reactionAd": "reactionAdd",
        "modalSubmitt": "modalSubmit",
    }
    for name, meant in expected.items():
        script = await new_script(zygote)
        assert f'did you mean "{meant}"?' in await script.refused(f"on({name!r}, () => {{}});")

    strange = await new_script(zygote)
    await strange.load('on("starfishEaten", () => {});')
    assert strange.log[0][0] == "warn"


async def test_payloads_have_names_in_camel_case_and_the_raw_one_beside(script: Script) -> None:
    await script.load("""
        on("messageCreate", (ctx) => {
            console.log(ctx.msg.channelId, ctx.msg.guildId, ctx.msg.author.globalName, ctx.msg.member.joinedAt);
            console.log(ctx.raw.channel_id, ctx.guildId, ctx.channelId, ctx.msg.member.user.id, ctx.event, ctx.old);
            console.log(ctx.msg.aBC, ctx.msg.content, hasRole(ctx, "1"), hasRole(ctx, "2"));
        });
    """)

    await script.ok("messageCreate", message("snake_case stays", a_b_c=1))

    assert script.said == [
        "1190000000000000001 81384788765712384 Ada 2026-01-01T00:00:00Z",
        "1190000000000000001 81384788765712384 1190000000000000001 900000000000000007 messageCreate null",
        "1 snake_case stays true false",
    ]


async def test_the_object_before_is_there_where_it_is_known(script: Script) -> None:
    await script.load("""
        on("messageUpdate", ({ msg, old }) => console.log(msg.old?.content, "->", msg.new.content, old === null));
        on("channelUpdate", ({ msg, old }) => console.log(old?.parentId, msg.parentId));
    """)

    await script.ok("~messageUpdate", [message("new"), message("old")])
    await script.ok("messageUpdate", message("new"))
    await script.ok("~channelUpdate", [{"parent_id": "2"}, {"parent_id": "1"}])

    assert script.said == ["old -> new false", "undefined -> new true", "1 2"]


async def test_the_originals_names_of_reactions(script: Script) -> None:
    registered = await script.load('on("reactionAdd", ({ msg }) => console.log(msg.userId, msg.emoji.name));')
    assert registered["events"] == ["messageReactionAdd"]

    await script.ok("messageReactionAdd", {"user_id": "1", "emoji": {"name": "x"}, "message_id": "5"})

    assert script.said == ["1 x"]


async def test_a_message_is_answered_changed_and_removed(script: Script) -> None:
    await script.load("""
        on("messageCreate", async (ctx) => {
            const sent = await ctx.reply("pong");
            console.log(sent.channelId);
            await ctx.edit({ content: "pong!", embeds: [] });
            await ctx.react("<:party:12>");
            await ctx.delete();
            await ctx.deleteReply();
            await ctx.reply({ content: "quiet", replyTo: null, allowedMentions: { parse: [], repliedUser: false } });
        });
    """)
    script.answers["rest.createMessage"] = {"id": "55", "channel_id": CHANNEL}

    await script.ok("messageCreate", message("ping"))

    assert script.said == [CHANNEL]
    first = script.calls[0][1]
    nonces = [args["body"].pop("nonce") for name, args in script.calls if name == "rest.createMessage"]
    assert len(set(nonces)) == 2
    assert all(len(nonce) <= 25 for nonce in nonces)
    reference = {"type": 0, "message_id": "1300000000000000001", "fail_if_not_exists": False}
    assert first == {
        "channelId": CHANNEL,
        "body": {
            "content": "pong",
            "allowed_mentions": {"parse": ["users"], "replied_user": True},
            "message_reference": reference,
            "enforce_nonce": True,
        },
    }
    own, theirs = {"channelId": CHANNEL, "messageId": "55"}, {"channelId": CHANNEL, "messageId": "1300000000000000001"}
    assert script.calls[1:5] == [
        ("rest.updateMessage", {**own, "body": {"content": "pong!", "embeds": []}}),
        ("rest.addMyMessageReaction", {**theirs, "emojiName": "party:12"}),
        ("rest.deleteMessage", theirs),
        ("rest.deleteMessage", own),
    ]
    assert script.calls[5][1]["body"] == {
        "content": "quiet",
        "allowed_mentions": {"parse": [], "replied_user": False},
        "enforce_nonce": True,
    }


async def test_files_and_components_find_their_form(script: Script) -> None:
    await script.load("""
        on("messageCreate", async (ctx) => {
            const text = { name: "a.txt", data: "héllo", description: "text" };
            await ctx.send({ files: [text, { name: "b", data: new Uint8Array([1]) }] });
            const cat = { url: "https://example.org/cat.png?x=1" };
            await ctx.send({ attachments: [cat, { base64: { data: "AQ==", filename: "c" } }] });
            const buttons = ["a", "b"].map((one) => ({ type: 2, style: 1, label: one, customId: one }));
            const options = [{ label: "x", value: "x" }];
            await ctx.send({ components: [...buttons, { type: 3, customId: "s", options }] });
            await ctx.send([{ type: 10, content: "text" }]);
            await ctx.send({ toJSON: () => ({ title: "an embed", footer: { text: "f", iconUrl: "u" } }) });
            try { await ctx.send({}); } catch (error) { console.log(error.code); }
            const wrong = { content: "x".repeat(2001), components: [button()] };
            try { await ctx.send(wrong); } catch (error) { console.log(error.message); }
        });
    """)
    script.answers["fetch"] = {"status": 200, "headers": [["Content-Type", "image/png"]], "body": "AAAA"}
    script.answers["rest.createMessage"] = {"id": "55", "channel_id": CHANNEL}

    await script.ok("messageCreate", message("go"))

    sent: list[Any] = [args for name, args in script.calls if name == "rest.createMessage"]
    assert sent[0]["files"] == [
        {"name": "a.txt", "description": "text", "data": "aMOpbGxv"},
        {"name": "b", "data": "AQ=="},
    ]
    assert sent[0]["body"]["attachments"][0] == {"id": "0", "filename": "a.txt", "description": "text"}
    assert sent[1]["files"] == [
        {"name": "cat.png", "data": "AAAA", "contentType": "image/png"},
        {"name": "c", "data": "AQ=="},
    ]
    buttons = [{"type": 2, "style": 1, "label": one, "custom_id": one} for one in ("a", "b")]
    select = {"type": 3, "custom_id": "s", "options": [{"label": "x", "value": "x"}]}
    assert sent[2]["body"]["components"] == [{"type": 1, "components": one} for one in (buttons, [select])]
    assert "flags" not in sent[2]["body"]
    assert sent[3]["body"]["flags"] == 1 << 15
    assert sent[4]["body"]["embeds"] == [{"title": "an embed", "footer": {"text": "f", "icon_url": "u"}}]
    assert script.said[0] == "INVALID_INPUT"
    assert script.said[1].splitlines() == [
        "Discord would refuse this message:",
        "  content: has 2001 characters of 2000 at most; shorten it by 1",
        "  components[0].components[0].custom_id: nothing is not text; give it a text of 1 to 100 characters",
        "  components[0].components[0]: shows nothing; give it setLabel or setEmoji",
    ]


async def test_interactions_that_nobody_handles_say_so(script: Script) -> None:
    await script.load('onButton("a", () => {});')

    run = await script.dispatch("interactionCreate", interaction(3, {"custom_id": "b", "component_type": 2}))

    assert run.error is not None
    assert (run.error.message, run.error.code) == ('nothing in this script handles "b"', "NO_HANDLER")


@pytest.mark.parametrize("event", ["interactionCreate", "componentInteraction"])
async def test_whoever_only_listens_hears_interactions_too(script: Script, event: str) -> None:
    await script.load(f'on("{event}", async (ctx) => {{ await ctx.reply(ctx.customId); }});')

    await script.ok("interactionCreate", interaction(3, {"custom_id": "b", "component_type": 2}))

    assert script.registrations["events"] == ["interactionCreate"]
    assert script.calls[0][1]["body"]["data"]["content"] == "b"


async def test_an_answer_of_nothing_is_refused_and_not_sent(script: Script) -> None:
    await script.load("""
        on("messageCreate", async (ctx) => {
            for (const nothing of [undefined, null, {}, "", { content: "" }, { embeds: [] }]) {
                try { await ctx.reply(nothing); console.log("sent"); } catch (error) { console.log(error.code); }
            }
            await ctx.reply(0);
        });
    """)

    await script.ok("messageCreate", message("x"))

    assert script.said == ["INVALID_INPUT"] * 6
    assert [args["body"]["content"] for _, args in script.calls] == ["0"]
