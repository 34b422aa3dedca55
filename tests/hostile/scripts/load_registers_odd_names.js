// load: threw, loaded, registered_nothing
on("go", () => undefined);
on("a\n\tb", () => undefined);
on({ toString: () => "x" }, () => undefined);
