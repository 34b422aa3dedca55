// outcome: ok, wall_time, threw
Object.prototype.then = (resolve) => resolve;
on("go", () => undefined);
