// error: TypeError: what the bundle registered is not JSON
// load: threw
Object.prototype.toJSON = () => undefined;
Array.prototype.toJSON = () => undefined;
Object.defineProperty(Array.prototype, "0", { set() { throw new Error("written"); }, configurable: true });
on("go", async () => {
  throw new Error("after");
});
