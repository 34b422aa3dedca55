// load: threw
// error: TypeError: on.. needs the name of an event
on("go", () => undefined);
on("a\n\tb", () => undefined);
on({ toString: () => "x" }, () => undefined);
