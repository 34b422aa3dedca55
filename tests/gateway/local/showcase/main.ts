// A garden that is kept together: shows most of what a script can put on the page.
import { FLOWERS, plant, prune, report } from "./flowers";

on("messageCreate", async (ctx) => {
  if (ctx.msg.author.bot) return;
  switch (ctx.msg.content) {
    case "!garden":
      return ctx.reply(await card());
    case "!embed":
      return ctx.reply({
        embeds: [
          embed()
            .setTitle("Lavender")
            .setDescription("Blooms from **June** to August. Cut it back once it is over.")
            .setColor(0x8a6fd1)
            .addField("Light", "full sun", true)
            .addField("Water", "little", true)
            .setFooter("from the diary"),
        ],
        components: inRows([
          button().setCustomId("water").setLabel("Water").setEmoji("💧"),
          button().setCustomId("cut").setLabel("Cut back").setStyle(ButtonStyle.Danger),
          button().setUrl("https://example.com/lavender").setLabel("Read on"),
        ]),
      });
    case "!vote":
      return ctx.send({ poll: poll("What shall we sow next?", ["Poppies", "Marigolds"]).setDuration(24) });
    case "!prune":
      console.warn("somebody wants to prune", ctx.msg.author.username);
      return prune("rose");
  }
});

const planting = slash({
  name: "plant",
  description: "Puts flowers into a bed",
  options: [
    { name: "flower", description: "Which", required: true, autocomplete: (ctx) => FLOWERS.filter((one) => one.startsWith(ctx.value)) },
    { name: "count", description: "How many", type: "integer", minValue: 1, maxValue: 50 },
    { name: "with", description: "Who helps", type: "user" },
    { name: "picture", description: "What they look like", type: "attachment" },
  ],
  run: async (ctx) => {
    const { flower, count = 1 } = ctx.options as { flower: string; count?: number };
    const grown = await plant(flower, count);
    console.log(`${ctx.user.username} planted ${count} of ${flower}`);
    await ctx.reply(`🌱 **${count}** more of *${flower}*: there are ${grown} now.`);
  },
});

const wishing = slash({
  name: "wish",
  description: "Tells the gardeners what is missing",
  run: (ctx) => ctx.showModal(form()),
});

const gardener = slash({ name: "Thank", type: "user", run: (ctx) => ctx.reply({ content: "Told.", ephemeral: true }) });

createBot({ slashCommands: [planting, wishing, gardener] });

const form = () =>
  modal("wish", "A wish for the garden").addComponents(
    label("What is missing?", inputText("what").setPlaceholder("A bench under the pear tree")),
    label("Tell more", inputText("more").setStyle(InputTextStyle.Paragraph).setRequired(false)),
    label("How soon?", radioGroup("when").setOptions("This spring", "Some day")),
  );

onModal("wish", (ctx) => ctx.reply({ content: `Noted: **${ctx.fields.what}**. Thank you!`, ephemeral: true }));

onButton("water", (ctx) => ctx.reply({ content: "💧 Watered. It will keep until tomorrow.", ephemeral: true }));
onButton("cut", (ctx) => ctx.update({ components: [], content: "✂️ Cut back." }));
onButton("sow", (ctx) => ctx.showModal(form()));

async function card(): Promise<MessageOptions> {
  const beds = await report();
  const rows = beds.map((bed) => `${"🌼".repeat(Math.min(bed.count, 8))} **${bed.flower}** (${bed.count})`);
  return {
    components: [
      container(
        heading("The garden today", 2),
        rows.join("\n") || "Nothing grows yet.",
        separator(),
        section("Something missing?").setAccessory(button().setCustomId("sow").setLabel("Make a wish")),
        "-# counted just now",
      ).setAccentColor(0x3ba55d),
    ],
  };
}

cron("morning-round", "0 7 * * *", async () => {
  console.log("all beds were looked at", (await report()).length);
});
