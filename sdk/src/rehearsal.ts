// The way of a usual event, walked once in the zygote and once in each isolate that waits to be used: what is compiled
// and noted there need not be when the first real event comes (actors/isolate/child.py says when). It leaves nothing
// behind, asks nothing of the host, and draws no randomness, which all isolates of a zygote would share.

import { InteractionContext } from "./interaction_context";
import { dispatch, eventNames, handleInternal, off, on } from "./events";
import { prepareNow } from "./messages";
import { both } from "./payload";

const USER = { id: "1", username: "a", global_name: null, avatar: null, discriminator: "0", public_flags: 0, bot: false };
const MEMBER = {
  roles: [], joined_at: "", nick: null, avatar: null, deaf: false, mute: false, flags: 0, pending: false,
  premium_since: null, communication_disabled_until: null,
};
const MESSAGE = {
  id: "1", channel_id: "1", guild_id: "1", type: 0, content: "", timestamp: "", edited_timestamp: null, tts: false,
  pinned: false, mention_everyone: false, mentions: [], mention_roles: [], mention_channels: [], attachments: [], embeds: [],
  components: [], flags: 0, nonce: "", webhook_id: null, message_reference: null, referenced_message: null,
  author: USER, member: MEMBER,
};
const INTERACTION = {
  id: "1", application_id: "", type: 0, token: "", version: 1, guild_id: "1", channel_id: "1", guild_locale: "", locale: "",
  app_permissions: "0", member: { ...MEMBER, user: USER, permissions: "0" }, data: { id: "1", name: "", options: [], custom_id: "" },
};

let seen = "";
const look = (context: any): void => {
  seen = context.msg.content + context.msg.author.id + context.channelId;
};

function rehearse(): void {
  on("messageCreate", look);
  eventNames();
  dispatch("messageCreate", MESSAGE);
  dispatch("~messageUpdate", [MESSAGE, MESSAGE]);
  off("messageCreate", look);
  const interaction = new InteractionContext("interactionCreate", INTERACTION, undefined);
  seen = interaction.msg.user.id + interaction.commandName + interaction.values.length;
  prepareNow("text", true);
  prepareNow({ content: "text", embeds: [{ title: "t" }], allowedMentions: { parse: [] } }, true);
  both(MESSAGE);
  seen = "";
}

export const prepareRehearsal = (): void => handleInternal("rehearsal", rehearse);
