// What must be refused: each line after a mark has an error, or the mark is one.

// @ts-expect-error no such event
on("mesageCreate", () => {});
// @ts-expect-error no such field
on("messageCreate", ({ msg }) => msg.contents);
// @ts-expect-error a message has no values
on("messageCreate", (ctx) => ctx.values);
// @ts-expect-error no such kind of option
slash({ name: "a", description: "d", options: [{ name: "o", type: "strng" }], run() {} });
// @ts-expect-error a description is needed
slash({ name: "a", run() {} });
slash({
  name: "a",
  description: "d",
  options: [{ name: "count", type: "integer" }],
  run: (ctx) => {
    // @ts-expect-error it may be missing
    const count: number = ctx.options.count;
    // @ts-expect-error no such option
    return count + ctx.options.cuont;
  },
});
// @ts-expect-error a prefix command has a function
prefix({ name: "a" });
// @ts-expect-error parse has three words
on("messageCreate", (ctx) => ctx.reply({ content: "x", allowedMentions: { parse: ["all"] } }));
// @ts-expect-error an expiry is no text
kv.set("a", 1, { ttl: "1h" });
// @ts-expect-error no such policy
cron("a", "@daily", () => {}, { overlap: "sometimes" });
// @ts-expect-error a channel is needed
rest.getMessage({ messageId: "1" });
// @ts-expect-error no such field of a role
rest.createGuildRole({ nam: "a" });
// @ts-expect-error no such query
rest.listMessages({ channelId: "1", limt: 5 });
// @ts-expect-error a thread has a name
rest.createThread({ channelId: "1" });
// @ts-expect-error a pin has no more than its place
rest.createPin({ channelId: "1", messageId: "2", silent: true });
// @ts-expect-error no such operation
rest.createMesage({ channelId: "1" });
// @ts-expect-error it must be awaited
const text: string = secrets.get("KEY");
// @ts-expect-error a moment is no truth
schedule("a", true);
// @ts-expect-error nothing of Node's
process.exit();
// @ts-expect-error nothing of a page's
document.title;
// @ts-expect-error digests only
crypto.subtle.encrypt;
console.log(text);
export {};
