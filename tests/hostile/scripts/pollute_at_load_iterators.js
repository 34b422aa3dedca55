// load: threw
// error: Error: polluted
const iterator = Object.getPrototypeOf(new Map().keys());
iterator.next = () => { throw new Error("polluted"); };
iterator[Symbol.iterator] = () => { throw new Error("polluted"); };
on("go", () => undefined);
