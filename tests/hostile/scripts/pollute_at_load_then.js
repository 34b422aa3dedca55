// load: loaded
// outcome: ok
// Whatever the host waits for is a thenable now, which settles at once.
Object.prototype.then = (resolve) => resolve(1);
on("go", () => ({}));
