// load: loaded
on("go", () => undefined);
<!-- an old way to write a comment
